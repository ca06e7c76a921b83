import { MATCH_FUNCTIONS } from './match-script';

/**
 * A `scripted_metric` of Painless that takes the measures of one group at the last tick before the run and holds them against the filter, by `params`
 * (`parameters.ts`). Its answer is 1 where the filter holds, else 0. The same script for every query: a cluster compiles few.
 */
export const HUNT_INIT = `state.counts = [:];
state.sets = [:];
state.numbers = [:];`;

/** Every record is counted once for each measure that it belongs to. What comes after the run, or came to light after it, is not there. */
export const HUNT_MAP = `${MATCH_FUNCTIONS}
void measure(Map state, def doc, def measure, String name, long t) {
  String how = measure.how;
  if (how == 'count') { state.counts.put(name, state.counts.getOrDefault(name, 0L) + 1L); return; }
  if (how == 'gap') {
    if (!state.numbers.containsKey(name)) { state.numbers.put(name, []); }
    state.numbers.get(name).add((double) t / 1000.0);
    return;
  }
  String field = measure.field;
  if (!doc.containsKey(field)) { return; }
  for (def value : doc[field]) {
    if (how == 'distinct') {
      if (!state.sets.containsKey(name)) { state.sets.put(name, new HashSet()); }
      state.sets.get(name).add(value.toString());
    } else {
      if (!state.numbers.containsKey(name)) { state.numbers.put(name, []); }
      state.numbers.get(name).add(((Number) value).doubleValue());
    }
  }
}

long t = millis(doc, '@timestamp');
long last = Long.parseLong(params.now) - params.delay;
long tick = last - last % params.every;
if (millis(doc, 'event.ingested') > tick + params.delay) { return; }
long to = tick - params.settle;
long from = to - params.window;
Map chosen = [:];
for (def selection : params.selections.entrySet()) { chosen.put(selection.getKey(), holds(doc, selection.getValue())); }
int place = -1;
for (def one : params.measures) {
  place++;
  long begin = one.over == 'window' ? from : from - params.baseline;
  long end = one.over == 'window' ? to : from;
  if (chosen.get(one.of) && t >= begin && t < end) {
    state.counts.put('any', 1L);
    measure(state, doc, one, 'm' + place, t);
  }
  if (one.also != null && chosen.get(one.also) && t >= begin && t < end + params.settle) { measure(state, doc, one, 'also' + place, t); }
}`;

export const HUNT_COMBINE = 'return state;';

export const HUNT_REDUCE = `def calc(def formula, Map row) {
  String op = formula.op;
  if (op == 'number') { return ((Number) formula.value).doubleValue(); }
  if (op == 'column') { return row.get(formula.name); }
  if (op == 'not') { def inner = calc(formula.formula, row); return inner == null ? null : !inner; }
  def left = calc(formula.left, row);
  if (op == 'and' || op == 'or') {
    boolean decides = op == 'or';
    if (left != null && left == decides) { return decides; }
    def right = calc(formula.right, row);
    if (right != null && right == decides) { return decides; }
    return left == null || right == null ? null : !decides;
  }
  def right = calc(formula.right, row);
  if (left == null || right == null) { return null; }
  double a = left; double b = right;
  if (op == '<') { return a < b; }
  if (op == '<=') { return a <= b; }
  if (op == '>') { return a > b; }
  if (op == '>=') { return a >= b; }
  if (op == '==') { return a == b; }
  if (op == '!=') { return a != b; }
  double result = op == '+' ? a + b : op == '-' ? a - b : op == '*' ? a * b : op == '/' ? a / b : op == 'greatest' ? Math.max(a, b) : Math.min(a, b);
  return result - result == 0 ? result : null;
}

def lookUp(def curve, def x) {
  if (x == null || x < 0) { return null; }
  double at = x;
  List points = curve.at;
  int low = 0; int high = points.size();
  while (low < high) {
    int middle = (low + high) / 2;
    if (((Number) points[middle]).doubleValue() < at) { low = middle + 1; } else { high = middle; }
  }
  boolean isBeyond = low == points.size();
  double lowAt = low == 0 ? 0.0 : ((Number) points[low - 1]).doubleValue();
  double lowValue = low == 0 ? 0.0 : ((Number) curve.values[low - 1]).doubleValue();
  double highAt = isBeyond ? 0.0 : ((Number) points[low]).doubleValue();
  double highValue = isBeyond ? 0.0 : ((Number) curve.values[low]).doubleValue();
  double between = isBeyond ? lowValue + at - lowAt : lowValue + (at - lowAt) / (highAt - lowAt) * (highValue - lowValue);
  if (curve.kind == 'upper95') {
    if (at != Math.floor(at)) { return null; }
    return !isBeyond && at == highAt ? highValue : between;
  }
  return !isBeyond && highValue - lowValue <= 1 ? highValue : Math.ceil(between);
}

def ranked(List values, double percent) {
  if (values.isEmpty()) { return null; }
  values.sort((a, b) -> Double.compare(a, b));
  double at = percent / 100.0 * (values.size() - 1);
  int low = (int) Math.floor(at);
  int high = (int) Math.ceil(at);
  return values[low] + (values[high] - values[low]) * (at - low);
}

def numberOf(def measure, List all) {
  String how = measure.how;
  List numbers = all;
  if (how == 'gap') {
    numbers.sort((a, b) -> Double.compare(a, b));
    List gaps = [];
    for (int i = 1; i < numbers.size(); i++) { gaps.add(numbers[i] - numbers[i - 1]); }
    numbers = gaps;
  }
  if (how == 'gap' || how == 'percentile') { return ranked(numbers, ((Number) measure.percentile).doubleValue()); }
  double sum = 0;
  double least = Double.POSITIVE_INFINITY;
  double most = Double.NEGATIVE_INFINITY;
  for (def value : numbers) { sum += value; least = Math.min(least, value); most = Math.max(most, value); }
  if (how == 'sum') { return sum; }
  if (numbers.isEmpty()) { return null; }
  return how == 'avg' ? sum / numbers.size() : how == 'min' ? least : most;
}

Map counts = [:]; Map sets = [:]; Map numbers = [:];
for (def some : states) {
  if (some == null) { continue; }
  for (def each : some.counts.entrySet()) { counts.put(each.getKey(), counts.getOrDefault(each.getKey(), 0L) + each.getValue()); }
  for (def each : some.sets.entrySet()) {
    if (!sets.containsKey(each.getKey())) { sets.put(each.getKey(), new HashSet()); }
    sets.get(each.getKey()).addAll(each.getValue());
  }
  for (def each : some.numbers.entrySet()) {
    if (!numbers.containsKey(each.getKey())) { numbers.put(each.getKey(), []); }
    numbers.get(each.getKey()).addAll(each.getValue());
  }
}
if (!counts.containsKey('any')) { return 0; }
Map row = [:];
int place = -1;
for (def one : params.measures) {
  place++;
  String name = 'm' + place;
  if (one.how == 'count') { row.put(one.name, (double) counts.getOrDefault(name, 0L)); }
  else if (one.how == 'distinct') {
    Set found = sets.containsKey(name) ? sets.get(name) : new HashSet();
    if (one.also != null) { found.retainAll(sets.containsKey('also' + place) ? sets.get('also' + place) : new HashSet()); }
    row.put(one.name, (double) found.size());
  }
  else { row.put(one.name, numberOf(one, numbers.containsKey(name) ? numbers.get(name) : [])); }
}
for (def step : params.derived) {
  row.put(step.name, step.op == 'derive' ? calc(step.formula, row) : lookUp(params.curves[step.curve], calc(step.at, row)));
}
def found = calc(params.filter, row);
return found != null && found ? 1 : 0;`;

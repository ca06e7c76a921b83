import { MATCH_FUNCTIONS } from './match-script';

/**
 * A `scripted_metric` of Painless that finds in the records of one group the steps at which the condition of a window holds, by `params.window` (`parameters.ts`). Its
 * answer is the highest quantity at a step after `params.since` (ms before the run), 0 where there is none. The same script for every rule: a cluster compiles few.
 */
export const WINDOW_INIT = 'state.rows = [];';

/** A row: the time, which source matched, the values that are counted, and the inner group. */
export const WINDOW_MAP = `${MATCH_FUNCTIONS}
String joined(def doc, def fields) {
  StringBuilder text = new StringBuilder();
  for (def field : fields) {
    if (!doc.containsKey(field) || doc[field].size() == 0) { return null; }
    text.append(doc[field].value.toString()).append((char) 0);
  }
  return text.toString();
}

int place = -1;
String index = doc['_index'].value;
for (def source : params.sources) {
  place++;
  if (index.indexOf(source.index) < 0 || !holds(doc, source.test)) { continue; }
  def values = joined(doc, source.values);
  def inner = joined(doc, source.by);
  if (values == null || inner == null) { continue; }
  double number = source.sums ? ((Number) doc[source.values[0]].value).doubleValue() : 0.0;
  state.rows.add([millis(doc, '@timestamp'), place, values, inner, number]);
}`;

export const WINDOW_COMBINE = 'return state.rows;';

export const WINDOW_REDUCE = `boolean meets(def condition, double value) {
  for (def bound : condition.entrySet()) {
    double limit = ((Number) bound.getValue()).doubleValue();
    String op = bound.getKey();
    if (op == 'gte' && !(value >= limit)) { return false; }
    if (op == 'gt' && !(value > limit)) { return false; }
    if (op == 'lte' && !(value <= limit)) { return false; }
    if (op == 'lt' && !(value < limit)) { return false; }
    if (op == 'eq' && value != limit) { return false; }
    if (op == 'neq' && value == limit) { return false; }
  }
  return true;
}

List entriesOf(def window, List rows) {
  List entries = [];
  int place = -1;
  for (def member : window.members) {
    place++;
    if (member.source != null) {
      for (def row : rows) { if (row[1] == member.source) { entries.add([row[0], place, row[2], row[4]]); } }
      continue;
    }
    Map groups = [:];
    for (def row : rows) {
      if (!member.sources.contains(row[1])) { continue; }
      if (!groups.containsKey(row[3])) { groups.put(row[3], []); }
      groups.get(row[3]).add(row);
    }
    for (def group : groups.values()) {
      for (def step : stepsOf(member.window, group)) { entries.add([step[0], place, '', 0.0]); }
    }
  }
  entries.sort((a, b) -> { int c = Long.compare(a[0], b[0]); return c != 0 ? c : Integer.compare(a[1], b[1]); });
  return entries;
}

List chainSteps(def window, List entries) {
  List steps = [];
  int rules = window.members.size();
  List begun = [];
  for (int length = 0; length < rules; length++) {
    List each = [];
    for (int rule = 0; rule < rules; rule++) { each.add(Long.MIN_VALUE); }
    begun.add(each);
  }
  int next = 0;
  while (next < entries.size()) {
    long t = entries[next][0];
    while (next < entries.size() && entries[next][0] == t) {
      int rule = entries[next][1];
      begun[0][rule] = t;
      for (int length = 1; length <= rule; length++) {
        long latest = begun[length][rule];
        for (int before = 0; before < rule; before++) { latest = (long) Math.max(latest, begun[length - 1][before]); }
        begun[length][rule] = latest;
      }
      next++;
    }
    int value = 0;
    for (int length = rules; length > 0 && value == 0; length--) {
      for (def time : begun[length - 1]) { if (time != Long.MIN_VALUE && time >= t - window.ms) { value = length; } }
    }
    if (meets(window.condition, value)) { steps.add([t, value]); }
  }
  return steps;
}

List stepsOf(def window, List rows) {
  List entries = entriesOf(window, rows);
  String kind = window.kind;
  if (kind == 'ordered') { return chainSteps(window, entries); }
  List steps = [];
  Map counts = [:];
  double sum = 0;
  int first = 0;
  int next = 0;
  while (next < entries.size()) {
    long t = entries[next][0];
    while (next < entries.size() && entries[next][0] == t) {
      def key = kind == 'rules' ? entries[next][1] : entries[next][2];
      counts.put(key, counts.getOrDefault(key, 0) + 1);
      sum += entries[next][3];
      next++;
    }
    while (entries[first][0] < t - window.ms) {
      def key = kind == 'rules' ? entries[first][1] : entries[first][2];
      int left = counts.get(key) - 1;
      if (left == 0) { counts.remove(key); } else { counts.put(key, left); }
      sum -= entries[first][3];
      first++;
    }
    double value = kind == 'events' ? next - first : kind == 'sum' ? sum : counts.size();
    if (meets(window.condition, value)) { steps.add([t, value]); }
  }
  return steps;
}

List rows = [];
for (def some : states) { if (some != null) { rows.addAll(some); } }
long after = Long.parseLong(params.now) - params.since;
double most = 0;
for (def step : stepsOf(params.window, rows)) { if (step[0] > after) { most = Math.max(most, ((Number) step[1]).doubleValue()); } }
return most;`;

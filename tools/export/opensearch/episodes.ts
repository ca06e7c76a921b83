import type { CorrelationCondition } from '@tollgate/sigma/rules/model';
import type { SlidingWindow } from '../plan/types';
import { literal } from '../elastic/painless';

/** Later than any time. */
const NEVER = '9000000000000000L';

/** What a run must know, as parameters of its scripts; the monitor puts the times of its period in as texts. */
export interface EpisodeParams {
  period_start: string;
  period_end: string;
  /** So long before the end of its period a run looks: what is indexed in a second can be found somewhat later. */
  lag: number;
  span: number;
  /** The longest that a record can be late. */
  delay: number;
}

/**
 * A metric of one group's events: how many episodes hold now that touched none at the run before. It is the sweep of the SQL export
 * (`sql/sweep.ts`, `sql/window.ts`) in Painless, twice: over what had been ingested by now, and by then.
 */
export function episodesMetric(window: SlidingWindow, values: readonly string[], params: EpisodeParams): object {
  return {
    scripted_metric: {
      init_script: 'state.rows = [];',
      map_script: rowsOf(values).join('\n'),
      combine_script: 'return state.rows;',
      reduce_script: [...episodes(window.condition), ...NEW].join('\n'),
      params,
    },
  };
}

const MAP = [
  "if (doc['@timestamp'].size() == 0 || doc['event.ingested'].size() == 0) { return; }",
  "long t = doc['@timestamp'].value.toInstant().toEpochMilli();",
  "long at = doc['event.ingested'].value.toInstant().toEpochMilli();",
];

/** A row for each of an event's values, or for each combination of them; without a value an event is a step only. */
function rowsOf(values: readonly string[]): string[] {
  if (values.length === 0) return [...MAP, 'state.rows.add([t, at, null]);'];
  const loops = values.map((field, index) => `for (def v${index} : doc[${literal(field)}]) {`);
  const key = values.map((_, index) => `text(v${index})`).join(' + ');
  return [
    "String text(def value) { String s = value.toString(); return s.length() + ':' + s; }",
    ...MAP,
    'boolean any = false;',
    ...loops,
    `any = true; state.rows.add([t, at, ${key}]);`,
    ...loops.map(() => '}'),
    "if (!any) { state.rows.add([t, at, '']); }",
  ];
}

/** `value` is null of an event that counts by itself, and empty of one that has no value to be counted. */
function episodes(condition: CorrelationCondition): string[] {
  return [
    'List episodes(List rows, long span, long since, long seen) {',
    '  TreeMap moves = new TreeMap();',
    '  Set steps = new HashSet();',
    '  Map leaves = new HashMap();',
    '  for (def row : rows) {',
    '    if ((long) row[1] > seen) { continue; }',
    '    long t = (long) row[0];',
    '    long end = t + span + 1;',
    '    steps.add(t);',
    "    if (row[2] == '') { moves.put(t, (int) moves.getOrDefault(t, 0)); continue; }",
    '    if (row[2] != null && leaves.containsKey(row[2]) && (long) leaves.get(row[2]) > t) {',
    '      long old = (long) leaves.get(row[2]);',
    '      moves.put(t, (int) moves.getOrDefault(t, 0));',
    '      moves.put(old, (int) moves.getOrDefault(old, 0) + 1);',
    '    } else {',
    '      moves.put(t, (int) moves.getOrDefault(t, 0) + 1);',
    '    }',
    '    moves.put(end, (int) moves.getOrDefault(end, 0) - 1);',
    '    if (row[2] != null) { leaves.put(row[2], end); }',
    '  }',
    '  List found = [];',
    '  long value = 0;',
    '  long held = -1;',
    '  for (def move : moves.entrySet()) {',
    '    long t = (long) move.getKey();',
    '    value += (int) move.getValue();',
    '    boolean step = steps.contains(t);',
    `    boolean met = ${holds(condition)};`,
    '    if (held >= 0 && (step || !met)) {',
    '      found[found.size() - 1][1] = Math.max((long) found[found.size() - 1][1], t - 1);',
    '      held = -1;',
    '    }',
    '    if (step && met && t >= since) {',
    '      if (found.isEmpty() || t - (long) found[found.size() - 1][1] > span) { found.add([t, t]); }',
    '      held = t;',
    '    }',
    '  }',
    `  if (held >= 0) { found[found.size() - 1][1] = ${NEVER}; }`,
    '  return found;',
    '}',
  ];
}

const NEW = [
  'List rows = [];',
  'for (def state : states) { if (state != null) { rows.addAll(state); } }',
  'rows.sort((a, b) -> Long.compare((long) a[0], (long) b[0]));',
  'long span = (long) params.span;',
  'long now = Long.parseLong(params.period_end) - (long) params.lag;',
  'long before = Long.parseLong(params.period_start) - (long) params.lag;',
  'long since = before - (long) params.delay;',
  'List then = episodes(rows, span, since - 2 * span, before);',
  'int told = 0;',
  'for (def one : episodes(rows, span, since, now)) {',
  '  boolean known = false;',
  '  for (def other : then) {',
  '    known = known || ((long) other[0] <= (long) one[1] + span && (long) one[0] <= (long) other[1] + span);',
  '  }',
  '  if (!known) { told++; }',
  '}',
  'return told;',
];

/** What a condition asks of `value`. */
function holds({ gt, gte, lt, lte, eq, neq }: CorrelationCondition): string {
  const bounds = { '>': gt, '>=': gte, '<': lt, '<=': lte, '==': eq, '!=': neq };
  const written = Object.entries(bounds).flatMap(([op, bound]) =>
    bound === undefined ? [] : [`value ${op} ${bound}`],
  );
  return written.length === 0 ? 'true' : written.join(' && ');
}

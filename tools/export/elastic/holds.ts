import { grouped } from './commands';
import { PASSES } from './newness';

/** Separates two texts of a list; no documented value holds one. */
const BETWEEN = '"\\n"';
/** Digits of a time in epoch milliseconds, from 2001 to 2286. */
const DIGITS = 13;

/** Reads the time that stands at a place of a text, counted from 1. */
function timeAt(text: string, place: number | string): string {
  return `TO_LONG(SUBSTRING(${text}, ${place}, ${DIGITS}))`;
}

/** Reads `ts`, `old` and what follows of a text in which they stand one behind the other. */
const POINT = `ts = ${timeAt('points', 1)}, old = SUBSTRING(points, ${DIGITS + 1}, 1)`;
const REST = `SUBSTRING(points, ${DIGITS + 2})`;

/**
 * Leaves the rows of groups that have `least` rows of different time or value and one that is new: nearly every group ends here, before anything is laid
 * beside anything. Each row is then there once for each pass. One list of texts is all that is remembered of a group.
 */
export function candidates(by: readonly string[], least: string | number): string[] {
  return [
    grouped('STATS unseen = COUNT(*) WHERE old == "0", points = VALUES(CONCAT(TO_STRING(ts), old, counted))', by),
    `WHERE unseen > 0 AND MV_COUNT(points) >= ${least}`,
    'MV_EXPAND points',
    `EVAL ${POINT}, counted = ${REST}`,
    ...PASSES,
  ];
}

/**
 * When at least `least` different values of `counted` lie within `timespan` (milliseconds; a column or a number), exactly: rows of `met` and `until`.
 *
 * A value is in the window from an event with it to the timespan's end, or to its next event. With the begins and the ends of these stretches
 * each in order, the window holds `least` at the i-th begin if the end that is `least - 1` places before it in its list is no earlier: so many
 * have begun, and no more have ended.
 */
export function holds(by: readonly string[], least: string | number, timespan: string | number): string[] {
  const groups = [...by, 'pass'];
  return [
    grouped('STATS times = MV_SORT(VALUES(ts))', [...groups, 'counted']),
    'EVAL earliest = MV_MIN(times), pairs = CASE(MV_COUNT(times) == 1, TO_STRING(times), MV_ZIP(TO_STRING(times), TO_STRING(MV_SLICE(times, 1, GREATEST(1, MV_COUNT(times) - 1))), " "))',
    ...expanded('pairs', ['times']),
    `EVAL ts = ${timeAt('pairs', 1)}, next = ${timeAt('pairs', DIGITS + 2)}`,
    `EVAL until = LEAST(ts + ${timespan}, COALESCE(next - 1, ts + ${timespan}))`,
    grouped(
      [
        'STATS begins = MV_SORT(VALUES(CONCAT(TO_STRING(ts), " ", counted)))',
        'ends = MV_SORT(VALUES(CONCAT(TO_STRING(until), " ", counted)))',
        'total = COUNT(*) WHERE ts == earliest, burst_start = MIN(ts), burst_end = MAX(ts)',
      ].join(', '),
      groups,
    ),
    ...together('ends', 'begins', least),
    `EVAL until = ${timeAt('held', 1)}, met = ${timeAt('held', `LOCATE(held, ${BETWEEN}) + 1`)}`,
    'WHERE met <= until',
  ];
}

/**
 * When at least `least` events of a group lie within `timespan`: a group's events in order, each beside the one `least - 1` places before. The events of
 * one time are counted first, since only an id would tell them apart, which Elasticsearch reads slowly; more than `least` of them change nothing.
 */
export function holdsEvents(by: readonly string[], least: number, timespan: number): string[] {
  const numbers = Array.from({ length: least }, (_, i) => i).join(', ');
  return [
    grouped('STATS times = COUNT(*)', [...by, 'ts', 'old']),
    grouped(
      `STATS total = SUM(times), unseen = COUNT(*) WHERE old == "0", points = VALUES(CONCAT(TO_STRING(ts), old, TO_STRING(LEAST(times, ${least}))))`,
      by,
    ),
    `WHERE unseen > 0 AND total >= ${least}`,
    'MV_EXPAND points',
    `EVAL ${POINT}, number = MV_SLICE([${numbers}], 0, TO_INTEGER(${REST}) - 1)`,
    'MV_EXPAND number',
    ...PASSES,
    grouped(
      'STATS begins = MV_SORT(VALUES(CONCAT(TO_STRING(ts), " ", old, TO_STRING(number)))), total = MAX(total), burst_start = MIN(ts), burst_end = MAX(ts)',
      [...by, 'pass'],
    ),
    ...together('begins', 'begins', least),
    `EVAL until = ${timeAt('held', 1)} + ${timespan}, met = ${timeAt('held', `LOCATE(held, ${BETWEEN}) + 1`)}`,
    'WHERE met <= until',
  ];
}

/**
 * When a row of the second kind follows one of the first within the timespan, equal times allowed. `kind` is a column of 1 or 2. A second that follows a
 * second adds no moment at which it begins, so neighbours in the order of time are enough.
 */
export function follows(by: readonly string[], timespan: number): string[] {
  return [
    grouped(
      'STATS points = MV_SORT(VALUES(CONCAT(TO_STRING(ts), " ", TO_STRING(kind)))), burst_start = MIN(ts), burst_end = MAX(ts)',
      [...by, 'pass'],
    ),
    'EVAL total = MV_COUNT(points)',
    'WHERE total >= 2',
    'EVAL held = MV_ZIP(MV_SLICE(points, 0, GREATEST(0, total - 2)), MV_SLICE(points, 1, GREATEST(1, total - 1)), " ")',
    ...expanded('held', ['points']),
    `WHERE SUBSTRING(held, ${DIGITS + 2}, 1) == "1" AND SUBSTRING(held, ${2 * DIGITS + 5}, 1) == "2"`,
    `EVAL met = ${timeAt('held', DIGITS + 4)}, until = ${timeAt('held', 1)} + ${timespan}`,
    'WHERE met <= until',
  ];
}

/** Rows of `held`: each of the sorted `begins` beside what stands `least - 1` places before it in the sorted `ends`. */
function together(ends: string, begins: string, least: string | number): string[] {
  return [
    `WHERE MV_COUNT(begins) >= ${least}`,
    `EVAL held = MV_ZIP(MV_SLICE(${ends}, 0, MV_COUNT(${ends}) - ${least}), MV_SLICE(${begins}, ${least} - 1, MV_COUNT(${begins}) - 1), ${BETWEEN})`,
    ...expanded('held', [...new Set([begins, ends])]),
  ];
}

/** A row for each value of a list, without lists of the same length: each row would hold all of their values. */
function expanded(list: string, others: readonly string[]): string[] {
  return [`DROP ${others.join(', ')}`, `MV_EXPAND ${list}`];
}

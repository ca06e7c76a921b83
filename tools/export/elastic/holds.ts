import { grouped } from './commands';
import { passOf } from './newness';
import type { Schedule } from './schedule';

/** Separates two texts of a list; no documented value holds one. */
const BETWEEN = '"\\n"';
/** Digits of a time in epoch milliseconds, from 2001 to 2286. */
const DIGITS = 13;

/** Reads the time that stands at a place of a text, counted from 1. */
function timeAt(text: string, place: number | string): string {
  return `TO_LONG(SUBSTRING(${text}, ${place}, ${DIGITS}))`;
}

/** The times of a row as numbers: all that follows reckons with these. */
export const TIMES = 'EVAL ts = TO_LONG(@timestamp), seen = TO_LONG(event.ingested)';

/**
 * Leaves the rows of groups that have at least `least` different values of the column `counted` at all: nearly every group ends here, before
 * anything is laid beside anything. Each row is then there once for each pass.
 */
export function candidates(by: readonly string[], least: string | number, schedule: Schedule): string[] {
  return [
    grouped(
      'STATS total = MV_COUNT(VALUES(counted)), points = VALUES(CONCAT(TO_STRING(ts), " ", TO_STRING(seen), " ", counted))',
      by,
    ),
    `WHERE total >= ${least}`,
    'MV_EXPAND points',
    `EVAL ts = ${timeAt('points', 1)}, seen = ${timeAt('points', DIGITS + 2)}, counted = SUBSTRING(points, ${2 * DIGITS + 3})`,
    ...passOf('seen', schedule),
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
    grouped('STATS times = MV_SORT(VALUES(ts)), total = MAX(total)', [...groups, 'counted']),
    'EVAL pairs = CASE(MV_COUNT(times) == 1, TO_STRING(times), MV_ZIP(TO_STRING(times), TO_STRING(MV_SLICE(times, 1, GREATEST(1, MV_COUNT(times) - 1))), " "))',
    'MV_EXPAND pairs',
    `EVAL ts = ${timeAt('pairs', 1)}, next = ${timeAt('pairs', DIGITS + 2)}`,
    `EVAL until = LEAST(ts + ${timespan}, COALESCE(next - 1, ts + ${timespan}))`,
    grouped(
      [
        'STATS begins = MV_SORT(VALUES(CONCAT(TO_STRING(ts), " ", counted)))',
        'ends = MV_SORT(VALUES(CONCAT(TO_STRING(until), " ", counted)))',
        'total = MAX(total), burst_start = MIN(ts), burst_end = MAX(ts)',
      ].join(', '),
      groups,
    ),
    `WHERE MV_COUNT(begins) >= ${least}`,
    `EVAL held = MV_ZIP(MV_SLICE(ends, 0, MV_COUNT(ends) - ${least}), MV_SLICE(begins, ${least} - 1, MV_COUNT(begins) - 1), ${BETWEEN})`,
    'MV_EXPAND held',
    `EVAL until = ${timeAt('held', 1)}, met = ${timeAt('held', `LOCATE(held, ${BETWEEN}) + 1`)}`,
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
    'MV_EXPAND held',
    `WHERE SUBSTRING(held, ${DIGITS + 2}, 1) == "1" AND SUBSTRING(held, ${2 * DIGITS + 5}, 1) == "2"`,
    `EVAL met = ${timeAt('held', DIGITS + 4)}, until = ${timeAt('held', 1)} + ${timespan}`,
    'WHERE met <= until',
  ];
}

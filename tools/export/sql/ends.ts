import type { SlidingWindow } from '../plan/types';

/** Two rows for each of a relation: with `step` 1 it enters a window, with 0 it leaves. A union of the relation with itself would have engines compute it twice. */
export const BOTH_ENDS = '(SELECT 1 AS step UNION ALL SELECT 0) AS ends';

/** When a row beside `BOTH_ENDS` enters or leaves: columns `t` and `step`. */
export function entersAndLeaves({ timespanMs }: SlidingWindow): string[] {
  return [`CASE WHEN step = 1 THEN t ELSE t + ${timespanMs + 1} END AS t`, 'step'];
}

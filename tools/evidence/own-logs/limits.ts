/** Limits of what is asked of a cluster for the pack on its logs; docs/limits.md lists them. */

/** Matches of one detector that are fetched: what a rule needs that nothing narrows down would be the whole index. */
export const MOST_FETCHED = 500_000;
/** Groups that one answer may hold; a node allows 65,536 buckets of all levels. */
export const MOST_GROUPS = 10_000;
/** Matches that are grouped in one search: each shard answers with the groups of all of them. */
export const MOST_AT_ONCE = 50_000;
/** Stretches of time that one search tells apart: what a node does for each grows with their number. */
export const MOST_TIMES = 300;
/** Different values of a field that are told apart: such as countries, but no numbers. */
export const MOST_VALUES = 1_000;

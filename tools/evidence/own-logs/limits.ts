/** Limits of what is asked of a cluster for the pack on its logs; docs/limits.md lists them. */

/** Matches of one detector that are fetched: what a rule needs that nothing narrows down would be the whole index. */
export const MOST_FETCHED = 500_000;
/** Groups that one answer may hold; a node allows 65,536 buckets of all levels. */
export const MOST_GROUPS = 10_000;
/** Matches that are grouped in one search: a node holds a counter for each group that it meets. */
export const MOST_AT_ONCE = 2_000_000;
/** Different values of a field that are told apart: such as countries, but no numbers. */
export const MOST_VALUES = 1_000;

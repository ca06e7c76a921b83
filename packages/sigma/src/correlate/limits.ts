/** Combinations of values that one event may have in the fields of a group or a count; with more it is left out, as it can only be an attack. */
export const MAX_TUPLES = 100_000;

/** What a stream may keep of each correlation. Without limits nothing is cut and nothing is refused. */
export interface StreamLimits {
  /**
   * What all windows of one correlation may hold together with the lists of its open episodes: an event counts once for each
   * group it is in (as often as it has values, where these are more), a match of an inner correlation as often as events came to
   * its window since the match before, and both once more where an open episode lists them. Every live group holds at least one.
   * Beyond, the oldest leaves early: a sender who makes groups without end blinds nothing but what is older than what he sends.
   */
  held: number;
  /** Event numbers that an alert may list. A longer episode is whole but for its list: the alert says how many `more` there are. */
  listed: number;
}

/** For a process with Node's usual heap: five million entries take about a gigabyte. */
export const STREAM_LIMITS: StreamLimits = { held: 5_000_000, listed: 10_000 };

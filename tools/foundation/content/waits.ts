/** What a command waits for at most, in milliseconds; docs/limits.md has them. */

/** The answer to one request, as a whole. */
export const REQUEST_MS = 60_000;
/** A node that says it is busy, for one request. */
export const BUSY_MS = 30_000;
/** What a command made in Elasticsearch to be deleted, when the command ends by itself. */
export const CLEANING_MS = 20_000;
/** What is left to be cleared away, when the command is cut off, or was killed before. */
export const CLEAR_AWAY_MS = 8_000;
/** The thread of a command that is cut off to end: where its JavaScript never comes to a check, the process dies by the signal. */
export const GRACE_MS = 3_000;
/** The local node to answer: one that has much to do, or collects its garbage, answers late. */
export const NODE_ANSWER_MS = 20_000;
/** A local node to come up. */
export const NODE_START_MS = 15 * 60_000;
/** Another command that starts the local node; that downloads it first; or that stops it. */
export const OTHER_START_MS = 20 * 60_000;
export const OTHER_DOWNLOAD_MS = 90 * 60_000;
export const OTHER_STOP_MS = 3 * 60_000;

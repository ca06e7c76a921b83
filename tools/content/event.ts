/** One log record as a rule sees it: plain JSON, nested or with dotted keys. */
export type Event = Record<string, unknown>;

/** A value that groups and counts can be made of. */
export type Scalar = string | number | boolean;

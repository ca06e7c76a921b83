/** One episode of one group, as positions in its entries. */
export interface Span {
  /** The deciding window is `entries[from..decided]`, both included. */
  from: number;
  decided: number;
  /** The last entry of the last step at which the condition was true. */
  last: number;
  value: number;
  /** The times of the alert where they aren't those of its entries: a search has its own clock. */
  clock?: { start: number; end: number; visible: number };
  /** Only events that were delivered by then are part of it. */
  deliveredBy?: number;
}

/** The episodes of one group, and the highest value that it reached. */
export interface Spans {
  spans: Span[];
  peak: number | null;
}

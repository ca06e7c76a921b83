import type { Numeric } from '../values/scalar';

/** One episode of one group, as a system with fixed windows has it. */
export interface Span {
  start: number;
  end: number;
  visible: number;
  value: Numeric;
  /** All of it lies in `entries[from..last]`, both included; only what was delivered by then is part of it. */
  from: number;
  last: number;
  deliveredBy: number;
}

/** A window in which the condition held: what was delivered by then of `entries[from..last]`, both included. */
export interface Holding {
  time: number;
  visible: number;
  from: number;
  last: number;
  deliveredBy: number;
}

/** The episodes of one group, each window in which its condition held, and the highest value that it reached. */
export interface Spans {
  spans: Span[];
  holding: Holding[];
  peak: number | null;
}

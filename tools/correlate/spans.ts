import type { Numeric } from '../content/scalar';
import type { Entry } from './entry';

/** One episode of one group, as a system with fixed windows has it. */
export interface Span {
  start: number;
  end: number;
  visible: number;
  value: Numeric;
  /** The entries of the first window. */
  deciding: readonly Entry[];
  /** All of it lies in `entries[from..last]`, both included; only what was delivered by then is part of it. */
  from: number;
  last: number;
  deliveredBy: number;
}

/** The episodes of one group, and the highest value that it reached. */
export interface Spans {
  spans: Span[];
  peak: Numeric | null;
}

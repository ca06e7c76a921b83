import type { Scalar } from '../values/event';

/** An event that satisfies a detection. */
export interface Match {
  /** The event's `n`. */
  event: number;
  /** When it happened, epoch milliseconds. */
  time: number;
  /** When the log delivered it, epoch milliseconds. */
  ingested: number;
  /** In the order of the request's `fields`: `null` where the event has no value, a list where it has several. */
  values: (Scalar | Scalar[] | null)[];
}

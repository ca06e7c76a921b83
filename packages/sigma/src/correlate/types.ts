import type { Scalar } from '../values/event';
import type { Numeric } from '../values/scalar';
import type { Match } from './match';
import type { InnerWindowPart } from './entry';

/**
 * What a rule emits: one episode of one group. It starts at the step at which the condition becomes true and ends with
 * the last step at which it was true before the group was armed again.
 */
export interface Alert {
  /** group-by field → value, in the rule's order. */
  group: Record<string, Scalar>;
  /** Time of the step at which the condition became true (epoch ms). */
  start: number;
  /** Time of the last step of the episode (epoch ms). */
  end: number;
  /** When the events of the deciding window had all been delivered: no analyst sees it earlier (epoch ms). */
  visible: number;
  /** The count, sum … at `start`; a whole sum has all its digits. */
  value: Numeric;
  /** The events in the window over the whole episode, ascending, without repetition. */
  events: number[];
  /**
   * How many events a stream's limit left out of `events`; absent where none. One that the windows of several groups of an inner
   * correlation hold may count as several.
   */
  more?: number;
}

/** What a correlation counts: a match of a detection, or a step at which the condition of another correlation holds. */
export interface CorrelationMatch extends Match {
  /** The window of the other correlation at that step; absent for a match of a detection, which is its own event. */
  inner?: InnerWindowPart;
}

/** The matches of one of the rules that a correlation refers to. */
export interface CorrelationInput {
  /** The rule's id. */
  rule: string;
  /** What the matches' `values` are; `fieldsNeeded` says which are required. */
  fields: string[];
  matches: CorrelationMatch[];
}

/** How the windows of a correlation lie in time. `sliding` is what the rule means; the others are how other systems run it. */
export type Window =
  /** `[t − timespan, t]` at each arrival. */
  | { model: 'sliding' }
  /** Buckets of one timespan from `originMs` (the epoch by default) on. */
  | { model: 'tumbling'; originMs?: number }
  /** A search every `intervalMs`, shifted by `phaseMs`, over the last `lookbackMs` of what had been delivered by then. */
  | { model: 'scheduled'; intervalMs: number; lookbackMs: number; phaseMs: number };

export interface CorrelationResult {
  /** In the order of their start, then of their group. */
  alerts: Alert[];
  /** Events that belong to no group, because a field of `group-by` has no value. */
  excluded: number;
  /** Events that were left out because they have more than `MAX_TUPLES` combinations of values in the fields of its group and its count. */
  crowded: number[];
  /** The highest value that any group reached; null where nothing was counted, or where the condition is met by little. */
  peak: number | null;
}

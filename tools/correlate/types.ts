import type { Scalar } from '../content/event';

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
  /** The count, sum … at `start`. */
  value: number;
  /** The events in the window over the whole episode, ascending, without repetition. */
  events: number[];
}

import type { Scalar } from '../values/event';
import type { Numeric } from '../values/scalar';
import type { WindowEntry } from './entry';
import type { EventList } from './event-list';
import type { InnerWindow } from './inner-window';
import type { Quantity } from './quantity';

/** The episode of a group that may still go on. */
export interface Episode {
  start: number;
  end: number;
  visible: number;
  value: Numeric;
  list: EventList;
}

/** The step of a group in the list of all steps. */
export interface Departure {
  group: SlidingGroup;
  before: Departure | null;
  after: Departure | null;
}

/** What a sliding window keeps of one group. */
export class SlidingGroup {
  /** The entries in the window, each with the `next`; the first of the last step is `step`. */
  oldest: WindowEntry | null = null;
  newest: WindowEntry | null = null;
  step: WindowEntry | null = null;
  /** Whether the condition holds now, and the last time at which it is known to have held. */
  met = false;
  lastMet = -Infinity;
  episode: Episode | null = null;
  /** Of the newest step, where `Departures` holds it. */
  departure: Departure | null = null;

  constructor(
    readonly key: string,
    readonly values: readonly Scalar[],
    readonly quantity: Quantity,
    /** What correlations that refer to this one need; null where there are none. */
    readonly inner: InnerWindow | null,
  ) {}

  append(entry: WindowEntry, beginsStep: boolean): void {
    if (this.newest) this.newest.next = entry;
    else this.oldest = entry;
    this.newest = entry;
    this.inner?.enter(entry);
    if (beginsStep) this.step = entry;
  }

  removeOldest(): void {
    const entry = this.oldest!;
    this.inner?.leave(entry);
    this.oldest = entry.next;
    if (this.oldest === null) this.newest = this.step = null;
    // An old entry that holds a young one makes the collector keep both.
    entry.next = null;
  }
}

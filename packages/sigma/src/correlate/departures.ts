import type { Departure, SlidingGroup } from './sliding-group';

/** The steps of all groups that are in the window, in the order of time; the last step of a group can be moved to the end. */
export class Departures {
  private head: Departure | null = null;
  private tail: Departure | null = null;

  /** The group of the oldest step. */
  get first(): SlidingGroup | undefined {
    return this.head?.group;
  }

  /** A group has a step now. */
  push(group: SlidingGroup): void {
    this.append((group.departure = { group, before: null, after: null }));
  }

  /** The last step of a group is now. */
  move(group: SlidingGroup): void {
    const departure = group.departure!;
    if (departure === this.tail) return;
    this.remove(departure);
    this.append(departure);
  }

  shift(): void {
    this.remove(this.head!);
  }

  private append(departure: Departure): void {
    departure.before = this.tail;
    departure.after = null;
    if (this.tail) this.tail.after = departure;
    else this.head = departure;
    this.tail = departure;
  }

  private remove({ before, after }: Departure): void {
    if (before) before.after = after;
    else this.head = after;
    if (after) after.before = before;
    else this.tail = before;
  }
}

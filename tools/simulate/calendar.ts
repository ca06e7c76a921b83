/** Seconds after which a slot is used anew: more than an hour, in which nearly all comes that a beginning causes. A power of two. */
const SLOTS = 4096;

/**
 * What is yet to come, by whole seconds: a timing wheel (Varghese and Lauck 1987), with constant work an entry where a heap would sort tens
 * of thousands. Not a map of seconds: V8 leaves in a map's outgrown table a link to the next one, so that tables which have grown old would keep all
 * that they ever held until the old generation is collected, and every collection of the young one would copy it.
 */
export class Calendar<T extends { time: number }> {
  private readonly slots: (T[] | null)[] = Array.from({ length: SLOTS }, () => null);
  private count = 0;

  /** Whether nothing is to come. */
  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** `time` is in epoch milliseconds. */
  add(entry: T): void {
    const slot = secondOf(entry) % SLOTS;
    const there = this.slots[slot];
    if (there) there.push(entry);
    else this.slots[slot] = [entry];
    this.count++;
  }

  /** Takes out what lies in a second, since the epoch, in the order in which it came. */
  take(second: number): T[] {
    const slot = second % SLOTS;
    const there = this.slots[slot];
    if (!there) return [];
    const due = there.filter((entry) => secondOf(entry) === second);
    const later = due.length < there.length ? there.filter((entry) => secondOf(entry) !== second) : null;
    this.slots[slot] = later;
    this.count -= due.length;
    return due;
  }
}

function secondOf({ time }: { time: number }): number {
  return Math.floor(time / 1000);
}

/** Whole seconds of a run, each with what is yet to come in it: constant work an entry, where a heap would sort tens of thousands. */
export class Calendar<T extends { time: number }> {
  private readonly seconds = new Map<number, T[]>();

  /** Whether nothing is to come. */
  get isEmpty(): boolean {
    return this.seconds.size === 0;
  }

  /** `time` is in epoch milliseconds. */
  add(entry: T): void {
    const second = Math.floor(entry.time / 1000);
    const there = this.seconds.get(second);
    if (there) there.push(entry);
    else this.seconds.set(second, [entry]);
  }

  /** Takes out what lies in a second, since the epoch, in the order in which it came. */
  take(second: number): T[] {
    const there = this.seconds.get(second);
    if (!there) return [];
    this.seconds.delete(second);
    return there;
  }
}

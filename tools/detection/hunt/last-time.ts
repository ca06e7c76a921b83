const DAY_MS = 86_400_000;

/**
 * The time at which a log ends, of which single records may be dated wrongly: clocks of clients are. Memory grows with the days on which
 * there are records, not with the records.
 */
export class LastTime {
  /** The last time not later than `now`, and of each day after that the last time and how many records there are. */
  private past = -Infinity;
  private ofPast = 0;
  private readonly future = new Map<number, { last: number; count: number }>();

  /** `now`: what is later lies in the future, if the clock is right. `gap`: no log is silent for so long (ms). */
  constructor(
    private readonly now: number,
    private readonly gap: number,
  ) {}

  add(time: number): void {
    if (time <= this.now) {
      this.ofPast++;
      if (time > this.past) this.past = time;
      return;
    }
    const day = Math.floor(time / DAY_MS);
    const known = this.future.get(day);
    if (known === undefined) this.future.set(day, { last: time, count: 1 });
    else {
      known.count++;
      if (time > known.last) known.last = time;
    }
  }

  /**
   * The time of the last record that is not in the future. Where most are, the clock is wrong or the log is made up: then it is the
   * last one that its neighbours lead to, from the record in the middle of those on. -Infinity without records.
   */
  get end(): number {
    const ofFuture = [...this.future.values()].reduce((sum, { count }) => sum + count, 0);
    if (ofFuture <= this.ofPast) return this.past;
    const days = [...this.future].sort(([a], [b]) => a - b).map(([, each]) => each);
    let before = 0;
    let at = days.findIndex(({ count }) => (before += count) >= ofFuture / 2);
    while (at + 1 < days.length && days[at + 1]!.last - days[at]!.last <= this.gap + DAY_MS) at++;
    return days[at]!.last;
  }

  /** How many records are later than the end, and the last of them. */
  get later(): { count: number; last: number } {
    const after = [...this.future.values()].filter(({ last }) => last > this.end);
    return {
      count: after.reduce((sum, { count }) => sum + count, 0),
      last: Math.max(...after.map(({ last }) => last)),
    };
  }
}

/**
 * What an edge product remembers to count: the values of recent requests by subject, such as an address. Ordinary traffic and each
 * occurrence of a scenario are branches: an occurrence's requests come on top of the ordinary ones, and ordinary ones know nothing of
 * it, so that adding a campaign leaves every ordinary record as it was.
 */
export class Recent {
  private readonly seen = new Map<string, { time: number; value: string }[]>();
  private added = 0;

  /** `window` in ms: how long a request counts, its end included. */
  constructor(private readonly window: number) {}

  /** Adds a request, the latest so far; returns how many of the subject are in the window, this one included, and how many different values they have. */
  add(subject: string, branch: number, time: number, value = ''): { count: number; distinct: number } {
    if (++this.added % FORGET_EVERY === 0) this.forget(time);
    const own = this.recent(`${branch} ${subject}`, time);
    own.push({ time, value });
    this.seen.set(`${branch} ${subject}`, own);
    const all = branch === ORDINARY ? own : [...own, ...this.recent(`${ORDINARY} ${subject}`, time)];
    return { count: all.length, distinct: new Set(all.map((one) => one.value)).size };
  }

  private recent(key: string, time: number): { time: number; value: string }[] {
    return (this.seen.get(key) ?? []).filter((one) => one.time >= time - this.window);
  }

  /** Memory doesn't grow with the number of requests. */
  private forget(time: number): void {
    for (const [key, all] of this.seen) if (all.at(-1)!.time < time - this.window) this.seen.delete(key);
  }
}

const ORDINARY = 0;
const FORGET_EVERY = 10_000;

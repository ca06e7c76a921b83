/** Random choices that a seed decides (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  /** From 0 up to, not including, 1. */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.roll() * (high - low + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)]!;
  }

  chance(of: number): boolean {
    return this.roll() < of;
  }

  /** So many of them, at least `low` and at most `high`, in their order. */
  some<T>(from: readonly T[], low: number, high: number): T[] {
    const wanted = Math.min(from.length, this.whole(low, high));
    const chosen = new Set<T>();
    while (chosen.size < wanted) chosen.add(this.pick(from));
    return from.filter((one) => chosen.has(one));
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}

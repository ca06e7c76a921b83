/**
 * A sum of doubles that is exact until it is read, so that taking a value out leaves no trace of it and ten times 0.1 is 1.
 * Shewchuk's non-overlapping partials (Adaptive Precision Floating-Point Arithmetic, 1997), as Python's `math.fsum` has them.
 */
export class ExactSum {
  private partials: number[] = [];

  add(value: number): void {
    let carried = value;
    const kept: number[] = [];
    for (const partial of this.partials) {
      const [large, small] = Math.abs(carried) < Math.abs(partial) ? [partial, carried] : [carried, partial];
      const sum = large + small;
      const rest = small - (sum - large);
      if (rest !== 0) kept.push(rest);
      carried = sum;
    }
    if (carried !== 0) kept.push(carried);
    this.partials = kept;
  }

  remove(value: number): void {
    this.add(-value);
  }

  /** The double nearest to the exact sum. */
  get value(): number {
    let total = 0;
    for (let i = this.partials.length - 1; i >= 0; i--) {
      const before = total;
      total += this.partials[i]!;
      const rest = this.partials[i]! - (total - before);
      const next = this.partials[i - 1];
      if (rest === 0) continue;
      // Half-way cases are decided by the sign of what follows.
      if (next !== undefined && Math.sign(next) === Math.sign(rest)) {
        const doubled = rest * 2;
        const rounded = total + doubled;
        if (doubled === rounded - total) total = rounded;
      }
      break;
    }
    return total;
  }
}

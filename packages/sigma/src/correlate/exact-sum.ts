import { integerOf, type Numeric } from '../values/scalar';

/**
 * A sum of numbers that is exact until it is read, so that taking a value out leaves no trace of it and ten times 0.1 is 1.
 * Shewchuk's non-overlapping partials (Adaptive Precision Floating-Point Arithmetic, 1997), as Python's `math.fsum` has them.
 */
export class ExactSum {
  private readonly partials: number[] = [];

  add(value: Numeric): void {
    if (typeof value === 'number') return this.addDouble(value);
    // The sum of doubles that an integer is.
    for (let rest = value; rest !== 0n;) {
      const double = Number(rest);
      this.addDouble(double);
      rest -= BigInt(double);
    }
  }

  private addDouble(value: number): void {
    const { partials } = this;
    let carried = value;
    let kept = 0;
    for (let i = 0; i < partials.length; i++) {
      const partial = partials[i]!;
      const sum = carried + partial;
      const rest = Math.abs(carried) < Math.abs(partial) ? carried - (sum - partial) : partial - (sum - carried);
      if (rest !== 0) partials[kept++] = rest;
      carried = sum;
    }
    partials.length = kept;
    if (carried !== 0) partials.push(carried);
  }

  remove(value: Numeric): void {
    this.add(-value);
  }

  /** The sum of both. */
  plus(other: ExactSum): ExactSum {
    const sum = new ExactSum();
    for (const partial of [...this.partials, ...other.partials]) sum.addDouble(partial);
    return sum;
  }

  /** The exact sum where it is a whole number, else the double nearest to it. */
  get value(): Numeric {
    const nearest = this.nearest();
    if (Math.abs(nearest) <= Number.MAX_SAFE_INTEGER || !this.partials.every(Number.isInteger)) return nearest;
    return integerOf(String(this.partials.reduce((sum, partial) => sum + BigInt(partial), 0n)));
  }

  private nearest(): number {
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

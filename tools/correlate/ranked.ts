/** A multiset of numbers known beforehand, with logarithmic insertion, removal and choice by rank (a Fenwick tree). */
export class RankedNumbers {
  private readonly sorted: Float64Array;
  private readonly tree: Int32Array;
  private readonly top: number;
  size = 0;

  constructor(every: readonly number[]) {
    this.sorted = Float64Array.from(new Set(every)).sort();
    this.tree = new Int32Array(this.sorted.length + 1);
    this.top = 2 ** Math.floor(Math.log2(Math.max(1, this.sorted.length)));
  }

  add(value: number, times: 1 | -1): void {
    this.size += times;
    for (let i = this.rankOf(value) + 1; i < this.tree.length; i += i & -i) this.tree[i]! += times;
  }

  /**
   * The percentile by linear interpolation between the closest ranks (Hyndman and Fan, Sample Quantiles, 1996, type 7), so
   * that the 50th is the median. `null` of nothing.
   */
  percentile(percent: number): number | null {
    if (this.size === 0) return null;
    const rank = ((this.size - 1) * percent) / 100;
    const below = this.at(Math.floor(rank));
    const share = rank - Math.floor(rank);
    return share === 0 ? below : below + share * (this.at(Math.floor(rank) + 1) - below);
  }

  private rankOf(value: number): number {
    let low = 0;
    for (let high = this.sorted.length; low < high;) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private at(rank: number): number {
    let position = 0;
    let left = rank;
    for (let step = this.top; step > 0; step >>= 1) {
      const next = position + step;
      if (next < this.tree.length && this.tree[next]! <= left) {
        position = next;
        left -= this.tree[next]!;
      }
    }
    return this.sorted[position]!;
  }
}

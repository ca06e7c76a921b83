import type { Numeric } from '../values/scalar';

/** Numbers in one chunk; a full chunk is halved. Short enough that moving half of them costs less than finding the chunk. */
const CHUNK = 512;

/**
 * A multiset of numbers with insertion, removal and choice by rank: a sorted list in chunks, each of which is sorted and
 * none of which is empty. Finding a chunk by value is logarithmic, by rank it takes a step a chunk.
 */
export class RankedNumbers {
  private readonly chunks: Numeric[][] = [];
  size = 0;

  /** Puts a number in, or takes one that is in it out. */
  add(value: Numeric, times: 1 | -1): void {
    this.size += times;
    const index = this.chunkOf(value);
    if (times === 1) this.insert(index, value);
    else this.remove(index, value);
  }

  /**
   * The percentile by linear interpolation between the closest ranks (Hyndman and Fan, Sample Quantiles, 1996, type 7), so
   * that the 50th is the median. `null` of nothing.
   */
  percentile(percent: number): Numeric | null {
    if (this.size === 0) return null;
    const rank = ((this.size - 1) * percent) / 100;
    const below = this.at(Math.floor(rank));
    const share = rank - Math.floor(rank);
    if (share === 0) return below;
    const above = this.at(Math.floor(rank) + 1);
    return below === above ? below : Number(below) + share * (Number(above) - Number(below));
  }

  /** The first chunk whose last number is not smaller. */
  private chunkOf(value: Numeric): number {
    let low = 0;
    for (let high = this.chunks.length; low < high;) {
      const middle = (low + high) >> 1;
      if (this.chunks[middle]!.at(-1)! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert(index: number, value: Numeric): void {
    // Zero and minus zero are one number.
    const number = value === 0 ? 0 : value;
    if (this.chunks.length === 0) {
      this.chunks.push([number]);
      return;
    }
    const at = Math.min(index, this.chunks.length - 1);
    const chunk = this.chunks[at]!;
    chunk.splice(positionIn(chunk, number), 0, number);
    if (chunk.length > CHUNK) this.chunks.splice(at + 1, 0, chunk.splice(CHUNK / 2));
  }

  private remove(index: number, value: Numeric): void {
    const chunk = this.chunks[index]!;
    chunk.splice(positionIn(chunk, value), 1);
    if (chunk.length === 0) this.chunks.splice(index, 1);
  }

  private at(rank: number): Numeric {
    let left = rank;
    let index = 0;
    while (left >= this.chunks[index]!.length) left -= this.chunks[index++]!.length;
    return this.chunks[index]![left]!;
  }
}

function positionIn(chunk: readonly Numeric[], value: Numeric): number {
  let low = 0;
  for (let high = chunk.length; low < high;) {
    const middle = (low + high) >> 1;
    if (chunk[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

import { cumulate, zipf } from './math';
import { blockCount } from './numbers';
import { below, child, type Key } from './random';

/** Of a country's subscribers: a carrier's share, and how many blocks hold them, as a count or by how many users of this business share one. */
export interface Carrier {
  share: number;
  blocks?: number;
  users_per_block?: number;
}

/** The blocks that a carrier has in a country. */
export interface CarrierBlocks {
  /** Cumulative: blocks of small rank have the most subscribers. */
  shares: number[];
  /** The place in the country's numbering plan of the block of a rank. */
  at: (rank: number) => number;
}

/** Blocks that a country's lines fill, however few of them are users: the smallest countries have two or three million lines (ours). */
const FEWEST_BLOCKS = 200;

/**
 * The blocks of each carrier, in their order, worked out for a country when it is first asked for: a large world has tens of thousands.
 * No block is two carriers' unless the country has too few. `users`: country → users of the business there; `skew`: the exponent of Zipf's law.
 */
export function blocksOf(
  carriers: Carrier[],
  users: ReadonlyMap<string, number>,
  skew: number | undefined,
  key: Key,
): (country: string, carrier: number) => CarrierBlocks {
  const known = new Map<string, CarrierBlocks[]>();
  return (country, carrier) => {
    let blocks = known.get(country);
    if (!blocks) {
      const counts = carriers.map((one) => countOf(one, country, users.get(country) ?? 0));
      known.set(country, (blocks = placed(counts, blockCount(country), skew, child(key, country))));
    }
    return blocks[carrier]!;
  };
}

function countOf({ share, blocks, users_per_block: perBlock }: Carrier, country: string, users: number): number {
  if (blocks !== undefined) return blocks;
  const filled = Math.max(users / perBlock!, FEWEST_BLOCKS);
  return Math.max(1, Math.min(Math.ceil(filled * share), blockCount(country)));
}

/** Scattered over a plan of `size` blocks: steps of a length that has no factor in common with it meet each of them once. */
function placed(counts: number[], size: number, skew: number | undefined, key: Key): CarrierBlocks[] {
  const start = below(key, 'start', size);
  let step = 1 + below(key, 'step', size - 1);
  while (greatestCommonDivisor(step, size) !== 1) step = (step % size) + 1;
  let first = 0;
  return counts.map((count) => {
    const before = first;
    first += count;
    return { shares: cumulate(zipf(count, skew)), at: (rank) => (start + (before + rank) * step) % size };
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

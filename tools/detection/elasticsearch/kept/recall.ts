import type { Client } from '@elastic/elasticsearch';
import { asking } from '../client';
import type { KeptIndex, KeptNote } from './note';

/**
 * The indices of a kept dataset, by their sources; null where any is not as it was, or does not hold what is needed. `make`: the index
 * as a run would make it.
 */
export async function recallSources<Index extends { recall: (client: Client, kept: KeptIndex) => Promise<boolean> }>(
  client: Client,
  { indices }: KeptNote,
  make: (kept: KeptIndex) => Index,
): Promise<Map<string, Index> | null> {
  const made = indices.map((kept) => ({ kept, index: make(kept) }));
  const are = await asking('looking at what was kept', () =>
    Promise.all(made.map(({ kept, index }) => index.recall(client, kept))),
  );
  return are.includes(false) ? null : new Map(made.map(({ kept, index }) => [kept.id, index]));
}

/** How many documents a dataset has. */
export function totalOf({ indices }: KeptNote): number {
  return indices.reduce((total, { count }) => total + count, 0);
}

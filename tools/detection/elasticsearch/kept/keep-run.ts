import type { Client } from '@elastic/elasticsearch';
import { fieldsOf, type Contract } from '../../../telemetry/contract';
import type { KeptDatasets } from './datasets';
import { sha256, type KeptIndex, type KeptNote } from './note';

/** What names kept events: their digest, and what else decides their indices, which is the node's version and what is known of fields. */
export function keyOf(digest: string, version: string, contracts: ReadonlyMap<string, Contract | null>): string {
  const fields = [...contracts].map(([id, contract]) => [id, contract && fieldsOf(contract)]);
  return sha256(JSON.stringify([digest, version, fields]));
}

/** Keeps the indices of a run for the next. Resolves to false where they are to be deleted: a run needs no more than its answers. */
export async function keepRun(
  client: Client,
  kept: KeptDatasets,
  sources: { note: (client: Client) => Promise<KeptIndex> }[],
  named: Pick<KeptNote, 'digest' | 'prefix'>,
  beside: () => Uint8Array,
): Promise<boolean> {
  if (sources.length === 0) return false;
  try {
    const indices = await Promise.all(sources.map((source) => source.note(client)));
    const stats = await client.indices.stats({ index: indices.map(({ name }) => name), metric: 'store' });
    const bytes = stats._all.primaries?.store?.size_in_bytes;
    if (bytes === undefined) return false;
    return await kept.keep(client, { ...named, bytes, indices }, beside());
  } catch {
    // Whatever it was: the run has its answers.
    return false;
  }
}

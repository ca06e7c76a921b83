import type { Client } from '@elastic/elasticsearch';
import { Failure } from '../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';

/** What a node says that can write no more: no shard to write to, or a block on the index or the cluster, which a full disk sets. */
const NO_ROOM = /unavailable_shards_exception|cluster_block_exception|disk usage exceeded|No space left on device/;

export function meansNoRoom(reason: string): boolean {
  return NO_ROOM.test(reason);
}

/** The end of a run whose index cannot be written to, with how much disk there is where the node says so. */
export async function noRoom(client: Client, index: string): Promise<Failure> {
  const disks = await disksOf(client).catch(() => []);
  const told = disks.length === 0 ? 'it does not say how full its disk is' : disks.join('; ');
  return new Failure(
    3,
    `Elasticsearch cannot write to ${index}: ${told}`,
    'make room on its disk, or look at its health with GET _cluster/allocation/explain',
  );
}

/** The disk of each node: what is free, and what it wants to be free before it writes. */
async function disksOf(client: Client): Promise<string[]> {
  const [stats, settings] = await Promise.all([
    client.transport.request({ method: 'GET', path: '/_nodes/stats/fs?filter_path=nodes.*.name,nodes.*.fs.total' }),
    client.transport.request({
      method: 'GET',
      path: `/_cluster/settings?include_defaults=true&flat_settings=true&filter_path=*.${WATERMARKS}*`,
    }),
  ]);
  const wanted = watermark(settings);
  const nodes = isMap(stats) && isMap(stats['nodes']) ? Object.values(stats['nodes']) : [];
  return nodes.flatMap((node) => {
    const total = isMap(node) && isMap(node['fs']) && isMap(node['fs']['total']) ? node['fs']['total'] : {};
    const { available_in_bytes: free, total_in_bytes: size } = total;
    if (typeof free !== 'number' || typeof size !== 'number') return [];
    const name = String((node as { name?: unknown }).name);
    return [`the disk of node ${name} has ${megabytes(free)} free of ${megabytes(size)}${wanted}`];
  });
}

const WATERMARKS = 'cluster.routing.allocation.disk.watermark.';

function watermark(settings: unknown): string {
  if (!isMap(settings)) return '';
  const [first] = ['transient', 'persistent', 'defaults'].flatMap((kind) => {
    const values = settings[kind];
    const value = isMap(values) ? values[`${WATERMARKS}low`] : undefined;
    return typeof value === 'string' ? [value] : [];
  });
  if (first === undefined) return '';
  return /%$/.test(first)
    ? `, and new indices need it to be at most ${first} full`
    : `, and a new index needs ${first} free`;
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1e6).toLocaleString('en-US')} MB`;
}

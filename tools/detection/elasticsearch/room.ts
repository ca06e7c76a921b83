import { errors, type Client } from '@elastic/elasticsearch';
import { Failure } from '../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';
import { reasonOf } from './reason';

/** What a node says that can write no more: no shard to write to, or a block on the index or the cluster, which a full disk sets. */
const NO_ROOM = /unavailable_shards_exception|cluster_block_exception|disk usage exceeded|No space left on device/;

export function meansNoRoom(reason: string): boolean {
  return NO_ROOM.test(reason);
}

/** With less than this free a node writes no segment; Elasticsearch itself stops writing with far more (its flood-stage watermark). */
const FULL_BYTES = 16e6;

/** Whether a node refused a write for want of room: it says so, or answers with an error that names no reason while its disk is full. */
export async function lacksRoom(error: unknown, client: Client): Promise<boolean> {
  if (!(error instanceof errors.ResponseError)) return false;
  if (meansNoRoom(reasonOf(error))) return true;
  if ((error.statusCode ?? 0) < 500) return false;
  const disks = await disksOf(client).catch(() => []);
  return disks.some(({ free }) => free < FULL_BYTES);
}

/** The end of a run whose index cannot be written to, with how much disk there is where the node says so. */
export async function noRoom(client: Client, index: string): Promise<Failure> {
  const disks = await disksOf(client).catch(() => []);
  const told = disks.map(
    ({ name, free, size, wanted }) =>
      `the disk of node ${name} has ${megabytes(free)} free of ${megabytes(size)}${wanted}`,
  );
  return new Failure(
    3,
    `Elasticsearch cannot write to ${index}: ${told.join('; ') || 'it does not say how full its disk is'}`,
    'make room on its disk, or look at its health with GET _cluster/allocation/explain',
  );
}

/** The disk of one node, in bytes; `wanted` says what it wants to be free before it makes an index. */
interface NodeDisk {
  name: string;
  free: number;
  size: number;
  wanted: string;
}

async function disksOf(client: Client): Promise<NodeDisk[]> {
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
    return [{ name: String((node as { name?: unknown }).name), free, size, wanted }];
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

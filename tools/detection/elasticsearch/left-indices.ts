import { setTimeout as sleep } from 'node:timers/promises';
import type { Leftover } from '../../foundation/leftovers/leftover';

const LOOK_AGAIN_MS = 100;

/**
 * Deletes the indices of a run that was cut off, without the client, which takes long to load. A request of the run that the cluster
 * still works at would make an index again, so that this looks until there was neither such a request nor an index two times, between
 * which one that had only just arrived came into sight. Throws where the cluster does not answer or refuses, or when `signal` says
 * that it has taken too long.
 */
export async function deleteLeftIndices(
  { url, authorization, prefix }: Extract<Leftover, { kind: 'indices' }>,
  signal: AbortSignal,
): Promise<void> {
  const ask = async (method: string, path: string): Promise<unknown> => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const response = await fetch(url + path, { method, headers, signal });
    const body: unknown = await response.json();
    if (response.ok || response.status === 404) return body;
    throw new Error(`${method} ${path.replace(/\?.*/, '')} is answered with ${response.status}`);
  };
  for (let quiet = 0; quiet < 2;) {
    // Tasks first: an index that one of them makes between the two questions is seen by the second.
    const tasks = await ask('GET', '/_tasks?detailed&actions=indices:admin/*create*,indices:data/write/bulk*');
    const found = (await ask('GET', `/${prefix}*?filter_path=*.aliases`)) as Record<string, unknown>;
    const names = Object.keys(found).filter((name) => name.startsWith(prefix));
    quiet = names.length === 0 && !JSON.stringify(tasks).includes(prefix) ? quiet + 1 : 0;
    for (const name of names) await ask('DELETE', `/${encodeURIComponent(name)}`);
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
}

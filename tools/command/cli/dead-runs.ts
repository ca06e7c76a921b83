import { existsSync } from 'node:fs';
import { deadJournals } from '../../foundation/leftovers/journal';
import { isAlive } from '../../foundation/leftovers/process-identity';
import type { Leftover } from '../../foundation/leftovers/leftover';
import type * as ClearAway from './clear-away';

/**
 * Clears away what commands left that were killed, as their journals in `folder` say; but for indices, which whoever talks to their
 * cluster deletes (`deleteDeadIndices`). Resolves to a line for the user, empty where there was nothing.
 */
export async function clearDeadRuns(folder: string): Promise<string> {
  const gone: string[] = [];
  for (const dead of deadJournals(folder)) {
    const left = dead.leftovers.filter(({ kind }) => kind !== 'indices');
    const found = new Map(left.filter(isThere).map((one) => [one, nameOf(one)]));
    const { clearAway } = require('./clear-away') as typeof ClearAway;
    const cleared = await clearAway(left);
    dead.clear(cleared);
    gone.push(...cleared.flatMap((one) => found.get(one) ?? []));
  }
  return gone.length === 0 ? '' : `what a killed command had left is cleared away: ${gone.join(', ')}`;
}

function isThere(left: Leftover): boolean {
  if (left.kind === 'path') return existsSync(left.path);
  return left.kind === 'process' && isAlive({ pid: left.pid, started: left.started ?? '' });
}

function nameOf(left: Leftover): string {
  return left.kind === 'path' ? left.path : left.kind === 'process' ? `process ${left.pid}` : left.prefix;
}

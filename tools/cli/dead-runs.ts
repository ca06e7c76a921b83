import { existsSync, readdirSync } from 'node:fs';
import type { deadJournals } from '../leftovers/journal';
import { isAlive } from '../leftovers/process-identity';
import type { Leftover } from '../leftovers/leftover';
import type { clearAway } from './clear-away';

/**
 * Clears away what commands left that were killed, as their journals in `folder` say; but for indices, which whoever talks to their
 * cluster deletes (`deleteDeadIndices`). Resolves to a line for the user, empty where there was nothing.
 */
export async function clearDeadRuns(folder: string): Promise<string> {
  if (!hasEntries(folder)) return '';
  const journal = require('../leftovers/journal') as { deadJournals: typeof deadJournals };
  const away = require('./clear-away') as { clearAway: typeof clearAway };
  const gone: string[] = [];
  for (const dead of journal.deadJournals(folder)) {
    const left = dead.leftovers.filter(({ kind }) => kind !== 'indices');
    const found = new Map(left.filter(isThere).map((one) => [one, nameOf(one)]));
    const cleared = await away.clearAway(left);
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

/** Asked before anything is loaded: hardly ever is there one. */
function hasEntries(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}

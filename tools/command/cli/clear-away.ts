import { rm } from 'node:fs/promises';
import { CLEAR_AWAY_MS } from '../../foundation/content/waits';
import type * as Left from '../../detection/elasticsearch/left-indices';
import { isAlive } from '../../foundation/leftovers/process-identity';
import type { Leftover } from '../../foundation/leftovers/leftover';

/** Clears away what a command leaves that was cut off. Resolves to what could be cleared away. */
export async function clearAway(left: readonly Leftover[]): Promise<Leftover[]> {
  const cleared: Leftover[] = [];
  for (const one of left) if (one.kind === 'process' && end(one)) cleared.push(one);
  const signal = AbortSignal.timeout(CLEAR_AWAY_MS);
  await Promise.all(
    left.map(async (one) => {
      try {
        if (one.kind === 'path') await rm(one.path, { recursive: true, force: true });
        else if (one.kind === 'indices') await deleteIndices(one, signal);
        else return;
        cleared.push(one);
      } catch {
        // It stays for the next command.
      }
    }),
  );
  return cleared;
}

function deleteIndices(left: Extract<Leftover, { kind: 'indices' }>, signal: AbortSignal): Promise<void> {
  const { deleteLeftIndices } = require('../../detection/elasticsearch/left-indices') as typeof Left;
  return deleteLeftIndices(left, signal);
}

/** Whether it is gone. */
function end({ pid, started, group }: Extract<Leftover, { kind: 'process' }>): boolean {
  try {
    if (started === undefined || isAlive({ pid, started })) process.kill(group ? -pid : pid, 'SIGKILL');
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../content/failure';
import { leaving } from '../../content/leftovers';
import { identify, isAlive, type ProcessIdentity } from './process';

/**
 * Runs `action` while no other process runs one under the same folder's lock. The lock is a file that names its owner;
 * that of a process which died is taken over. Waits up to `patienceMs`, then throws a Failure (3).
 */
export async function withLock<T>(
  folder: string,
  patienceMs: number,
  onWait: () => void,
  action: () => Promise<T>,
): Promise<T> {
  const lock = join(folder, 'lock');
  const mine = JSON.stringify(identify(process.pid) ?? {});
  const gone = leaving({ kind: 'path', path: lock, holding: mine });
  for (let waited = 0; !take(lock, mine); waited += 100) {
    if (waited >= patienceMs) {
      gone();
      const owner = ownerOf(lock);
      throw new Failure(
        3,
        `another process (${owner?.pid ?? 'unknown'}) has been starting or stopping the node for too long`,
        `end that process, or remove ${lock} when there is none`,
      );
    }
    onWait();
    await sleep(100);
  }
  try {
    return await action();
  } finally {
    rmSync(lock);
    gone();
  }
}

/** Makes the lock with its owner in it in one step (a link to a complete file), or clears a dead owner's away. */
function take(lock: string, mine: string): boolean {
  const draft = `${lock}.${randomUUID()}`;
  const gone = leaving({ kind: 'path', path: draft });
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = ownerOf(lock);
    if (owner !== undefined && !isAlive(owner)) clear(lock, owner);
    return false;
  } finally {
    rmSync(draft);
    gone();
  }
}

/** Removes a dead owner's lock, one process at a time, so that nobody removes the lock of the one who was faster. */
function clear(lock: string, dead: ProcessIdentity): void {
  const guard = `${lock}.clearing`;
  try {
    writeFileSync(guard, '', { flag: 'wx', mode: 0o600 });
  } catch {
    // Held for microseconds, so an old one is that of a process which died in between.
    if (Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > 10_000) rmSync(guard);
    return;
  }
  try {
    if (ownerOf(lock)?.started === dead.started) rmSync(lock);
  } finally {
    rmSync(guard);
  }
}

function ownerOf(lock: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

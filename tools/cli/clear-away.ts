import { readFileSync, rmSync } from 'node:fs';
import type { Leftover } from '../content/leftovers';
import type * as Left from '../elasticsearch/left-indices';

/** A cluster that does not answer keeps nobody from ending. */
const DEADLINE_MS = 8000;

/** Clears away what a command leaves that was cut off. What can't be cleared away stays; nobody is there to be told. */
export async function clearAway(left: readonly Leftover[]): Promise<void> {
  for (const one of left)
    if (one.kind === 'process') attempt(() => process.kill(one.group ? -one.pid : one.pid, 'SIGKILL'));
  for (const one of left) if (one.kind === 'path') attempt(() => remove(one));
  const indices = left.filter((one) => one.kind === 'indices');
  if (indices.length === 0) return;
  const { deleteLeftIndices } = require('../elasticsearch/left-indices') as typeof Left;
  const signal = AbortSignal.timeout(DEADLINE_MS);
  await Promise.allSettled(indices.map((one) => deleteLeftIndices(one, signal)));
}

function remove({ path, holding }: Extract<Leftover, { kind: 'path' }>): void {
  if (holding !== undefined && readFileSync(path, 'utf8') !== holding) return;
  rmSync(path, { recursive: true, force: true });
}

function attempt(what: () => void): void {
  try {
    what();
  } catch {
    // It is gone already, or is not ours to remove.
  }
}

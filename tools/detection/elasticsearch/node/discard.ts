import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';
import { NODE_DRAFT, type Folders, type RunAs } from './folders';

const REMOVE_LIMIT_MS = 60_000;

/**
 * Removes the folder of a node that has ended, and what earlier attempts at it left. First it gets another name, so that nothing
 * which goes on in it hinders the next node. Throws the system's error where that can't be.
 */
export async function discardNode(folders: Folders, as: RunAs | undefined): Promise<void> {
  if (lstatSync(folders.node, { throwIfNoEntry: false }) !== undefined) {
    renameSync(folders.node, join(folders.root, `${NODE_DRAFT}${randomUUID()}`));
  }
  for (const name of readdirSync(folders.root)) {
    if (name.startsWith(NODE_DRAFT)) await remove(join(folders.root, name), as);
  }
}

/**
 * Whoever removes a tree in which another user works can be led elsewhere by a link that takes a folder's place between the look and
 * the step. So what belongs to the node's user is removed with that user's rights; what may be left of it is tried again next time.
 */
async function remove(path: string, as: RunAs | undefined): Promise<void> {
  const stat = lstatSync(path);
  const isPrivate = stat.uid !== as?.uid && (stat.mode & 0o077) === 0;
  if (as === undefined || isPrivate || !stat.isDirectory()) return rmSync(path, { recursive: true, force: true });
  const inside = readdirSync(path).map((name) => join(path, name));
  if (inside.length > 0) {
    await runCommand('rm', ['-rf', '--', ...inside], { timeoutMs: REMOVE_LIMIT_MS, as });
    for (const each of inside) attempt(() => (lstatSync(each).isDirectory() ? rmdirSync(each) : unlinkSync(each)));
  }
  attempt(() => rmdirSync(path));
}

/** Neither `rmdir` nor `unlink` follows a link. */
function attempt(what: () => void): void {
  try {
    what();
  } catch {
    // It is gone, or holds something still.
  }
}

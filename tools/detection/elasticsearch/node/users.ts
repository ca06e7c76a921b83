import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { leaving } from '../../../foundation/leftovers/registry';
import type { Folders } from './folders';
import { isAlive, isIdentity, ourselves, type ProcessIdentity } from '../../../foundation/leftovers/process-identity';
import { readRecord, removeRecord, writeRecord } from './record';

/**
 * The commands that use the running node: a file each, named by the process's number, which goes when the process ends. What a
 * killed one leaves does not count. To be read and written with the lock of the folders.
 */
function usersFolder(folders: Folders): string {
  return join(folders.state, 'users');
}

/** The files of this process, with what says that one is gone. */
const registered = new Map<string, () => void>();

/** Says that this process uses the node, until it ends. What killed ones have left goes. */
export function registerUser(folders: Folders): void {
  const folder = usersFolder(folders);
  const file = join(folder, String(process.pid));
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) removeRecord(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (registered.size === 0) process.once('exit', forgetOurselves);
  if (!registered.has(file)) registered.set(file, leaving({ kind: 'path', path: file }, { inJournal: false }));
  writeRecord(file, ourselves());
  otherUsers(folders);
}

function forgetOurselves(): void {
  for (const [file, gone] of registered) {
    removeRecord(file);
    gone();
  }
}

/** The living processes that use the node, without this one. */
export function otherUsers(folders: Folders): ProcessIdentity[] {
  const others: ProcessIdentity[] = [];
  for (const name of namesIn(usersFolder(folders))) {
    const file = join(usersFolder(folders), name);
    const user = readRecord(file, isIdentity);
    if (user.found !== 'whole' || !isAlive(user.value)) removeRecord(file);
    else if (user.value.pid !== process.pid) others.push(user.value);
  }
  return others;
}

/** Of a node that is gone. */
export function forgetUsers(folders: Folders): void {
  removeRecord(usersFolder(folders));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nobody has registered yet, or what is there is no folder of ours.
    return [];
  }
}

import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Nothing that we write down of a node is longer. */
const MAX_BYTES = 64 * 1024;

/** What is in a file of state: a value of its form, nothing, or something that we can't have written. */
export type ReadRecord<T> = { found: 'whole'; value: T } | { found: 'absent' } | { found: 'damaged' };

/** Reads a value that `writeRecord` wrote, if it has the form that `is` asks for. Throws the system's error where the folder is closed. */
export function readRecord<T>(path: string, is: (value: unknown) => value is T): ReadRecord<T> {
  const text = readPlainFile(path);
  if (text === undefined) return { found: 'absent' };
  try {
    const value: unknown = JSON.parse(text ?? '');
    return is(value) ? { found: 'whole', value } : { found: 'damaged' };
  } catch {
    return { found: 'damaged' };
  }
}

/**
 * The text of a short regular file; null for anything else in its place, which is neither followed nor waited for (a link, a
 * folder, a pipe, a file of any length), undefined where there is nothing. Throws the system's error where the folder is closed.
 */
export function readPlainFile(path: string): string | null | undefined {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    // A link, and a socket.
    if (code === 'ELOOP' || code === 'EMLINK' || code === 'ENXIO') return null;
    throw error;
  }
  try {
    const stat = fstatSync(handle);
    return stat.isFile() && stat.size <= MAX_BYTES ? readFileSync(handle, 'utf8') : null;
  } finally {
    closeSync(handle);
  }
}

/** Writes a value whole, for the user's eyes alone, in place of whatever is there. Throws the system's error where it can't. */
export function writeRecord(path: string, value: unknown): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, JSON.stringify(value, null, 2), { mode: 0o600, flag: 'wx' });
    try {
      renameSync(draft, path);
    } catch {
      // A folder is there.
      removeRecord(path);
      renameSync(draft, path);
    }
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Removes what is there, be it a folder; a link is not followed. */
export function removeRecord(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

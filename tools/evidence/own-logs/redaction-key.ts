import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../../foundation/content/failure';
import { systemReason } from '../../foundation/content/write';

const BYTES = 32;
const HINT =
  'name a file of at least 32 bytes that only you can read (chmod 600), or one that is not there, which is then made';

/** A key of this run alone, after which nobody can tell whose hash one is. */
export function newKey(): Buffer {
  return randomBytes(BYTES);
}

/**
 * The key in a file, which only its owner may read, so that hashes can be compared over runs; where it is not there it is made. Throws a
 * `Failure` (2) for a file that others can read or that is too short, and (3) where it can't be read or made.
 */
export function keyIn(path: string): Buffer {
  try {
    return existing(path) ?? made(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(3, `cannot use the key file ${path}: ${systemReason(error)}`, HINT);
  }
}

function existing(path: string): Buffer | null {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    // What is open, not what has the name: that may change in between.
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new Failure(2, `the key file ${path} is not a file`, HINT);
    if ((stat.mode & 0o077) !== 0) throw new Failure(2, `others can read the key file ${path}`, HINT);
    if (stat.size < BYTES || stat.size > 4096) throw new Failure(2, `the key file ${path} does not hold a key`, HINT);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function made(path: string): Buffer {
  const key = newKey();
  writeFileSync(path, key, { mode: 0o600, flag: 'wx' });
  return key;
}

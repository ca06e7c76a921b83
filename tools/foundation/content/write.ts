import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure';
import { leaving } from '../leftovers/registry';

/**
 * Replaces a file as a whole, and makes the folders above it: who reads it sees the old or the new text, whenever the command is cut
 * off. What is no file, such as a device or a pipe, is written as it stands. Throws a `Failure` (3) where it can't be written.
 */
export function writeWhole(file: string, text: string): void {
  try {
    const present = statSync(file, { throwIfNoEntry: false });
    if (present !== undefined && !present.isFile()) writeFileSync(file, text);
    else if (present !== undefined) replace(realpathSync(file), text, present.mode);
    else {
      mkdirSync(dirname(file), { recursive: true });
      replace(file, text);
    }
  } catch (error) {
    throw new Failure(
      3,
      `cannot write ${file}: ${systemReason(error)}`,
      'check the folder, its permissions and its free space',
    );
  }
}

function replace(file: string, text: string, mode?: number): void {
  const part = `${file}.${randomBytes(4).toString('hex')}.part`;
  const gone = leaving({ kind: 'path', path: part });
  try {
    writeFileSync(part, text, { mode });
    const handle = openSync(part, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    gone();
  }
}

/** What the system says of a call that failed, in words alone: Node puts its code before them and the call behind. */
export function systemReason(error: unknown): string {
  const { message } = error as Error;
  return /^[A-Z][A-Z0-9]+: (.*?)(?:, [a-z]+(?: '.*)?)?$/s.exec(message)?.[1] ?? message;
}

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { Failure } from '../../foundation/content/failure';
import { writeWhole } from '../../foundation/content/write';

/** One file as it is to be. */
export interface NewFile {
  file: string;
  text: string;
  /** What stands there now; null where nothing may. */
  was: string | null;
}

/**
 * Writes all files or none: nothing is written where a file is there already, or is another by now than it was, and what was written
 * is taken back where a later one can't be. Throws a `Failure`: (2) for a file in the way, (3) where the system refuses.
 */
export function writeAll(files: readonly NewFile[]): void {
  for (const { file, was } of files) {
    if (was === null && existsSync(file))
      throw new Failure(2, `${file} is there already`, 'choose another name; nothing was written');
    if (was !== null && readFileSync(file, 'utf8') !== was)
      throw new Failure(2, `${file} has changed meanwhile`, 'do it again; nothing was written');
  }
  const written: NewFile[] = [];
  try {
    for (const one of files) {
      writeWhole(one.file, one.text);
      written.push(one);
    }
  } catch (error) {
    for (const { file, was } of written)
      if (was === null) rmSync(file, { force: true });
      else writeWhole(file, was);
    throw error;
  }
}

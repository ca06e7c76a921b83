import { compilePart, type CompiledFiles } from './part';
import type { Placeholders } from '@tollgate/sigma/rules/transform';

/** Small enough that no thread waits long for the other at the end. */
const FILES_A_PART = 100;

/** What the threads of one run share. */
export interface Work {
  files: string[];
  placeholders: Placeholders;
  /** One number: of the part that is to be taken next. */
  next: Int32Array<SharedArrayBuffer>;
}

/** Work that no thread has begun. */
export function workOf(files: string[], placeholders: Placeholders): Work {
  return { files, placeholders, next: new Int32Array(new SharedArrayBuffer(4)) };
}

/** Compiles parts of the files, each by itself, until another thread or this one has taken the last; by their number. */
export function takeParts({ files, placeholders, next }: Work): Map<number, CompiledFiles> {
  const parts = new Map<number, CompiledFiles>();
  for (;;) {
    const number = Atomics.add(next, 0, 1);
    const start = number * FILES_A_PART;
    if (start >= files.length) return parts;
    parts.set(number, compilePart(files.slice(start, start + FILES_A_PART), placeholders));
  }
}

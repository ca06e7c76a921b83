import { createReadStream, statSync, type Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import { Failure } from '../content/failure';
import { PACKING_LENGTH, unpacked } from './unpack';

/** What is read at a time, in bytes. */
const CHUNK = 1 << 20;

/**
 * The bytes of a file, or of standard input where the path is `-`. What begins like gzip or zstd is unpacked, whatever its name. Of a file
 * that grows meanwhile what was there at the beginning is read, and `grown` is called at the end.
 * Throws a `Failure`: (2) where there is no such file, (3) where it can't be read or unpacked to its end.
 */
export async function* readBytes(path: string, grown: () => void = () => undefined): AsyncGenerator<Buffer> {
  const name = path === '-' ? 'standard input' : path;
  const size = path === '-' ? NaN : sizeOf(path);
  const stream: Readable = path === '-' ? process.stdin : createReadStream(path, readingTo(size));
  try {
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await beginning(chunks);
    if (first === null) return;
    yield* unpacked(first, continued(first, chunks));
    if (size > 0 && statSync(path).size > size) grown();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(3, `cannot read ${name}: ${(error as Error).message}`, 'check that it is whole and readable');
  } finally {
    stream.destroy();
  }
}

/** Of what says no size, such as a pipe, all is read. */
function readingTo(size: number): { highWaterMark: number; end?: number } {
  return size > 0 ? { highWaterMark: CHUNK, end: size - 1 } : { highWaterMark: CHUNK };
}

function sizeOf(path: string): number {
  let found: Stats | undefined;
  try {
    found = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A folder on the way that is a file, a name that is too long, or no right to look.
    throw new Failure(2, `cannot read ${path}: ${(error as Error).message}`);
  }
  if (found === undefined) throw new Failure(2, `there is nothing at ${path}`, 'check the path');
  if (found.isDirectory()) throw new Failure(2, `${path} is a folder`, 'name the files in it');
  return found.isFile() ? found.size : 0;
}

/** The beginning of a stream, long enough to show whether it is packed; `null` of an empty one. */
async function beginning(chunks: AsyncIterator<Buffer>): Promise<Buffer | null> {
  let first: Buffer | null = null;
  for (;;) {
    const next = await chunks.next();
    if (next.done) return first;
    first = first === null ? next.value : Buffer.concat([first, next.value]);
    if (first.length >= PACKING_LENGTH) return first;
  }
}

async function* continued(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

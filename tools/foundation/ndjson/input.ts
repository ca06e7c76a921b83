import { createReadStream, statSync, type Stats } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import { Failure } from '../content/failure';

/** What is read at a time, in bytes. */
const CHUNK = 1 << 20;

/**
 * The bytes of a file, or of standard input where the path is `-`. What begins like gzip is unpacked, whatever its name.
 * Throws a `Failure`: (2) where there is no such file, (3) where it can't be read or unpacked to its end.
 */
export async function* readBytes(path: string): AsyncGenerator<Buffer> {
  const name = path === '-' ? 'standard input' : path;
  if (path !== '-') expectFile(path);
  const stream: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
  try {
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await atLeastTwo(chunks);
    if (first === null) return;
    const whole = continued(first, chunks);
    yield* first[0] === 0x1f && first[1] === 0x8b ? gunzip(whole) : whole;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(3, `cannot read ${name}: ${(error as Error).message}`, 'check that it is whole and readable');
  } finally {
    stream.destroy();
  }
}

function expectFile(path: string): void {
  let found: Stats | undefined;
  try {
    found = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A folder on the way that is a file, a name that is too long, or no right to look.
    throw new Failure(2, `cannot read ${path}: ${(error as Error).message}`);
  }
  if (found === undefined) throw new Failure(2, `there is no file ${path}`);
  if (found.isDirectory()) throw new Failure(2, `${path} is a folder`, 'name the files in it');
}

/** The beginning of a stream, long enough to show whether it is packed; `null` of an empty one. */
async function atLeastTwo(chunks: AsyncIterator<Buffer>): Promise<Buffer | null> {
  let first: Buffer | null = null;
  for (;;) {
    const next = await chunks.next();
    if (next.done) return first;
    first = first === null ? next.value : Buffer.concat([first, next.value]);
    if (first.length >= 2) return first;
  }
}

async function* continued(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

async function* gunzip(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const unpacked = createGunzip({ chunkSize: CHUNK });
  // An error of either side reaches the reader below as the error of `unpacked`.
  pipeline(chunks, unpacked, () => undefined);
  for await (const chunk of unpacked) yield chunk as Buffer;
}

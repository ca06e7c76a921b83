import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

/** What is unpacked at a time, in bytes. */
const CHUNK = 1 << 20;

/** So little of zstd is unpacked at a time, since a few bytes of it may stand for many thousands. */
const PACKED = 1 << 16;

/** How what is packed begins, and what unpacks it. */
const PACKINGS: { begins: number[]; unpack: (chunks: AsyncGenerator<Buffer>) => AsyncGenerator<Buffer> }[] = [
  { begins: [0x1f, 0x8b], unpack: gunzip },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], unpack: unzstd },
];

/** More bytes are not needed to see whether something is packed. */
export const PACKING_LENGTH = 4;

/** Bytes that begin with `first`, unpacked where they are packed with gzip or zstd. What is packed and not whole is an error at its end. */
export function unpacked(first: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const packing = PACKINGS.find(({ begins }) => begins.every((byte, i) => first[i] === byte));
  return packing === undefined ? chunks : packing.unpack(chunks);
}

async function* gunzip(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: CHUNK });
  // An error of either side reaches the reader below as the error of the stream.
  pipeline(chunks, stream, () => undefined);
  for await (const chunk of stream) yield chunk as Buffer;
}

async function* unzstd(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let made: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((chunk) => {
    made.push(chunk);
    length += chunk.length;
  });
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += PACKED) {
      stream.push(chunk.subarray(at, at + PACKED));
      if (length < CHUNK) continue;
      yield Buffer.concat(made, length);
      [made, length] = [[], 0];
    }
  stream.push(new Uint8Array(0), true);
  yield Buffer.concat(made, length);
}

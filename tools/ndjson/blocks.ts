/** Whole lines, each with its line feed. */
export interface Block {
  /** Has its memory for itself, so that it can be handed to another thread. */
  bytes: Buffer;
  /** Whether the first line was longer than it may be, and stands here as an empty one. */
  overlong: boolean;
}

/** The longest line, in bytes. CloudTrail's records have at most 256 KB. */
export const MAX_LINE = 4 << 20;

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Cuts a stream of bytes into blocks of whole lines, a block for each chunk in which a line ends. The last line may lack its line feed. */
export async function* blocksOf(chunks: AsyncIterable<Buffer>, maxLine = MAX_LINE): AsyncGenerator<Block> {
  /** The beginning of a line that has not ended yet. */
  let begun: Buffer[] = [];
  let length = 0;
  let overlong = false;
  let isFirst = true;
  const block = (end: Buffer): Block => {
    const bytes = joined([...begun, end], length + end.length);
    const start = isFirst && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    const made = { bytes: bytes.subarray(start), overlong };
    begun = [];
    length = 0;
    overlong = false;
    isFirst = false;
    return made;
  };
  for await (const chunk of chunks) {
    const from = overlong ? chunk.indexOf(LINE_FEED) : 0;
    if (from < 0) continue;
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end > from) yield block(chunk.subarray(from, end));
    const rest = chunk.subarray(Math.max(end, from));
    if (rest.length === 0) continue;
    begun.push(rest);
    length += rest.length;
    if (length > maxLine) {
      overlong = true;
      begun = [];
      length = 0;
    }
  }
  if (length > 0 || overlong) yield block(Buffer.from('\n'));
}

function joined(parts: readonly Buffer[], length: number): Buffer {
  const bytes = Buffer.from(new ArrayBuffer(length));
  let at = 0;
  for (const part of parts) at += part.copy(bytes, at);
  return bytes;
}

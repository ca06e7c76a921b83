const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** How CloudTrail's files begin: one object, whose list of records is the rest of the file. */
const ENVELOPE = /^\s*\{\s*"Records"\s*:\s*\[/;

/** What is looked at to see whether a stream begins like that. */
const BEGINNING = 256;

/**
 * Turns the envelope `{"Records": […]}` of a CloudTrail file, or several of them after one another, into lines of one record
 * each; any other stream is passed on as it is. Chunks may be written into.
 */
export async function* linesOfRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer | null = Buffer.alloc(0);
  let unwrapper: Unwrapper | null = null;
  for await (const chunk of chunks) {
    if (held === null) {
      yield unwrapper === null ? chunk : unwrapper.take(chunk);
      continue;
    }
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (held.length < BEGINNING) continue;
    unwrapper = unwrapperOf(held);
    yield unwrapper === null ? held : unwrapper.take(held);
    held = null;
  }
  if (held !== null && held.length > 0) yield unwrapperOf(held)?.take(held) ?? held;
}

function unwrapperOf(beginning: Buffer): Unwrapper | null {
  return ENVELOPE.test(beginning.toString('latin1', 0, BEGINNING)) ? new Unwrapper() : null;
}

const HEADER = Buffer.from('{"Records":[');
const FOOTER = Buffer.from('}');

/** Follows envelopes, each of them a header, records and a footer. What stands where a header should is passed on as it is. */
class Unwrapper {
  /** What is expected now, and how much of it has been seen; `null` inside the list, and `'plain'` after what was not expected. */
  private expected: Buffer | null | 'plain' = HEADER;
  private seen = 0;
  /** How deep inside a record, and whether anything of it has been seen. */
  private depth = 0;
  private begun = false;
  private inString = false;
  private escaped = false;

  /** Puts a line feed after each record, and spaces in the place of everything that is in none. */
  take(chunk: Buffer): Buffer {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.expected === null) {
        if (this.inString) this.character(byte);
        else chunk[i] = this.inList(byte);
      } else if (this.expected === 'plain') {
        return chunk;
      } else if (byte > SPACE) {
        if (this.expect(byte, this.expected)) chunk[i] = SPACE;
      } else {
        chunk[i] = SPACE;
      }
    }
    return chunk;
  }

  /** Takes the next character of a header or footer; false for one that it is not. */
  private expect(byte: number, expected: Buffer): boolean {
    if (byte !== expected[this.seen++]) {
      this.expected = 'plain';
      return false;
    }
    if (this.seen === expected.length) {
      this.expected = expected === HEADER ? null : HEADER;
      this.seen = 0;
    }
    return true;
  }

  private character(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inString = false;
  }

  /** What is to stand in the place of a byte of the list that is in no string. */
  private inList(byte: number): number {
    if (byte <= SPACE) return SPACE;
    if (this.depth === 0 && (byte === COMMA || byte === 0x5d)) {
      if (byte === 0x5d) this.expected = FOOTER;
      const end = this.begun ? LINE_FEED : SPACE;
      this.begun = false;
      return end;
    }
    this.begun = true;
    if (byte === QUOTE) this.inString = true;
    else if (byte === 0x7b || byte === 0x5b) this.depth++;
    else if (byte === 0x7d || byte === 0x5d) this.depth--;
    return byte;
  }
}

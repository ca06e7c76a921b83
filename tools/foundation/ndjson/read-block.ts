import { isUtf8 } from 'node:buffer';
import type { Event } from '@tollgate/sigma/values/event';
import { cutOff, envelopeIn, mayBeEnvelope } from './envelope';
import { SPACE } from './json-walk';
import type { EventReader } from './scanner';

const LINE_FEED = 0x0a;

/** What is made of the lines of a block. */
export interface LineSink {
  /** An event, with its number and its line in the block, and where its bytes are. */
  take(event: Event, number: number, line: number, start: number, end: number): void;
  /** A line, or a record of one, that holds no event but is not empty; `reason` says in a few words why. Lines of the block are numbered from 0. */
  bad(line: number, message: string, reason?: string): void;
}

/**
 * Gives each event of a block's lines, as `read` reads it, to a sink, and tells it of each line that holds none, but is not empty. A line is an event,
 * or an envelope with several. `read` must read the `ENVELOPE_KEYS` too. Returns how many numbers were given: one a line, and one a record of an envelope.
 */
export function readBlock(bytes: Buffer, read: EventReader, sink: LineSink): number {
  return new BlockReader(bytes, read, sink).all();
}

class BlockReader {
  private number = 0;
  /** Few blocks are not, so that it is asked of the block first. */
  private readonly isUtf8: boolean;

  constructor(
    private readonly bytes: Buffer,
    private readonly read: EventReader,
    private readonly sink: LineSink,
  ) {
    this.isUtf8 = isUtf8(bytes);
  }

  all(): number {
    const { bytes } = this;
    let line = 0;
    for (let from = 0; from < bytes.length; line++) {
      const end = bytes.indexOf(LINE_FEED, from);
      if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
      this.line(line, from, end);
      from = end + 1;
    }
    return this.number;
  }

  /** Reads a line as an event, and what is none, or may be more, as envelopes. */
  private line(line: number, start: number, end: number): void {
    const read = this.event(start, end);
    const isUnusual = typeof read === 'string' || (read !== null && mayBeEnvelope(read));
    const rest = isUnusual ? this.envelopes(line, start, end) : start;
    if (rest === start) this.tell(line, read, start, end);
    else if (rest < end) this.tell(line, this.event(rest, end), rest, end);
  }

  /** Reads the records of the envelopes with which a line begins. Returns where something else follows. */
  private envelopes(line: number, start: number, end: number): number {
    const { bytes } = this;
    for (let at = start; ;) {
      const found = envelopeIn(bytes, at, end);
      if (found === null) return at;
      for (let i = 0; i < found.records.length; i += 2) {
        const [from, to] = [found.records[i]!, found.records[i + 1]!];
        this.tell(line, this.event(from, to), from, to);
      }
      if (!found.isWhole) this.sink.bad(line, cutOff(0));
      at = found.end;
      while (at < end && SPACE[bytes[at]!] === 1) at++;
      if (at === end) return end;
    }
  }

  /** What stands in `[start, end)`: an event, `null` of nothing, or what is wrong. */
  private event(start: number, end: number): Event | string | null {
    if (!this.isUtf8 && !isUtf8(this.bytes.subarray(start, end))) return 'this is not UTF-8';
    try {
      return this.read(this.bytes, start, end);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return error.message;
    }
  }

  private tell(line: number, read: Event | string | null, start: number, end: number): void {
    if (typeof read === 'string') this.sink.bad(line, read);
    else if (read !== null) this.sink.take(read, this.number, line, start, end);
    this.number++;
  }
}

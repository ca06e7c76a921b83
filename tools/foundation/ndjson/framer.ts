import { BlockBuilder, joined, type Block } from './blocks';
import { BESIDE, cutOff, Envelope, ENVELOPE_KEYS, LIST_KEYS } from './envelope';
import { MARK, MAX_LINE, MOST_SPACE, TOO_LONG, wrongEncoding, type Framing } from './framing';
import { CLOSE, JsonWalk, LINE_FEED, OPEN, OPEN_LIST, SPACE } from './json-walk';

/**
 * Cuts a stream of bytes into blocks of lines, a block for each chunk in which a line ends, and makes lines of the records of
 * envelopes that are no line themselves. What is cut does not depend on the chunks.
 */
export async function* blocksOf(chunks: AsyncIterable<Buffer>, framing: Framing = {}): AsyncGenerator<Block> {
  const framer = new Framer(framing);
  for await (const chunk of chunks) {
    const block = framer.take(chunk);
    if (block !== null) yield block;
    if (framer.isOver) return;
  }
  const last = framer.end();
  if (last !== null) yield last;
}

/**
 * `begin`: at the beginning of the file. `lines`: at the beginning of a line. `object`: in an object that is longer than its line or
 * than a line may be, and may turn out to be an envelope. `envelope`: in one. `behind`: on the rest of the line on which one ended.
 * `skip`: in a line that is too long.
 */
type Mode = 'begin' | 'lines' | 'object' | 'envelope' | 'behind' | 'skip';

class Framer {
  /** Whether nothing more can be read of the file. */
  isOver = false;
  private mode: Mode = 'begin';
  /** What has been read and not been cut yet. */
  private parts: Buffer[] = [];
  private length = 0;
  private bytes: Buffer = Buffer.alloc(0);
  private out = new BlockBuilder(this.bytes);
  private isLast = false;
  /** What has been cut of the bytes, and on which line of the file that is. */
  private at = 0;
  private line = 1;
  /** A line feed that is not counted yet is there or later. */
  private feed = -1;
  private envelope = new Envelope(0);
  /** What each of its records is given. */
  private members = '';
  /** The line on which the envelope begins, and whether the record that it is in is too long. */
  private first = 1;
  private isLong = false;

  private readonly maxLine: number;

  constructor(private readonly framing: Framing) {
    this.maxLine = framing.maxLine ?? MAX_LINE;
  }

  take(chunk: Buffer): Block | null {
    this.parts.push(chunk);
    this.length += chunk.length;
    if (this.mode === 'lines' && this.length <= this.maxLine && !chunk.includes(LINE_FEED)) return null;
    return this.cut();
  }

  end(): Block | null {
    this.isLast = true;
    return this.cut();
  }

  private cut(): Block | null {
    this.bytes = joined(this.parts);
    this.out = new BlockBuilder(this.bytes);
    this.at = 0;
    this.feed = -1;
    while (this.step());
    const rest = Buffer.from(this.bytes.subarray(this.at));
    this.envelope.forget(this.at);
    this.parts = [rest];
    this.length = rest.length;
    return this.out.isEmpty ? null : this.out.build();
  }

  /** Goes on as far as one mode goes; false where more bytes are needed. */
  private step(): boolean {
    switch (this.mode) {
      case 'begin':
        return this.begin();
      case 'lines':
        return this.lines();
      case 'object':
        return this.object();
      case 'envelope':
        return this.inEnvelope();
      case 'behind':
        return this.behind();
      case 'skip':
        return this.skip();
    }
  }

  /** Space before an envelope with which a file begins is no line. */
  private begin(): boolean {
    if (this.bytes.length < 2 && !this.isLast) return false;
    const message = wrongEncoding(this.bytes);
    if (message !== null) {
      this.out.addFaulty({ line: 1, message });
      this.isOver = true;
      this.at = this.bytes.length;
      return false;
    }
    const first = this.afterSpace(0);
    if (first > 0 && first < MOST_SPACE && !this.isLast) {
      const envelope = this.envelopeAt(first);
      const told = this.lookFor(envelope, first);
      if (told === 'more' && this.bytes.length - first <= this.maxLine) return false;
      if (told === 'list') this.passTo(first);
    }
    this.mode = 'lines';
    return true;
  }

  /** Cuts lines as long as each is followed by what may follow a line. */
  private lines(): boolean {
    const { bytes, isLast } = this;
    const [from, line] = [this.at, this.line];
    let told: 'cut' | 'wait' | 'look' = 'cut';
    for (;;) {
      if (!this.framing.looksInto) this.usualLines();
      if (this.at === bytes.length) break;
      const feed = this.nextFeed();
      const end = Math.min(feed, bytes.length);
      if (end - this.at > this.maxLine) told = 'look';
      else told = end < feed && !isLast ? 'wait' : this.isLine(end);
      if (told !== 'cut') break;
      this.at = Math.min(feed + 1, bytes.length);
      this.line++;
    }
    this.out.add(from, this.at, line, this.line - line);
    if (told !== 'look') return false;
    this.mode = 'object';
    this.first = this.line;
    this.envelope = this.envelopeAt(this.afterSpace(this.at));
    return true;
  }

  private envelopeAt(at: number): Envelope {
    return new Envelope(at, this.framing.looksInto ? LIST_KEYS : ENVELOPE_KEYS, this.framing.keepsBeside);
  }

  /** Passes lines that end as objects do, before others that begin as objects do: nothing in an object looks like this. */
  private usualLines(): void {
    const { bytes, maxLine } = this;
    let { at } = this;
    let feed = this.nextFeed();
    while (bytes[feed - 1] === CLOSE && bytes[feed + 1] === OPEN && feed - at <= maxLine) {
      at = feed + 1;
      this.line++;
      feed = bytes.indexOf(LINE_FEED, at);
    }
    this.at = at;
    this.feed = feed < 0 ? Infinity : feed;
  }

  /** Whether the line up to `end` is one of its own, be it malformed, or what follows must be seen or looked at. */
  private isLine(end: number): 'cut' | 'wait' | 'look' {
    const { bytes } = this;
    const first = this.afterSpace(this.at);
    if (first >= end) return 'cut';
    if (this.framing.looksInto && (bytes[first] === OPEN || bytes[first] === OPEN_LIST)) return 'look';
    if (bytes[first] !== OPEN) return 'cut';
    let last = end - 1;
    while (SPACE[bytes[last]!] === 1) last--;
    if (bytes[last] === CLOSE) {
      const next = this.afterSpace(end);
      if (next === bytes.length) return this.isLast || next - end > MOST_SPACE ? 'cut' : 'wait';
      if (bytes[next] === OPEN) return 'cut';
    }
    const walk = new JsonWalk();
    const after = walk.run(bytes, first, end);
    return walk.status === 'done' && this.afterSpace(after) >= end ? 'cut' : 'look';
  }

  /** Looks for the list of an envelope; without one this is a line, whatever is wrong with it, or a record where objects are looked into. */
  private object(): boolean {
    const { bytes, envelope } = this;
    const told = this.lookFor(envelope, this.at);
    if (told === 'list') {
      this.mode = 'envelope';
      this.members = envelope.beside === '' ? '' : `"${BESIDE}":{${envelope.beside.slice(0, -1)}},`;
      return true;
    }
    if (told === 'end' && this.framing.looksInto) {
      const [start, line] = [this.afterSpace(this.at), this.line];
      this.passTo(envelope.at);
      this.out.addRecord(start, envelope.at, line);
      this.mode = 'behind';
      return true;
    }
    if (told === 'more' && !this.isLast && bytes.length - this.at <= this.maxLine) return false;
    const feed = this.nextFeed();
    if (Math.min(feed, bytes.length) - this.at > this.maxLine) {
      this.mode = 'skip';
      return true;
    }
    const next = Math.min(feed + 1, bytes.length);
    this.out.add(this.at, next, this.line, 1);
    this.at = next;
    this.line++;
    this.mode = 'lines';
    return true;
  }

  /** The list must begin as soon as a line would have to end, wherever the bytes at hand end. */
  private lookFor(envelope: Envelope, start: number): ReturnType<Envelope['next']> {
    return envelope.next(this.bytes, Math.min(this.bytes.length, start + this.maxLine));
  }

  private inEnvelope(): boolean {
    const { bytes, envelope, out } = this;
    for (;;) {
      const told = envelope.next(bytes, bytes.length);
      if (told === 'record') {
        this.passTo(envelope.record);
        if (this.isLong || envelope.at - envelope.record > this.maxLine) {
          if (!this.isLong) out.addFaulty({ line: this.line, message: TOO_LONG });
          this.isLong = false;
          this.passTo(envelope.at);
        } else {
          const { line } = this;
          // The lines are counted first, as a record's line feeds are taken out.
          this.passTo(envelope.at);
          out.addRecord(envelope.record, envelope.at, line, this.members);
        }
      } else if (told === 'more' && !this.isLast) {
        this.passTo(envelope.needed);
        if (bytes.length - this.at > this.maxLine) {
          if (!this.isLong) out.addFaulty({ line: this.line, message: TOO_LONG });
          this.isLong = true;
        }
        if (this.isLong) this.passTo(envelope.at);
        return false;
      } else if (told !== 'list') {
        this.passTo(told === 'more' ? bytes.length : envelope.at);
        this.isLong = false;
        if (told !== 'end') out.faults.push({ line: this.line, message: cutOff(this.line - this.first) });
        this.mode = 'behind';
        return true;
      }
    }
  }

  /** What follows on the same line is a line; space is none. */
  private behind(): boolean {
    const { bytes } = this;
    while (this.at < bytes.length && bytes[this.at] !== LINE_FEED && SPACE[bytes[this.at]!] === 1) this.at++;
    if (this.at === bytes.length) return false;
    if (bytes[this.at] === LINE_FEED) this.passTo(this.at + 1);
    this.mode = 'lines';
    return true;
  }

  private skip(): boolean {
    const feed = this.nextFeed();
    this.at = Math.min(feed + 1, this.bytes.length);
    if (feed === Infinity && !this.isLast) return false;
    this.out.addFaulty({ line: this.line, message: TOO_LONG });
    this.line++;
    this.mode = 'lines';
    return true;
  }

  /** The place of the next byte that is neither space nor part of a byte order mark. */
  private afterSpace(at: number): number {
    const { bytes } = this;
    for (;;) {
      while (SPACE[bytes[at]!] === 1) at++;
      // At the end of the bytes it may be the beginning of one.
      const isMark = MARK.every((byte, i) => bytes[at + i] === byte || (at + i >= bytes.length && !this.isLast));
      if (!isMark || at >= bytes.length) return at;
      at = Math.min(at + MARK.length, bytes.length);
    }
  }

  /** Goes on to a place, and counts the lines up to there. */
  private passTo(place: number): void {
    while (this.nextFeed() < place) {
      this.line++;
      this.at = this.feed + 1;
    }
    this.at = place;
  }

  /** The next line feed. It is looked for once, or for each of many records on one line the rest of it would be searched. */
  private nextFeed(): number {
    if (this.feed < this.at) {
      const feed = this.bytes.indexOf(LINE_FEED, this.at);
      this.feed = feed < 0 ? Infinity : feed;
    }
    return this.feed;
  }
}

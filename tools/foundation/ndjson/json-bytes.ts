/** One value may need this much room before it is looked at again whether there is enough. */
const MOST_AT_ONCE = 64;

/** Lists and maps in one another that are written by calls in one another. */
const MAX_DEPTH = 500;

/** What stands between values. */
class Token {
  constructor(readonly text: string) {}
}

/** Characters that JSON writes as they are in one byte of UTF-8: printable ASCII but the quote and the backslash. Of all that there are, so that none is beyond the table. */
const PLAIN = Uint8Array.from({ length: 65_536 }, (_, code) =>
  Number(code >= 32 && code < 128 && code !== 34 && code !== 92),
);

/** Bytes that were made before, four at a time: to copy four takes no longer than to copy one. */
interface Piece {
  words: number[];
  length: number;
  isUnusual: boolean;
}

/** What is written for a key: a comma, the key and a colon. A source has a few dozen keys; where keys are data, no more than these are kept. */
const keys = new Map<string, Piece>();
const MOST_KEYS = 10_000;

/**
 * Writes values as `jsonOf` does, straight into bytes: a text in between costs more than half of the time that it
 * takes to write a record. For plain values only: maps, lists, texts, numbers, booleans and null; no `toJSON` is asked for.
 */
export class JsonBytes {
  /** What was written is its first `length` bytes; it is another one once it had to grow. */
  bytes: Buffer;
  length = 0;
  /** How many texts had more than printable ASCII without quotes and backslashes. */
  unusual = 0;
  private view: DataView;
  /** How many lists and maps are begun. */
  private depth = 0;

  /** `size`: bytes to begin with. */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(Math.max(size, MOST_AT_ONCE));
    this.view = viewOf(this.bytes);
  }

  /** Appends a value's JSON. A value that has none, such as undefined, is `null`. */
  add(value: unknown): void {
    this.room(MOST_AT_ONCE);
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
        if ((value | 0) === value && value >= 0) return this.whole(value);
        return this.ascii(Number.isFinite(value) ? `${value}` : 'null');
      case 'bigint':
        return this.ascii(`${value}`);
      case 'boolean':
        return this.ascii(value ? 'true' : 'false');
      case 'object':
        if (value === null) return this.ascii('null');
        if (this.depth === MAX_DEPTH) return this.deep(value);
        this.depth++;
        if (Array.isArray(value)) this.list(value);
        else this.map(value as Record<string, unknown>);
        this.depth--;
        return;
      default:
        return this.other(value);
    }
  }

  /** Puts one more key into the map that begins at `start` and is the last that was written. */
  extend(start: number, key: string, value: unknown): void {
    const isEmpty = this.length === start + '{}'.length;
    this.length = isEmpty ? start : this.length - 1;
    this.piece(keys.get(key) ?? keptKey(key));
    // In place of the comma, where it is the first key.
    this.bytes[start] = 123;
    this.add(value);
    this.byte(125);
  }

  /** Appends a byte. */
  byte(code: number): void {
    if (this.length === this.bytes.length) this.room(1);
    this.bytes[this.length++] = code;
  }

  /** Appends printable ASCII as it is. */
  ascii(text: string): void {
    this.room(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.length++] = text.charCodeAt(i);
  }

  /** Appends the digits of a whole number that is not negative, for which there is no text then. */
  private whole(value: number): void {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) digits++;
    const { bytes } = this;
    let at = (this.length += digits);
    for (let rest = value; digits > 0; digits--) {
      const tenth = (rest / 10) | 0;
      bytes[--at] = 48 + rest - 10 * tenth;
      rest = tenth;
    }
  }

  private map(map: Record<string, unknown>): void {
    const start = this.length;
    for (const key in map) {
      const value = map[key];
      if (!hasJson(value)) continue;
      this.piece(keys.get(key) ?? keptKey(key));
      if (typeof value === 'string') this.text(value);
      else this.add(value);
    }
    if (this.length === start) this.byte(123);
    // In place of the first comma.
    else this.bytes[start] = 123;
    this.byte(125);
  }

  private list(list: unknown[]): void {
    this.byte(91);
    for (let i = 0; i < list.length; i++) {
      if (i > 0) this.byte(44);
      this.add(list[i]);
    }
    this.byte(93);
  }

  /** The same without recursion, for what is nested deeper than a call may be. */
  private deep(value: object): void {
    this.unusual++;
    const pending: unknown[] = [value];
    while (pending.length > 0) {
      const next = pending.pop();
      if (next instanceof Token) this.token(next.text);
      else if (typeof next !== 'object' || next === null) this.add(next);
      else {
        const isList = Array.isArray(next);
        const entries = Object.entries(next).filter(([, each]) => isList || hasJson(each));
        this.byte(isList ? 91 : 123);
        pending.push(new Token(isList ? ']' : '}'));
        for (let i = entries.length - 1; i >= 0; i--) {
          const [key, each] = entries[i]!;
          pending.push(each, new Token(`${i > 0 ? ',' : ''}${isList ? '' : `${JSON.stringify(key)}:`}`));
        }
      }
    }
  }

  private token(text: string): void {
    this.room(3 * text.length);
    this.length += this.bytes.write(text, this.length);
  }

  private text(text: string): void {
    const { length } = text;
    this.room(length + 2);
    const { bytes, view } = this;
    let at = this.length;
    bytes[at++] = 34;
    let i = 0;
    for (; i + 4 <= length; i += 4, at += 4) {
      const a = text.charCodeAt(i);
      const b = text.charCodeAt(i + 1);
      const c = text.charCodeAt(i + 2);
      const d = text.charCodeAt(i + 3);
      if ((PLAIN[a]! & PLAIN[b]! & PLAIN[c]! & PLAIN[d]!) === 0) return this.unusualText(text);
      view.setInt32(at, a | (b << 8) | (c << 16) | (d << 24), true);
    }
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (PLAIN[code] === 0) return this.unusualText(text);
      bytes[at++] = code;
    }
    bytes[at++] = 34;
    this.length = at;
  }

  private unusualText(text: string): void {
    this.unusual++;
    this.other(text);
  }

  private piece({ words, length, isUnusual }: Piece): void {
    this.room(4 * words.length);
    const { view } = this;
    let at = this.length;
    for (let i = 0; i < words.length; i++) {
      view.setInt32(at, words[i]!, true);
      at += 4;
    }
    this.length += length;
    if (isUnusual) this.unusual++;
  }

  private other(value: unknown): void {
    this.token(JSON.stringify(value) ?? 'null');
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

function hasJson(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function keptKey(key: string): Piece {
  const json = Buffer.from(`,${JSON.stringify(key)}:`);
  const { length } = json;
  const padded = Buffer.concat([json], 4 * Math.ceil(length / 4));
  const words = Array.from({ length: padded.length / 4 }, (_, i) => padded.readInt32LE(4 * i));
  const piece = { words, length, isUnusual: length !== key.length + ',"":'.length };
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(key, piece);
  return piece;
}

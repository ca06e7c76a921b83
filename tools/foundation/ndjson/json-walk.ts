/** What is expected next: a value, an item or the end of an empty list, a key or the end of an empty object, and so on. */
type Expected = 'value' | 'item' | 'first-key' | 'key' | 'colon' | 'next';

export const LINE_FEED = 0x0a;
export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN = 0x7b;
export const CLOSE = 0x7d;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;

/** Bytes at which a string does not simply go on: its end, an escape, and what may not be in it. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 || byte === QUOTE || byte === BACKSLASH),
);

/** Of what numbers, `true`, `false` and `null` consist. */
const WORD = Uint8Array.from({ length: 256 }, (_, byte) => Number(/[0-9A-Za-z+.-]/.test(String.fromCharCode(byte))));

/** Space in JSON, line feeds among it. */
export const SPACE = Uint8Array.from({ length: 256 }, (_, byte) => Number([0x20, 0x09, 0x0a, 0x0d].includes(byte)));

/**
 * Follows one JSON value through a stream of bytes, however the stream is cut and however deep or long the value is: it keeps the
 * brackets that are open and nothing else. The structure is checked, the spelling of numbers and words is not.
 */
export class JsonWalk {
  /** How the last step ended: at the end of its bytes, at the value's end, or at a byte that may not be there. */
  status: 'more' | 'done' | 'wrong' = 'more';
  private expected: Expected = 'value';
  /** Of each open bracket, whether it is an object's. */
  private readonly open: boolean[] = [];
  private inString = false;
  private isEscaped = false;
  private inWord = false;
  private isLenient = false;

  /** A value that is nested deeper is taken for wrong. */
  constructor(private readonly deepest = Infinity) {}

  /** From here on only counts brackets, so that the end of a malformed value is found. False where none is open. */
  forgive(): boolean {
    this.isLenient = this.open.length > 0;
    return this.isLenient;
  }

  /** Goes on in `[at, end)`. Returns where it stopped, which is the place behind the value, or of the byte that is wrong. */
  run(bytes: Uint8Array, at: number, end: number): number {
    this.status = 'more';
    while (at < end) {
      if (this.inString) {
        at = this.string(bytes, at, end);
        if (this.inString) return at < end ? this.stop('wrong', at) : at;
        if (this.isLenient || this.expected === 'colon') continue;
        if (this.ended()) return this.stop('done', at);
        continue;
      }
      if (this.inWord) {
        while (at < end && WORD[bytes[at]!] === 1) at++;
        if (at === end) return at;
        this.inWord = false;
        if (this.ended()) return this.stop('done', at);
      }
      const byte = bytes[at]!;
      if (SPACE[byte] === 1) at++;
      else if (this.isLenient) {
        at++;
        if (byte === QUOTE) this.inString = true;
        else if (byte === OPEN || byte === OPEN_LIST) this.open.push(byte === OPEN);
        else if (byte === CLOSE || byte === CLOSE_LIST) {
          this.open.pop();
          if (this.open.length === 0) return this.stop('done', at);
        }
      } else if (!this.token(byte)) return this.stop('wrong', at);
      else {
        at++;
        if (this.open.length === 0 && this.expected === 'next') return this.stop('done', at);
      }
    }
    return at;
  }

  /** Takes a byte outside of strings and words; false for one that may not be there. */
  private token(byte: number): boolean {
    switch (this.expected) {
      case 'item':
        if (byte === CLOSE_LIST) return this.closed();
        return this.value(byte);
      case 'value':
        return this.value(byte);
      case 'first-key':
      case 'key':
        if (byte === CLOSE && this.expected === 'first-key') return this.closed();
        this.inString = byte === QUOTE;
        this.expected = 'colon';
        return this.inString;
      case 'colon':
        this.expected = 'value';
        return byte === COLON;
      case 'next': {
        const inObject = this.open[this.open.length - 1]!;
        if (byte === (inObject ? CLOSE : CLOSE_LIST)) return this.closed();
        this.expected = inObject ? 'key' : 'value';
        return byte === COMMA;
      }
    }
  }

  private value(byte: number): boolean {
    if (byte === OPEN || byte === OPEN_LIST) {
      if (this.open.length === this.deepest) return false;
      this.open.push(byte === OPEN);
      this.expected = byte === OPEN ? 'first-key' : 'item';
      return true;
    }
    this.expected = 'value';
    this.inString = byte === QUOTE;
    this.inWord = WORD[byte] === 1;
    return this.inString || this.inWord;
  }

  private closed(): true {
    this.open.pop();
    this.expected = 'next';
    return true;
  }

  /** A string or word has ended; whether the whole value has. */
  private ended(): boolean {
    this.expected = 'next';
    return this.open.length === 0;
  }

  private string(bytes: Uint8Array, at: number, end: number): number {
    while (at < end) {
      if (this.isEscaped) {
        if (!this.mayBeInString(bytes[at]!)) return at;
        this.isEscaped = false;
        at++;
      }
      while (at < end && STOPS[bytes[at]!] === 0) at++;
      if (at === end) break;
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.inString = false;
        return at + 1;
      }
      this.isEscaped = byte === BACKSLASH;
      if (!this.isEscaped && !this.mayBeInString(byte)) return at;
      at++;
    }
    return at;
  }

  /** A malformed value is forgiven what it likes, but no string goes on over the end of a line. */
  private mayBeInString(byte: number): boolean {
    return byte >= 0x20 || (this.isLenient && byte !== LINE_FEED);
  }

  private stop(status: 'done' | 'wrong', at: number): number {
    this.status = status;
    return at;
  }
}

/** One value may need this much room before it is looked at again whether there is enough. */
const MOST_AT_ONCE = 64;

/** Characters that JSON writes as they are in one byte of UTF-8: printable ASCII but the quote and the backslash. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => Number(code >= 32 && code !== 34 && code !== 92));

/**
 * Writes values as `JSON.stringify` does, straight into bytes: a text in between costs more than half of the time that it
 * takes to write a record. For plain values only: maps, lists, texts, numbers, booleans and null; no `toJSON` is asked for.
 */
export class JsonBytes {
  /** What was written is its first `length` bytes; it is another one once it had to grow. */
  bytes: Buffer;
  length = 0;
  /** How many texts had more than printable ASCII without quotes and backslashes. */
  unusual = 0;

  /** `size`: bytes to begin with. */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(Math.max(size, MOST_AT_ONCE));
  }

  /** Appends a value's JSON. A value that has none, such as undefined, is `null`. */
  add(value: unknown): void {
    this.room(MOST_AT_ONCE);
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
        return this.ascii(Number.isFinite(value) ? `${value}` : 'null');
      case 'boolean':
        return this.ascii(value ? 'true' : 'false');
      case 'object':
        if (value === null) return this.ascii('null');
        return Array.isArray(value) ? this.list(value) : this.map(value as Record<string, unknown>);
      default:
        return this.other(value);
    }
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

  private map(map: Record<string, unknown>): void {
    this.byte(123);
    let first = true;
    for (const key in map) {
      const value = map[key];
      if (value === undefined || typeof value === 'function' || typeof value === 'symbol') continue;
      if (!first) this.byte(44);
      first = false;
      this.text(key);
      this.byte(58);
      this.add(value);
    }
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

  private text(text: string): void {
    this.room(text.length + 2);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = 34;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      // Beyond the table is undefined, which is not plain either.
      if (!PLAIN[code]) {
        this.unusual++;
        return this.other(text);
      }
      bytes[at++] = code;
    }
    bytes[at++] = 34;
    this.length = at;
  }

  private other(value: unknown): void {
    const text = JSON.stringify(value) ?? 'null';
    this.room(3 * text.length);
    this.length += this.bytes.write(text, this.length);
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** The longest line or record, in bytes. CloudTrail's records have at most 256 KB. */
export const MAX_LINE = 4 << 20;

export const TOO_LONG = `the line is longer than ${MAX_LINE >> 20} MiB`;

/** Space that is held back to see what follows a line; with more behind it, the line stands for itself. */
export const MOST_SPACE = 1 << 16;

/** The byte order mark of UTF-8. */
export const MARK = [0xef, 0xbb, 0xbf];
export interface Framing {
  maxLine?: number;
  /**
   * Whether every object and list is looked into, be it on one line or on many: lists of records are then read under any of the
   * `LIST_KEYS`, or alone, and an object without one is a record itself.
   */
  looksInto?: boolean;
  /** Whether records are given what stands beside their list, under the key `BESIDE`. */
  keepsBeside?: boolean;
}

/** How UTF-16 begins: with a byte order mark, or a brace and a zero. */
const UTF16 = new Set([0xfffe, 0xfeff, 0x7b00, 0x007b]);

/** What is wrong with a file that begins with these bytes; `null` where it may be UTF-8. */
export function wrongEncoding(bytes: Buffer): string | null {
  if (bytes.length < 2 || !UTF16.has(bytes.readUInt16BE(0))) return null;
  return 'the file is in UTF-16, not in UTF-8: convert it, as iconv -f UTF-16 -t UTF-8 does';
}

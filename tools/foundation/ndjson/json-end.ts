/**
 * Where a JSON value ends that begins at a byte: every byte is checked by the grammar of RFC 8259. -1 for what is malformed, or
 * nested deeper than `MAX_DEPTH`. The bytes must go on with a line feed behind the line, at which every scan stops.
 */
export function valueEnd(bytes: Uint8Array, at: number, depth = 0): number {
  switch (bytes[at]) {
    case QUOTE:
      return stringEnd(bytes, at + 1);
    case 0x7b:
      return depth > MAX_DEPTH ? -1 : objectEnd(bytes, at + 1, depth + 1);
    case 0x5b:
      return depth > MAX_DEPTH ? -1 : arrayEnd(bytes, at + 1, depth + 1);
    case 0x74:
      return bytes[at + 1] === 0x72 && isWord(bytes, at + 2, 0x75, 0x65) ? at + 4 : -1;
    case 0x66:
      return bytes[at + 1] === 0x61 && bytes[at + 2] === 0x6c && isWord(bytes, at + 3, 0x73, 0x65) ? at + 5 : -1;
    case 0x6e:
      return bytes[at + 1] === 0x75 && isWord(bytes, at + 2, 0x6c, 0x6c) ? at + 4 : -1;
    default:
      return numberEnd(bytes, at);
  }
}

/** A bound on recursion; what is nested deeper is left to `JSON.parse`. */
export const MAX_DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** Bytes at which a string does not simply go on: its end, an escape, and what may not be in it. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 || byte === QUOTE || byte === BACKSLASH),
);

/** Where a string ends whose opening quote lies before `at`; -1 for a malformed one. */
export function stringEnd(bytes: Uint8Array, at: number): number {
  for (;;) {
    while (STOPS[bytes[at]!] === 0) at++;
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return -1;
    at = escapeEnd(bytes, at + 1);
    if (at < 0) return -1;
  }
}

/** The same for a string without escapes; -1 for one with any. */
export function plainEnd(bytes: Uint8Array, at: number): number {
  while (STOPS[bytes[at]!] === 0) at++;
  return bytes[at] === QUOTE ? at + 1 : -1;
}

/** The place of the next byte that is no space. A line feed is none here. */
export function afterSpace(bytes: Uint8Array, at: number): number {
  let byte = bytes[at]!;
  while (byte === 0x20 || byte === 0x09 || byte === 0x0d) byte = bytes[++at]!;
  return at;
}

const ESCAPES = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));

function escapeEnd(bytes: Uint8Array, at: number): number {
  if (ESCAPES.has(bytes[at]!)) return at + 1;
  if (bytes[at] !== 0x75) return -1;
  for (let i = 1; i <= 4; i++) {
    const letter = bytes[at + i]! | 0x20;
    if (!isDigit(bytes[at + i]!) && !(letter >= 0x61 && letter <= 0x66)) return -1;
  }
  return at + 5;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isWord(bytes: Uint8Array, at: number, first: number, second: number): boolean {
  return bytes[at] === first && bytes[at + 1] === second;
}

function digitsEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at]!)) at++;
  return at === start ? -1 : at;
}

function numberEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0x2d) at++;
  at = bytes[at] === 0x30 ? at + 1 : digitsEnd(bytes, at);
  if (at >= 0 && bytes[at] === 0x2e) at = digitsEnd(bytes, at + 1);
  if (at >= 0 && (bytes[at]! | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    at = digitsEnd(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
  }
  return at;
}

function objectEnd(bytes: Uint8Array, at: number, depth: number): number {
  if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
  if (bytes[at] === 0x7d) return at + 1;
  for (;;) {
    if (bytes[at] !== QUOTE) return -1;
    at = stringEnd(bytes, at + 1);
    if (at < 0) return -1;
    if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
    if (bytes[at++] !== 0x3a) return -1;
    if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
    at = bytes[at] === QUOTE ? stringEnd(bytes, at + 1) : valueEnd(bytes, at, depth);
    if (at < 0) return -1;
    if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
    const next = bytes[at++];
    if (next === 0x7d) return at;
    if (next !== COMMA) return -1;
    if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
  }
}

function arrayEnd(bytes: Uint8Array, at: number, depth: number): number {
  if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
  if (bytes[at] === 0x5d) return at + 1;
  for (;;) {
    at = valueEnd(bytes, at, depth);
    if (at < 0) return -1;
    if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
    const next = bytes[at++];
    if (next === 0x5d) return at;
    if (next !== COMMA) return -1;
    if (bytes[at]! <= 0x20) at = afterSpace(bytes, at);
  }
}

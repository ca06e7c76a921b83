/**
 * Randomness as a function: a draw is decided by (seed, entity, purpose, n) and by nothing that was drawn before, so that
 * adding or removing a scenario leaves every other draw as it was. 32-bit integer operations only: the same on any machine.
 */

/** Identifies an entity (a visit, a person, a message): two independent 32-bit halves, so that keys don't collide in practice. */
export interface Key {
  readonly a: number;
  readonly b: number;
}

/** The key from which all keys of a run descend. `name` keeps worlds of one seed apart. */
export function rootKey(seed: number, name: string): Key {
  return child({ a: mix(seed | 0), b: mix((seed ^ 0x5bd1e995) | 0) }, name);
}

/** The key of a part of an entity. */
export function child(key: Key, purpose: string, n = 0): Key {
  const hash = textHash(purpose);
  return { a: firstHalf(key, hash, n), b: secondHalf(key, hash, n) };
}

/** Uniform in [0, 1), with 53 bits: those of `child(key, purpose, n)`, which need not be made for it. */
export function unit(key: Key, purpose: string, n = 0): number {
  const hash = textHash(purpose);
  // 27 bits of one half over 26 of the other, as a fraction of 2^53.
  return ((firstHalf(key, hash, n) >>> 5) * 2 ** 26 + (secondHalf(key, hash, n) >>> 6)) / 2 ** 53;
}

function firstHalf({ a }: Key, hash: number, n: number): number {
  return mix(a ^ Math.imul(hash, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b));
}

function secondHalf({ b }: Key, hash: number, n: number): number {
  return mix(b ^ Math.imul(hash, 0xc2b2ae35) ^ Math.imul(n + 0x7f4a7c15, 0x27d4eb2f));
}

/** Uniform integer in [0, count). */
export function below(key: Key, purpose: string, count: number, n = 0): number {
  return Math.floor(unit(key, purpose, n) * count);
}

/** Uniform in [low, high). */
export function between(key: Key, purpose: string, low: number, high: number, n = 0): number {
  return low + (high - low) * unit(key, purpose, n);
}

export function chance(key: Key, purpose: string, probability: number, n = 0): boolean {
  return unit(key, purpose, n) < probability;
}

/** 32 characters of an alphabet of sixteen, or so many of them: 16 or 32. */
export function letters(key: Key, alphabet: string, length: 16 | 32 = 32): string {
  let forms = plain.get(alphabet);
  if (!forms) plain.set(alphabet, (forms = { 16: lettersAfter('', alphabet, 16), 32: lettersAfter('', alphabet, 32) }));
  return forms[length](key);
}

const plain = new Map<string, Record<16 | 32, (key: Key) => string>>();

/** What makes of a key the same letters as `letters`, behind a text. */
export function lettersAfter(before: string, alphabet: string, length: 16 | 32 = 32): (key: Key) => string {
  const codes = codesOf(before.padEnd(before.length + length));
  const nibbles = Array.from({ length: length / 4 }, (_, n) => before.length + 4 * n);
  const letters = codesOf(alphabet);
  return (key) => {
    fill(codes, nibbles, letters, key);
    return String.fromCharCode.apply(null, codes);
  };
}

const [VERSION, VARIANT] = codesOf('4a') as [number, number];

/** In the form of a version 4 UUID. */
export const uuid = uuidAfter('');

/** What makes of a key the same UUID as `uuid`, behind a text. */
export function uuidAfter(before: string): (key: Key) => string {
  const codes = codesOf(`${before}xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx`);
  const nibbles = [0, 4, 9, 14, 19, 24, 28, 32].map((place) => before.length + place);
  const [version, variant] = [nibbles[3]!, nibbles[4]!];
  const digits = codesOf('0123456789abcdef');
  return (key) => {
    fill(codes, nibbles, digits, key);
    codes[version] = VERSION;
    codes[variant] = VARIANT;
    return String.fromCharCode.apply(null, codes);
  };
}

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Writes letters into the places of a text, four at each of them. Ids are much of what records hold: a text made of the codes of
 * its characters takes half the time of one made of bytes, and is one piece from the start, where one that is joined is copied when it is first read.
 */
function fill(codes: number[], nibbles: number[], letters: number[], { a, b }: Key): void {
  eight(codes, nibbles, 0, letters, a);
  eight(codes, nibbles, 2, letters, b);
  if (nibbles.length === 4) return;
  eight(codes, nibbles, 4, letters, mix(a ^ MORE));
  eight(codes, nibbles, 6, letters, mix(b ^ MORE));
}

/** Makes two further words of the two that a key has. */
const MORE = 0x3c6ef372;

/** The letters of a word of 32 bits, at two of the places: those of its low half, then those of its high one. */
function eight(codes: number[], nibbles: number[], place: number, letters: number[], word: number): void {
  four(codes, nibbles[place]!, letters, word);
  four(codes, nibbles[place + 1]!, letters, word >>> 16);
}

/** The four letters of sixteen bits. */
function four(codes: number[], at: number, letters: number[], bits: number): void {
  codes[at] = letters[bits & 15]!;
  codes[at + 1] = letters[(bits >>> 4) & 15]!;
  codes[at + 2] = letters[(bits >>> 8) & 15]!;
  codes[at + 3] = letters[(bits >>> 12) & 15]!;
}

/** The finalizer of MurmurHash3 (Appleby, public domain), whose every output bit depends on every input bit. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const hashes = new Map<string, number>();

/** FNV-1a over UTF-16 units. Purposes are a few dozen constants, so their hashes are kept. */
function textHash(text: string): number {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h >>>= 0;
  if (hashes.size < 10_000) hashes.set(text, h);
  return h;
}

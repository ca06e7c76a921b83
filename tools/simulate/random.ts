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
  return {
    a: mix(key.a ^ Math.imul(hash, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)),
    b: mix(key.b ^ Math.imul(hash, 0xc2b2ae35) ^ Math.imul(n + 0x7f4a7c15, 0x27d4eb2f)),
  };
}

/** Uniform in [0, 1), with 53 bits: those of `child(key, purpose, n)`, which need not be made for it. */
export function unit(key: Key, purpose: string, n = 0): number {
  const hash = textHash(purpose);
  const a = mix(key.a ^ Math.imul(hash, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b));
  const b = mix(key.b ^ Math.imul(hash, 0xc2b2ae35) ^ Math.imul(n + 0x7f4a7c15, 0x27d4eb2f));
  return ((a >>> 5) * 67108864 + (b >>> 6)) / 9007199254740992;
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
  fill(key, alphabet, length);
  return ID.toString('latin1', 0, length);
}

/** In the form of a version 4 UUID. */
export function uuid(key: Key): string {
  fill(key, '0123456789abcdef', 32);
  for (let i = 0; i < 32; i++) if (i !== 12 && i !== 16) UUID[i + PLACES[i]!] = ID[i]!;
  return UUID.toString('latin1');
}

/** Ids are much of what records hold; one text made of bytes is several times as quick as letters that are joined. */
const ID = Buffer.alloc(32);
const UUID = Buffer.from('xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx');
/** How many hyphens come before each digit. */
const PLACES = Array.from({ length: 32 }, (_, i) => [8, 12, 16, 20].filter((hyphen) => i >= hyphen).length);

function fill(key: Key, alphabet: string, length: number): void {
  eight(key.a, alphabet, 0);
  eight(key.b, alphabet, 8);
  if (length === 16) return;
  eight(mix(key.a ^ 0x3c6ef372), alphabet, 16);
  eight(mix(key.b ^ 0x3c6ef372), alphabet, 24);
}

function eight(word: number, alphabet: string, at: number): void {
  let bits = word;
  for (let i = at; i < at + 8; i++) {
    ID[i] = alphabet.charCodeAt(bits & 15);
    bits >>>= 4;
  }
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

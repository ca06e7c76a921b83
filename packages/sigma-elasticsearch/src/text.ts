/** Whether a text has no half surrogate pairs. (`String.isWellFormed` came with ECMAScript 2024.) */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Whether JSON text, as `JSON.stringify` writes it, has half a surrogate pair (written as \udxxx), which Elasticsearch loses. */
export function hasHalf(json: string): boolean {
  return /\\ud[89a-f][0-9a-f]{2}/.test(json);
}

/**
 * Whether a text has characters whose lower case a Java that is older than this Node may not know: blocks that got letters
 * in Unicode 16 and 17, and all beyond the first plane. Halves of these are among them.
 */
export function hasNewLetters(text: string): boolean {
  return /[\ud800-\udfff\u1c80-\u1c8f\ua7c0-\ua7ff]/.test(text);
}

/**
 * Whether JSON text, as `JSON.stringify` writes it, has a string with which Java and we may differ about its address: with a
 * zone, an IPv4 address at the end of an IPv6 one, or a group of more than four digits.
 */
export function hasOddAddress(json: string): boolean {
  return /"[\da-fA-F]*[:.][\da-fA-F:.]*%|"[\da-fA-F:]*:\d+\.|:0[\da-fA-F]{4,}[:"]|"0[\da-fA-F]{4,}:/.test(json);
}

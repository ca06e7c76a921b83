/** Whether a text has no half surrogate pairs. (`String.isWellFormed` came with ECMAScript 2024.) */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/**
 * Whether JSON text, as `JSON.stringify` writes it, has characters that an index may not hold or fold as we do: half
 * surrogate pairs, written as \udxxx, which Elasticsearch loses; and those whose lower case a Java that is older than
 * this Node may not know: blocks that got letters in Unicode 16 and 17, and all beyond the first plane.
 */
export function isOddText(json: string): boolean {
  return /\\ud|[\ud800-\udfff\u1c80-\u1c8f\ua7c0-\ua7ff]/.test(json);
}

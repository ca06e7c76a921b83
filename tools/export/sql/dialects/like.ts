import type { PatternPart } from '@tollgate/sigma/rules/plan';

/** A pattern for LIKE whose escape character is a circumflex: no literal of a pattern needs it often, and no engine reads it in a constant. */
export function escapedLike(parts: readonly PatternPart[]): string {
  return parts.map(likePart).join('');
}

function likePart(part: PatternPart): string {
  if (typeof part === 'string') return part.replace(/[%_^]/g, (character) => `^${character}`);
  if (part.wild === 'dash') throw new TypeError('dashes are written out before');
  return part.wild === 'any' ? '%' : '_';
}

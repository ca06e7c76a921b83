import { DASHES, type PatternPart } from './plan';

/** A part of a pattern whose modifiers have not all been applied: a placeholder stands until `expand`. */
export type Draft = PatternPart | { placeholder: string };

const ANY: PatternPart = { wild: 'any' };
const ONE: PatternPart = { wild: 'one' };
/** A wildcard, or a backslash that takes a meaning. */
const SPECIAL = /[*?]|\\\\/;

/**
 * A Sigma string as a pattern (rules specification, "String Wildcard" and "Escape Character"): `*` and `?` are wildcards; a
 * backslash takes their meaning from `*`, `?` and a second backslash, and is itself before anything else.
 */
export function parsePattern(text: string): PatternPart[] {
  if (!SPECIAL.test(text)) return text === '' ? [] : [text];
  const parts: PatternPart[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    const next = text[i + 1];
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      parts.push(text.slice(start, i));
      start = ++i;
    } else if (character === '*' || character === '?') {
      parts.push(text.slice(start, i), character === '*' ? ANY : ONE);
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return normalize(parts);
}

/** Joins neighbouring literals, drops empty ones and repeated `*`, so that equal patterns are equal as data. */
export function normalize<Part extends Draft>(parts: readonly Part[]): Part[] {
  const result: Draft[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string') {
      if (part === '') continue;
      if (typeof last === 'string') result[result.length - 1] = last + part;
      else result.push(part);
    } else if (!(isAny(part) && isAny(last))) {
      result.push(part);
    }
  }
  return result as Part[];
}

function isAny(part: Draft | undefined): boolean {
  return typeof part === 'object' && 'wild' in part && part.wild === 'any';
}

export function withWildcards<Part extends Draft>(
  parts: readonly Part[],
  before: boolean,
  after: boolean,
): (Part | PatternPart)[] {
  const all: (Part | PatternPart)[] = before ? [ANY, ...parts] : [...parts];
  if (after) all.push(ANY);
  return normalize(all);
}

/** The text of a pattern without wildcards and placeholders; `null` for one that has any. */
export function literalOf(parts: readonly Draft[]): string | null {
  let text = '';
  for (const part of parts) {
    if (typeof part !== 'string') return null;
    text += part;
  }
  return text;
}

const DASH: PatternPart = { wild: 'dash' };
const ANY_DASH = new RegExp(`[${DASHES}]`);

/** A pattern in which any dash may stand in the place of each. */
export function withAnyDash(parts: readonly Draft[]): Draft[] {
  return normalize(
    parts.flatMap((part): Draft[] =>
      typeof part === 'string'
        ? part.split(ANY_DASH).flatMap((piece, index) => (index === 0 ? [piece] : [DASH, piece]))
        : [part],
    ),
  );
}

/** The patterns with each dash written out for one that takes any. `null` when there would be more than `limit`. */
export function writeDashes<Part extends Draft>(parts: readonly Part[], limit: number): Part[][] | null {
  const dashes = parts.filter(isDash).length;
  if ([...DASHES].length ** dashes > limit) return null;
  let results: Part[][] = [[]];
  for (const part of parts) {
    const choices = isDash(part) ? ([...DASHES] as Part[]) : [part];
    results = results.flatMap((head) => choices.map((choice) => [...head, choice]));
  }
  return results.map((each) => normalize(each));
}

function isDash(part: Draft): boolean {
  return typeof part === 'object' && 'wild' in part && part.wild === 'dash';
}

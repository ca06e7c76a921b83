import { DASHES, type PatternPart, type PlanNumber } from '@tollgate/sigma/rules/plan';
import { isWellFormed } from './text';

/**
 * A query of Elasticsearch's query DSL, of the kinds that the compiler writes. It asks folded fields, so that it needs no
 * `case_insensitive`; that is for indices without any.
 */
export type Query =
  | { match_all: object }
  | { match_none: object }
  | { term: Record<string, string | { value: string | number; case_insensitive?: true }> }
  | { terms: Record<string, string[]> }
  | { prefix: Record<string, { value: string; case_insensitive?: true }> }
  | { wildcard: Record<string, { value: string; case_insensitive?: true }> }
  | {
      regexp: Record<
        string,
        { value: string; flags: string; max_determinized_states?: number; case_insensitive?: true }
      >;
    }
  | { range: Record<string, Record<string, PlanNumber | string>> }
  | { exists: { field: string } }
  | { bool: { filter?: Query[]; should?: Query[]; must_not?: Query[]; minimum_should_match?: number } };

export const ALL: Query = { match_all: {} };
export const NONE: Query = { match_none: {} };

/** Elasticsearch's default for `index.max_regex_length`. */
export const LONGEST_REGEX = 1000;

/**
 * A pattern on one index field, and whether it finds just what is meant: of a long one with dashes it finds more. Half a
 * surrogate pair is in no text that is indexed as it is.
 */
export function patternQuery(index: string, parts: PatternPart[]): { query: Query; exact: boolean } {
  if (parts.some((part) => typeof part === 'string' && !isWellFormed(part))) return { query: NONE, exact: true };
  if (!parts.some((part) => typeof part === 'object' && part.wild === 'dash'))
    return { query: wildcardQuery(index, parts), exact: true };
  const value = parts.map(regexOf).join('');
  if (value.length <= LONGEST_REGEX) return { query: { regexp: { [index]: { value, flags: 'NONE' } } }, exact: true };
  return { query: wildcardQuery(index, parts), exact: false };
}

/** Any character stands for any dash. */
function wildcardQuery(index: string, parts: PatternPart[]): Query {
  if (parts.length === 0) return { term: { [index]: { value: '' } } };
  let value = '';
  for (const part of parts) {
    if (typeof part === 'string') value += escaped(part);
    else value += part.wild === 'any' ? '*' : '?';
  }
  const [first, second] = parts;
  if (typeof first === 'string' && parts.length === 1) return { term: { [index]: { value: first } } };
  if (typeof first === 'object' && first.wild === 'any' && parts.length === 1) return { exists: { field: index } };
  if (typeof first === 'string' && parts.length === 2 && typeof second === 'object' && second.wild === 'any') {
    return { prefix: { [index]: { value: first } } };
  }
  return { wildcard: { [index]: { value } } };
}

/** A part in Lucene's regular expressions, in which a backslash takes the meaning of any sign. */
function regexOf(part: PatternPart): string {
  if (typeof part === 'string') return part.replace(/[!-/:-@[-`{-~]/g, '\\$&');
  switch (part.wild) {
    case 'any':
      return '.*';
    case 'one':
      return '.';
    case 'dash':
      return `[${[...DASHES].map(regexOf).join('')}]`;
    default:
      return part.wild satisfies never;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

/** The queries joined by `and`. */
export function both(queries: Query[]): Query {
  if (queries.includes(NONE)) return NONE;
  const real = queries.filter((query) => query !== ALL);
  if (real.length === 0) return ALL;
  return real.length === 1 ? real[0]! : { bool: { filter: real } };
}

/** The queries joined by `or`. */
export function either(queries: Query[]): Query {
  if (queries.includes(ALL)) return ALL;
  const real = queries.filter((query) => query !== NONE);
  if (real.length === 0) return NONE;
  return real.length === 1 ? real[0]! : { bool: { should: real, minimum_should_match: 1 } };
}

/** Every event that a query does not find. */
export function without(query: Query): Query {
  const bool = 'bool' in query ? query.bool : {};
  const [negated, ...more] = bool.must_not ?? [];
  if (negated !== undefined && more.length === 0 && Object.keys(bool).length === 1) return negated;
  if (query === ALL) return NONE;
  if (query === NONE) return ALL;
  return { bool: { must_not: [query] } };
}

import type { Reason } from '@tollgate/sigma/explain/reason';
import type { ComparisonOperator, PatternPart, Test } from '@tollgate/sigma/rules/plan';
import { jsonOf } from '@tollgate/sigma/values/json';
import { harmless } from '../../foundation/content/harmless';
import { cut } from './width';

/** What a test asks of its field, apart from what it compares with, such as `starts with` and `"+44"`. */
export interface TestWords {
  /** `any value` for a keyword. */
  field: string;
  verb: string;
  /** Empty where there is nothing to compare with. */
  value: string;
  /** Such as that the case of letters counts; empty where there is nothing to add. */
  more: string;
}

const COMPARED: Record<ComparisonOperator, string> = {
  eq: 'is',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
};
const RELATED = { equals: 'is', startswith: 'starts with', endswith: 'ends with', contains: 'contains' };
const CASED = 'the case of letters counts';

/** Puts a test into words. */
export function askedBy(test: Test): TestWords {
  const field = test.field === null ? 'any value' : harmless(test.field);
  const asks = (verb: string, value = '', more = ''): TestWords => ({ field, verb, value, more });
  switch (test.kind) {
    case 'pattern':
      return asks(...patternWords(test.parts), test.cased ? CASED : '');
    case 'regex': {
      const flags = [test.multiline && 'm', test.dotAll && 's'].filter(Boolean).join('');
      return asks('matches', harmless(`/${test.source}/${flags}`), test.ignoreCase ? '' : CASED);
    }
    case 'exists':
      return asks(test.present ? 'is there' : 'is not there');
    case 'null':
      return asks('is null or missing');
    case 'number':
      return asks(COMPARED[test.op], String(test.value));
    case 'boolean':
      return asks('is', String(test.value));
    case 'cidr':
      return asks('is in', test.network);
    case 'time':
      return { ...asks(COMPARED[test.op], String(test.value)), field: `${test.part} of ${field} (UTC)` };
    case 'ref':
      return asks(RELATED[test.match], `the value of ${harmless(test.other)}`, test.cased ? CASED : '');
  }
}

function patternWords(parts: PatternPart[]): [string, string] {
  const isAny = (part: PatternPart | undefined) => typeof part === 'object' && part.wild === 'any';
  const [first, last] = [isAny(parts[0]), isAny(parts.at(-1))];
  if (parts.length === 1 && first) return ['has a value', ''];
  const middle = parts.slice(first ? 1 : 0, last ? -1 : undefined);
  if (!middle.every((part) => typeof part === 'string')) return ['is like', shown(parts.map(written).join(''))];
  const verb = first && last ? 'contains' : first ? 'ends with' : last ? 'starts with' : 'is';
  return [verb, shown(middle.join(''))];
}

/** A dash that stands for any of them is written as one. */
function written(part: PatternPart): string {
  if (typeof part === 'string') return part.replaceAll(/[\\*?]/g, '\\$&');
  return { any: '*', one: '?', dash: '-' }[part.wild];
}

/** Why a test does not hold, in words; empty where the values tell. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'missing': {
      const near = reason.near === null ? '' : `; it has ${harmless(reason.near)}`;
      return `the event has no ${harmless(reason.field)}${near}`;
    }
    case 'null':
      return `${harmless(reason.field)} is null`;
    case 'empty':
      return `${harmless(reason.field)} is an empty list`;
    case 'map':
      return `${harmless(reason.field)} is a map, which has no value of its own`;
    case 'present':
      return `the event has ${harmless(reason.field)}`;
    case 'case':
      return `only the case of letters differs in ${shown(reason.value)}`;
    case 'spaces':
      return `only the spaces around ${shown(reason.value)} differ`;
    case 'place':
      return `${shown(reason.value)} has it, but not only there`;
    case 'no-number':
      return 'no number';
    case 'no-address':
      return 'no IP address';
    case 'no-date':
      return 'no date';
    case 'different':
      return '';
  }
}

/** Columns that a value may take. */
const WIDEST = 60;

/** A value as JSON, on one line of a terminal. */
export function shown(value: unknown): string {
  return cut(harmless(jsonOf(value)), WIDEST);
}

import type { Expr, PatternPart, Test } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../telemetry/contract';
import { printPredicate } from '../plan/predicate';
import { NotExportable } from '../target';
import { TIMES, type Column } from '../sql/columns';
import { real, text, wholePattern } from './kql';
import { columnOf, present, textOf } from './source';

const OPERATORS = { eq: '==', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

const PARTS = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  week: 'week_of_year',
  month: 'month',
  year: 'year',
} as const;

/** A predicate on the columns of a source's function that is true or false and never null, as the executor in memory. */
export function predicate(contract: Contract, expr: Expr): string {
  return printPredicate(expr, {
    and: ' and ',
    or: ' or ',
    always: 'true',
    never: 'false',
    not: (inside) => `not(${inside})`,
    test: (test) => testOf(contract, test),
  });
}

function testOf(contract: Contract, test: Test): string {
  if (test.field === null)
    throw new NotExportable(
      'Keywords are looked for in every text of a record, and a function has no more than its columns.',
    );
  if (test.kind === 'time' && Object.hasOwn(TIMES, test.field))
    return partOf(`unixtime_milliseconds_todatetime(${TIMES[test.field]!})`, test);
  const column = columnOf(contract, test.field);
  switch (test.kind) {
    case 'pattern':
      return pattern(column, test);
    case 'regex':
      return regex(column, test);
    case 'exists':
      return test.present ? present(column) : `not(${present(column)})`;
    case 'null':
      return `not(${present(column)})`;
    case 'number':
      return number(single(column), test);
    case 'boolean':
      if (single(column).type === 'boolean') return certain(`${column.name} == ${test.value}`);
      return column.type === 'text' ? `${column.name} =~ ${text(String(test.value))}` : 'false';
    case 'cidr': {
      const how = test.network.includes(':') ? 'ipv6_is_in_range' : 'ipv4_is_in_range';
      return single(column).type === 'text' ? certain(`${how}(${column.name}, ${text(test.network)})`) : 'false';
    }
    case 'time':
      return single(column).type === 'text' ? partOf(`todatetime(${column.name})`, test) : 'false';
    case 'ref':
      return reference(column, columnOf(contract, test.other), test);
    default:
      return test satisfies never;
  }
}

function pattern(column: Column, { parts, cased }: Extract<Test, { kind: 'pattern' }>): string {
  return column.list ? ofList(column, parts, cased) : ofValue(column, parts, cased);
}

function ofValue(column: Column, parts: PatternPart[], cased: boolean): string {
  const value = textOf(column);
  const [first, second, third] = parts;
  const isAny = (part: PatternPart | undefined) => typeof part === 'object' && part.wild === 'any';
  const suffix = cased ? '_cs' : '';
  // Kusto's operators fold letters of ASCII alone, its expressions all.
  const isFolded = cased || parts.every((part) => typeof part !== 'string' || /^[\0-\x7f]*$/.test(part));
  if (parts.length === 0)
    throw new NotExportable(`It asks whether ${column.field} is empty, and Kusto tells no empty text from none.`);
  if (isFolded && parts.length === 1 && typeof first === 'string')
    return `${value} ${cased ? '==' : '=~'} ${text(first)}`;
  if (parts.length === 1 && isAny(first)) return present(column);
  if (isFolded && parts.length === 2 && typeof first === 'string' && isAny(second))
    return `${value} startswith${suffix} ${text(first)}`;
  if (isFolded && parts.length === 2 && isAny(first) && typeof second === 'string')
    return `${value} endswith${suffix} ${text(second)}`;
  if (isFolded && parts.length === 3 && isAny(first) && typeof second === 'string' && isAny(third))
    return `${value} contains${suffix} ${text(second)}`;
  return `(${present(column)} and ${value} matches regex ${text(`(?${cased ? '' : 'i'}s)${wholePattern(parts)}`)})`;
}

/** The values of a list stand on a line each, so that an expression over a line asks whether any is like the pattern. */
function ofList(column: Column, parts: PatternPart[], cased: boolean): string {
  if (parts.some((part) => typeof part === 'string' && /[\r\n]/.test(part)))
    throw new NotExportable(`It looks for a text with a line break in ${column.field}, which is a list.`);
  const lines = `strcat_array(${column.name}, ${text('\n')})`;
  return `(${present(column)} and ${lines} matches regex ${text(`(?${cased ? '' : 'i'}m)${wholePattern(parts)}`)})`;
}

function regex(column: Column, test: Extract<Test, { kind: 'regex' }>): string {
  const flags = `${test.ignoreCase ? 'i' : ''}${test.multiline ? 'm' : ''}${test.dotAll ? 's' : ''}`;
  const value = textOf(single(column));
  return `(${present(column)} and ${value} matches regex ${text(flags === '' ? test.source : `(?${flags})${test.source}`)})`;
}

function number({ name, type }: Column, { op, value: bound }: Extract<Test, { kind: 'number' }>): string {
  if (type === 'boolean') return 'false';
  if (typeof bound === 'string')
    throw new NotExportable(`No number of Kusto is ${bound}: it has more digits than a double.`);
  if (type === 'text' && op === 'eq') return `${name} == ${text(String(bound))}`;
  const value = type === 'text' ? `todouble(${name})` : name;
  return certain(`${value} ${OPERATORS[op]} ${Number.isSafeInteger(bound) ? `long(${bound})` : real(bound)}`);
}

function partOf(time: string, { part, op, value }: Extract<Test, { kind: 'time' }>): string {
  return certain(`datetime_part(${text(PARTS[part])}, ${time}) ${OPERATORS[op]} ${value}`);
}

function reference(column: Column, other: Column, { match, cased }: Extract<Test, { kind: 'ref' }>): string {
  const folded = (value: string) => (cased ? value : `tolower(${value})`);
  const [left, right] = [folded(textOf(single(column))), folded(textOf(single(other)))];
  const words = {
    equals: '==',
    startswith: 'startswith_cs',
    endswith: 'endswith_cs',
    contains: 'contains_cs',
  } as const;
  return `(${present(column)} and ${present(other)} and ${left} ${words[match]} ${right})`;
}

function single(column: Column): Column {
  if (!column.list) return column;
  throw new NotExportable(
    `${column.field} is a list, and KQL can't test its values one by one otherwise than as texts.`,
  );
}

function certain(test: string): string {
  return `coalesce(${test}, false)`;
}

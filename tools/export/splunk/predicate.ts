import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../telemetry/contract';
import { printPredicate } from '../plan/predicate';
import { NotExportable } from '../target';
import { TIMES, type Column } from '../sql/columns';
import { siteTest } from './site';
import { matches, number, text } from './spl';
import { columnOf, present } from './source';

const OPERATORS = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** Parts of a time as `strftime` has them. */
const PARTS = { minute: '%M', hour: '%H', day: '%d', week: '%V', month: '%m', year: '%Y' } as const;

/** A predicate on a source's columns that is true or false and never null, as the executor in memory. */
export function predicate(contract: Contract, expr: Expr): string {
  return printPredicate(expr, {
    and: ' AND ',
    or: ' OR ',
    always: '1=1',
    never: '1=0',
    not: (inside) => `NOT (${inside})`,
    test: (test) => testOf(contract, test),
  });
}

function testOf(contract: Contract, test: Test): string {
  if (test.field === null)
    throw new NotExportable(
      'Keywords are looked for in every text of a record, and a search would look into its names, too.',
    );
  if (test.kind === 'time')
    return Object.hasOwn(TIMES, test.field)
      ? partOf(`${TIMES[test.field]!} / 1000`, test)
      : refuse(`It asks for part of the time ${test.field}, whose format Splunk would need to know.`);
  const column = columnOf(contract, test.field);
  switch (test.kind) {
    case 'pattern':
      return pattern(column, test);
    case 'regex':
      return regex(column, test);
    case 'exists':
      return test.present ? present(column) : `NOT (${present(column)})`;
    case 'null':
      return `NOT (${present(column)})`;
    case 'number':
      return numeric(single(column), test);
    case 'boolean':
      return `lower(coalesce(${single(column).name}, ""))="${String(test.value)}"`;
    case 'cidr':
      return certain(`cidrmatch(${text(test.network)}, ${single(column).name})`);
    case 'ref':
      return reference(single(column), single(columnOf(contract, test.other)), test);
    default:
      return test satisfies never;
  }
}

function pattern(column: Column, test: Extract<Test, { kind: 'pattern' }>): string {
  const bySite = siteTest(test, column.name);
  if (bySite !== null) return bySite;
  const { parts, cased } = test;
  const isAnything = parts.length === 1 && typeof parts[0] === 'object' && parts[0].wild === 'any';
  if (isAnything) return present(column);
  if (parts.length === 0)
    return refuse(`It asks whether ${column.field} is empty, but in Splunk an empty text counts as absent.`);
  return column.list
    ? `isnotnull(mvfilter(${matches(column.name, parts, cased)}))`
    : matches(`coalesce(${column.name}, "")`, parts, cased);
}

function regex(column: Column, test: Extract<Test, { kind: 'regex' }>): string {
  const flags = `${test.ignoreCase ? 'i' : ''}${test.multiline ? 'm' : ''}${test.dotAll ? 's' : ''}`;
  const expression = text(flags === '' ? test.source : `(?${flags})${test.source}`);
  if (column.list) return `isnotnull(mvfilter(match(${column.name}, ${expression})))`;
  return `(${present(column)} AND match(coalesce(${column.name}, ""), ${expression}))`;
}

function numeric({ name, type }: Column, { op, value: bound }: Extract<Test, { kind: 'number' }>): string {
  if (type === 'boolean') return '1=0';
  if (typeof bound === 'string')
    throw new NotExportable(`No number of Splunk is ${bound}: it has more digits than a double.`);
  if (type === 'text' && op === 'eq') return `coalesce(${name}, "")="${String(bound)}"`;
  return certain(`${type === 'text' ? `tonumber(${name})` : name}${OPERATORS[op]}${number(bound)}`);
}

function partOf(seconds: string, { part, op, value }: Extract<Test, { kind: 'time' }>): string {
  return certain(`tonumber(strftime(${seconds}, "${PARTS[part]}"))${OPERATORS[op]}${value}`);
}

function reference(column: Column, other: Column, { match, cased }: Extract<Test, { kind: 'ref' }>): string {
  const value = ({ name }: Column) => (cased ? `coalesce(${name}, "")` : `lower(coalesce(${name}, ""))`);
  const [left, right] = [value(column), value(other)];
  const test = {
    equals: `${left}=${right}`,
    startswith: `substr(${left}, 1, len(${right}))=${right}`,
    endswith: `substr(${left}, len(${left}) - len(${right}) + 1)=${right}`,
    contains: '',
  }[match];
  if (test === '')
    return refuse(`It asks whether ${column.field} contains ${other.field}, for which SPL has no function.`);
  return `(${present(column)} AND ${present(other)} AND ${test})`;
}

function single(column: Column): Column {
  if (!column.list) return column;
  return refuse(`${column.field} is a list, and only texts are tested one by one.`);
}

/** Null where a value is missing is no: `if` takes its third argument then. */
function certain(test: string): string {
  return `if(${test}, 1, 0)=1`;
}

function refuse(why: string): never {
  throw new NotExportable(why);
}

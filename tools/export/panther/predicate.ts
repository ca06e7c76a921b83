import type { Expr, PatternPart, Test } from '@tollgate/sigma/rules/plan';
import { NotExportable } from '../target';
import type { EventFields } from './fields';
import { joined, literal } from './python';

type Pattern = Extract<Test, { kind: 'pattern' }>;

const OPERATORS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const WILD = { any: 't.ANY', one: 't.ONE', dash: 't.DASH' } as const;

/** A detection as an expression of Python over `event` and the helper `t`. */
export function predicate(fields: EventFields, expr: Expr): string {
  switch (expr.op) {
    case 'and':
      return joined(
        'and',
        expr.all.map((one) => predicate(fields, one)),
      );
    case 'or': {
      const texts = oneField(expr.any);
      if (texts !== null) return equality(fields, texts);
      return joined(
        'or',
        expr.any.map((one) => predicate(fields, one)),
      );
    }
    case 'not':
      return `(not ${predicate(fields, expr.expr)})`;
    case 'test':
      return testOf(fields, expr.test);
  }
}

function testOf(fields: EventFields, test: Test): string {
  if (test.field === null)
    throw new NotExportable('Keywords are looked for in every text of a record, and Panther adds texts of its own.');
  const values = (): string => fields.values(test.field!);
  switch (test.kind) {
    case 'pattern':
      return pattern(fields, test);
    case 'regex':
      throw new NotExportable('Python reads regular expressions in another way than RE2 does.');
    case 'exists':
      return test.present ? fields.presence(test.field) : `(not ${fields.presence(test.field)})`;
    case 'null':
      return `t.is_null(${values()})`;
    case 'number': {
      const bound = String(test.value);
      if (test.op === 'eq') return `t.number_is(${values()}, ${bound})`;
      return `t.compares(${values()}, ${literal(OPERATORS[test.op])}, ${bound})`;
    }
    case 'boolean':
      return `t.boolean_is(${values()}, ${literal(test.value)})`;
    case 'cidr':
      return `t.in_network(${values()}, ${literal(test.network)})`;
    case 'time':
      throw new NotExportable('Panther writes times in a form of its own, and parts of them are not asked for.');
    case 'ref':
      return `t.related(${values()}, ${fields.values(test.other)}, ${literal(test.match)}${cased(test.cased)})`;
  }
}

function pattern(fields: EventFields, test: Pattern): string {
  const text = wholeText(test);
  if (text !== null) return equality(fields, [test]);
  const parts = test.parts.map(part).join(', ');
  return `t.like(${fields.values(test.field!)}, ${parts}${cased(test.cased)})`;
}

function equality(fields: EventFields, [first, ...others]: readonly Pattern[]): string {
  const wanted = [first!, ...others].map((one) => literal(wholeText(one)!)).join(', ');
  return `t.equals(${fields.values(first!.field!)}, ${wanted}${cased(first!.cased)})`;
}

/** Patterns without wildcards of one field, where all of these are. */
function oneField(tests: readonly Expr[]): Pattern[] | null {
  const patterns = tests.flatMap((one) => (one.op === 'test' && one.test.kind === 'pattern' ? [one.test] : []));
  const [first] = patterns;
  if (first === undefined || patterns.length < tests.length || first.field === null) return null;
  const same = patterns.every(
    (one) => one.field === first.field && one.cased === first.cased && wholeText(one) !== null,
  );
  return same ? patterns : null;
}

function wholeText({ parts }: Pattern): string | null {
  const [only = '', ...more] = parts;
  return more.length === 0 && typeof only === 'string' ? only : null;
}

function part(one: PatternPart): string {
  return typeof one === 'string' ? literal(one) : WILD[one.wild];
}

function cased(isCased: boolean): string {
  return isCased ? ', cased=True' : '';
}

import { expect } from 'chai';
import { filterPatterns } from '../../../tools/export/aws/pattern';
import { LIMITS } from '../../../tools/export/aws/limits';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import { equals, SHOP, test } from '../fixture';
import { awsExport } from './content';

const and = (...all: Expr[]): Expr => ({ op: 'and', all });
const or = (...any: Expr[]): Expr => ({ op: 'or', any });
const not = (expr: Expr): Expr => ({ op: 'not', expr });
const anything = (field: string) =>
  test({ kind: 'pattern', field, parts: [{ wild: 'one' }, { wild: 'any' }], cased: false });
const patterns = (expr: Expr) => filterPatterns(expr, SHOP);

describe('a filter pattern for CloudWatch Logs', function () {
  this.timeout(300_000);

  for (const [what, expr, expected] of [
    ['one field', equals('action', 'buy'), '{ ($.action = "buy") }'],
    [
      'several',
      and(equals('action', 'buy'), equals('client.ip', '192.0.2.1')),
      '{ ($.action = "buy") && ($.client.ip = "192.0.2.1") }',
    ],
    [
      'alternatives',
      or(equals('action', 'buy'), equals('action', 'sell')),
      '{ (($.action = "buy")) || (($.action = "sell")) }',
    ],
    ['what is not there', not(anything('shop')), '{ (($.shop NOT EXISTS) || ($.shop IS NULL)) }'],
    [
      'what must not exist',
      test({ kind: 'exists', field: 'shop', present: false }),
      '{ (($.shop NOT EXISTS) || ($.shop IS NULL)) }',
    ],
    [
      'a beginning',
      test({ kind: 'pattern', field: 'action', parts: ['bu', { wild: 'any' }], cased: false }),
      '{ ($.action = "bu*") }',
    ],
    [
      'a negation of both',
      not(or(anything('shop'), anything('other'))),
      '{ (($.shop NOT EXISTS) || ($.shop IS NULL)) && (($.other NOT EXISTS) || ($.other IS NULL)) }',
    ],
    [
      'alternatives within',
      and(or(equals('action', 'buy'), equals('action', 'sell')), equals('shop', 'a')),
      '{ (($.action = "buy") && ($.shop = "a")) || (($.action = "sell") && ($.shop = "a")) }',
    ],
  ] as [string, Expr, string][])
    it(`says ${what}`, () => expect(patterns(expr)).to.deep.equal([expected]));

  for (const [what, expr, reason] of [
    ['a derived field', equals('block', '+1'), /the record's own fields alone, and block is none/],
    ['a keyword', test({ kind: 'pattern', field: null, parts: ['x'], cased: false }), /a keyword is none/],
    ['a list', equals('labels', 'a'), /labels is a list/],
    ['a negation', not(equals('action', 'buy')), /not something, where there is none, is not documented/],
    ['that something is there', anything('shop'), /no word for a shop that is there/],
    [
      'a single character',
      test({ kind: 'pattern', field: 'action', parts: ['b', { wild: 'one' }], cased: false }),
      /no sign for a single character/,
    ],
    ['a quote', equals('action', 'a"b'), /is not documented/],
    ['a star', equals('action', 'a*b'), /is not documented/],
    ['a percent sign, which begins a regular expression', equals('action', '%a%'), /is not documented/],
    ['a letter outside ASCII', equals('action', 'ü'), /is not documented/],
    ['a number', test({ kind: 'number', field: 'tries', op: 'gt', value: 3 }), /\(number\)/],
    [
      'an expression',
      test({ kind: 'regex', field: 'action', source: 'a', ignoreCase: false, multiline: false, dotAll: false } as Test),
      /\(regex\)/,
    ],
    [
      'too many alternatives',
      and(...Array.from({ length: 8 }, (_, n) => or(equals('action', `a${n}`), equals('action', `b${n}`)))),
      /too many alternatives/,
    ],
    ['what is too long', equals('action', 'x'.repeat(1100)), /longer than the 1024 characters/],
    ['nothing', and(), /asks for nothing/],
  ] as [string, Expr, RegExp][])
    it(`refuses ${what}`, () => expect(() => patterns(expr)).to.throw(reason));

  it('is written in parts where it is too long, which have all alternatives', () => {
    const names = Array.from({ length: 40 }, (_, n) => `SomeLongNameOfACall${n}`);
    const parts = patterns(and(or(...names.map((name) => equals('action', name))), equals('shop', 'a')));
    expect(parts.length).to.be.greaterThan(1);
    for (const part of parts) expect(part.length).to.be.at.most(LIMITS.patternCharacters);
    const found = parts.flatMap((part) => [...part.matchAll(/\$\.action = "(\w+)"/g)].map(([, name]) => name));
    expect(found).to.deep.equal(names);
  });

  it('is exported for what it can say, and the page says why not for the others', () => {
    const { files } = awsExport();
    const template = files.get('templates/metric-filters.json')!;
    expect(template).to.include('$.eventName = \\"SetTextMessageSpendLimitOverride\\"');
    const page = files.get('README.md')!;
    expect(page).to.match(/\| SNS monthly SMS spend limit set high \| none: .*limits\.monthly\\?_spend\\?_usd is none/);
    expect(page).to.match(/\| End User Messaging control or log changed \| \d \|/);
  });
});

import { expect } from 'chai';
import { esqlCondition, identifier, quote } from '../../tools/export/elastic/expression';
import { Differences, ExportedFields } from '../../tools/export/lucene/fields';
import { luceneQuery } from '../../tools/export/lucene/query';
import { NotExportable } from '../../tools/export/target';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import { equals, SHOP, test } from './fixture';

const ANY = { wild: 'any' } as const;
const not = (expr: Expr): Expr => ({ op: 'not', expr });
const and = (...all: Expr[]): Expr => ({ op: 'and', all });
const or = (...any: Expr[]): Expr => ({ op: 'or', any });

/** What both languages make of an expression: [Lucene, ES|QL]; the reason where one refuses. */
function both(expr: Expr): [string, string] {
  const run = (write: typeof luceneQuery): string => {
    try {
      return write(expr, new ExportedFields(SHOP), new Differences());
    } catch (error) {
      if (error instanceof NotExportable) return `refused: ${error.message}`;
      throw error;
    }
  };
  return [run(luceneQuery), run(esqlCondition)];
}

describe('queries for Elastic', () => {
  const cases: [string, Expr, string, string][] = [
    ['fold case', equals('action', 'SENT'), 'action.folded:"sent"', 'action.folded == "sent"'],
    ['respect case where the rule does', equals('action', 'SENT', true), 'action:"SENT"', 'action == "SENT"'],
    [
      'join what one field may equal',
      or(equals('action', 'a'), equals('action', 'B')),
      'action.folded:("a" OR "b")',
      'action.folded IN ("a", "b")',
    ],
    [
      'make two-valued what is negated',
      and(equals('action', 'a'), not(equals('number', 'b'))),
      '(action.folded:"a" AND (*:* AND NOT number.folded:"b"))',
      '(action.folded == "a" AND NOT COALESCE(number.folded == "b", false))',
    ],
    [
      'escape what the language would read',
      test({ kind: 'pattern', field: 'cs-agent', parts: [ANY, 'a*"b (c)'], cased: false }),
      'cs\\-agent.folded:*a\\*\\"b\\ \\(c\\)',
      '`cs-agent.folded` LIKE "*a\\\\*\\"b (c)"',
    ],
    [
      'look into lists',
      equals('labels', 'Red'),
      'labels.folded:"red"',
      'CONCAT("\\n", MV_CONCAT(labels.folded, "\\n"), "\\n") LIKE "*\\nred\\n*"',
    ],
    [
      'know networks',
      test({ kind: 'cidr', field: 'client.ip', network: '198.51.100.0/24' }),
      'client.ip:"198.51.100.0/24"',
      'CIDR_MATCH(client.ip, "198.51.100.0/24")',
    ],
    ['compare numbers', test({ kind: 'number', field: 'tries', op: 'lt', value: 3 }), 'tries:[* TO 3}', 'tries < 3'],
    ['find nothing in an address that is no address', equals('client.ip', 'x'), '(*:* AND NOT *:*)', 'false'],
    ['hold for the empty conjunction', and(), '*:*', 'true'],
    ['hold never for the empty disjunction', or(), '(*:* AND NOT *:*)', 'false'],
  ];
  for (const [name, expr, lucene, esql] of cases) {
    it(name, () => expect(both(expr)).to.deep.equal([lucene, esql]));
  }

  it('refuse what would miss a field without a value, and say so where it finds more', () => {
    const exists: Test = { kind: 'exists', field: 'number', present: true };
    for (const text of both(test(exists))) expect(text).to.match(/^refused: The rule asks whether number is there/);
    const differences = new Differences();
    expect(luceneQuery(not(test(exists)), new ExportedFields(SHOP), differences)).to.equal(
      '(*:* AND NOT _exists_:number)',
    );
    expect(differences.list()).to.have.length(1);
    expect(both(test({ ...exists, field: 'block' }))[0], 'derived fields always have a value').to.equal(
      '_exists_:block',
    );
  });

  it('refuse keywords, regular expressions and fields that the contract does not know', () => {
    const keyword = test({ kind: 'pattern', field: null, parts: ['x'], cased: false });
    const regex = test({
      kind: 'regex',
      field: 'action',
      source: 'a+',
      ignoreCase: false,
      multiline: false,
      dotAll: false,
    });
    for (const expr of [keyword, regex, equals('nowhere', 'x')]) {
      for (const text of both(expr)) expect(text).to.match(/^refused: /);
    }
  });

  it('quote texts and names', () => {
    expect(quote('a"b\\c\nd')).to.equal('"a\\"b\\\\c\\nd"');
    expect(identifier('a.b_1')).to.equal('a.b_1');
    expect(identifier('@timestamp')).to.equal('@timestamp');
    expect(identifier('c-ip')).to.equal('`c-ip`');
    expect(identifier('name.first')).to.equal('`name.first`');
  });
});

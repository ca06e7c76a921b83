import { expect } from 'chai';
import type { CorrelationRule, DetectionRule } from '../../src/rules/model';
import { compilePredicate } from '../../src/memory/predicate';
import { sigma } from './documents';

const BASE = (name: string) => `title: Base ${name}
id: id-${name}
name: ${name}
logsource: {product: test}
detection: {s: {f: ${name}}, condition: s}
`;
/** Two base rules, then a correlation from line 13 on. */
const around = (correlation: string) =>
  `${BASE('a')}---\n${BASE('b')}---\ntitle: C\nname: c\ncorrelation:\n${correlation}`;

function only(correlation: string): CorrelationRule {
  const { rules, diagnostics } = sigma(around(correlation));
  expect(diagnostics).to.deep.equal([]);
  return rules.find((rule) => rule.kind === 'correlation')!;
}
const codes = (correlation: string) =>
  sigma(around(correlation)).diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);

describe('sigma: correlations', () => {
  it('reads all parts, and replaces names by ids', () => {
    const rule = only(`  type: value_count
  rules: [a, id-b]
  group-by: [x, who]
  timespan: 90m
  condition: {field: [u, v], gte: 3, lt: 9}
  aliases: {who: {a: user.name, b: login}}
  generate: true
`);
    expect(rule).to.deep.include({
      kind: 'correlation',
      id: 'c',
      type: 'value_count',
      rules: ['id-a', 'id-b'],
      groupBy: ['x', 'who'],
      timespanMs: 5_400_000,
      condition: { field: ['u', 'v'], gte: 3, lt: 9 },
      aliases: { who: { 'id-a': 'user.name', 'id-b': 'login' } },
      generate: true,
    });
  });

  it('wants all rules for a temporal type, unless a count or an expression says otherwise', () => {
    const condition = (type: string, extra: string) =>
      only(`  {type: ${type}, rules: [a, b], timespan: 5m${extra}}`).condition;
    expect(condition('temporal', '')).to.deep.equal({ gte: 2 });
    expect(condition('temporal_ordered', '')).to.deep.equal({ gte: 2 });
    expect(condition('temporal', ', condition: {gte: 1}')).to.deep.equal({ gte: 1 });
    expect(condition('temporal', ', condition: a and not b')).to.deep.equal({
      expression: {
        op: 'and',
        all: [
          { op: 'test', test: 0 },
          { op: 'not', expr: { op: 'test', test: 1 } },
        ],
      },
    });
  });

  for (const [what, correlation, expected] of [
    ['an unknown type', '  {type: value_counts, rules: [a], timespan: 5m}', ['16:10 unknown-correlation-type']],
    ['an unknown key', '  {type: temporal, rules: [a, b], timespan: 5m, groupby: [x]}', ['16:49 unknown-key']],
    ['an unknown rule', '  {type: temporal, rules: [a, d], timespan: 5m}', ['16:31 unknown-rule']],
    ['no rules', '  {type: temporal, rules: [], timespan: 5m}', ['16:27 invalid-correlation']],
    [
      'the same rule by id and name',
      '  {type: temporal, rules: [a, id-a], timespan: 5m}',
      ['16:31 invalid-correlation'],
    ],
    ['a timespan of months', '  {type: temporal, rules: [a, b], timespan: 5M}', ['16:45 invalid-timespan']],
    ['a timespan of nothing', '  {type: temporal, rules: [a, b], timespan: 0m}', ['16:45 invalid-timespan']],
    ['a timespan without unit', '  {type: temporal, rules: [a, b], timespan: 5}', ['16:45 invalid-timespan']],
    ['no condition', '  {type: event_count, rules: [a], timespan: 5m}', ['15:1 invalid-correlation']],
    [
      'an empty condition',
      '  {type: event_count, rules: [a], timespan: 5m, condition: {}}',
      ['16:60 invalid-correlation'],
    ],
    [
      'a bound that is a text',
      "  {type: event_count, rules: [a], timespan: 5m, condition: {gte: '5'}}",
      ['16:66 invalid-correlation'],
    ],
    [
      'an unknown bound',
      '  {type: event_count, rules: [a], timespan: 5m, condition: {gte: 5, ltt: 9}}',
      ['16:69 unknown-key'],
    ],
    [
      'bounds without a number between them',
      '  {type: event_count, rules: [a], timespan: 5m, condition: {gt: 5, lt: 5}}',
      ['16:60 impossible-condition'],
    ],
    [
      'a field of event_count',
      '  {type: event_count, rules: [a], timespan: 5m, condition: {gt: 5, field: x}}',
      ['16:75 invalid-correlation'],
    ],
    [
      'no field of value_count',
      '  {type: value_count, rules: [a], timespan: 5m, condition: {gt: 5}}',
      ['16:60 invalid-correlation'],
    ],
    [
      'two fields of value_sum',
      '  {type: value_sum, rules: [a], timespan: 5m, condition: {gt: 5, field: [x, y]}}',
      ['16:73 invalid-correlation'],
    ],
    [
      'no percentile',
      '  {type: value_percentile, rules: [a], timespan: 5m, condition: {gt: 5, field: x}}',
      ['16:65 unsupported-percentile'],
    ],
    [
      'an expression of temporal_ordered',
      '  {type: temporal_ordered, rules: [a, b], timespan: 5m, condition: a and b}',
      ['16:68 unsupported-condition'],
    ],
    [
      'an expression that leaves out a rule',
      '  {type: temporal, rules: [a, b], timespan: 5m, condition: a}',
      ['16:60 invalid-correlation'],
    ],
    [
      'an expression with another rule',
      '  {type: temporal, rules: [a, b], timespan: 5m, condition: a and b and d}',
      ['16:60 unknown-selection'],
    ],
    [
      'an alias for another rule',
      '  {type: temporal, rules: [a], timespan: 5m, group-by: [x], aliases: {x: {b: y}}}',
      ['16:75 unknown-rule'],
    ],
    [
      'an alias without a field for a rule',
      '  {type: temporal, rules: [a, b], timespan: 5m, group-by: [x], aliases: {x: {b: y}}}',
      ['16:74 invalid-correlation'],
    ],
    ['a circle of one', '  {type: temporal, rules: [a, c], timespan: 5m}', ['16:27 circular-correlation']],
  ] as const) {
    it(`reports ${what} at its place`, () => expect(codes(correlation)).to.deep.equal(expected));
  }

  it('warns of a count that no events can have, and of no other', () => {
    const of = (type: string, condition: string, rules = '[a, b]') =>
      codes(`  {type: ${type}, rules: ${rules}, timespan: 5m, condition: ${condition}}`).map((text) => text.slice(6));
    const never = ['{lt: 1}', '{lte: 0.9}', '{eq: 0}', '{eq: 1.5}', '{lt: 0}', '{gt: 2, lt: 3}', '{lte: 1, neq: 1}'];
    for (const condition of [...never, '{gte: 0, lt: 1}', '{eq: -1}'])
      expect(of('event_count', condition), condition).to.deep.equal(['never-alerts']);
    for (const condition of [
      '{lt: 2}',
      '{lte: 1}',
      '{eq: 1}',
      '{neq: 1}',
      '{gte: 0}',
      '{gt: 1.5, lt: 2.5}',
      '{lt: 1.01}',
    ])
      expect(of('event_count', condition), condition).to.deep.equal([]);
    // An event may lack the value that is counted.
    expect(of('value_count', '{field: x, lt: 1}')).to.deep.equal([]);
    expect(of('value_count', '{field: x, lt: 0}')).to.deep.equal(['never-alerts']);
    for (const type of ['temporal', 'temporal_ordered']) {
      for (const condition of ['{gte: 3}', '{gt: 2}', '{eq: 0}', '{lt: 1}'])
        expect(of(type, condition), condition).to.deep.equal(['never-alerts']);
      for (const condition of ['{gte: 2}', '{eq: 1}', '{neq: 2}'])
        expect(of(type, condition), condition).to.deep.equal([]);
    }
    for (const type of ['value_sum', 'value_avg', 'value_median'])
      expect(of(type, '{field: x, lt: 0.5}')).to.deep.equal([]);
    const { rules, diagnostics } = sigma(around('  {type: event_count, rules: [a], timespan: 5m, condition: {lt: 1}}'));
    expect(rules).to.have.length(3);
    expect(diagnostics).to.deep.include({ ...diagnostics[0], line: 16, column: 60, severity: 'warning' });
    expect(diagnostics[0]!.message).to.equal(
      'the correlation can never alert: when an event comes, its count is a whole number, at least 1',
    );
  });

  it('follows chains, whatever their order, and finds circles in them', () => {
    const link = (name: string, rules: string) =>
      `title: ${name}\nname: ${name}\ncorrelation: {type: temporal, rules: [${rules}], timespan: 5m}\n`;
    const good = sigma([link('top', 'middle, a'), link('middle', 'a, b'), BASE('a'), BASE('b')].join('---\n'));
    expect(good.diagnostics).to.deep.equal([]);
    expect((good.rules[0] as CorrelationRule).rules).to.deep.equal(['middle', 'id-a']);
    const bad = sigma([link('one', 'two, a'), link('two', 'one, a'), link('three', 'one'), BASE('a')].join('---\n'));
    expect(bad.diagnostics.map(({ line, code }) => [line, code])).to.deep.equal([
      [3, 'circular-correlation'],
      [7, 'circular-correlation'],
      [11, 'broken-reference'],
    ]);
    expect(bad.rules.map(({ id }) => id)).to.deep.equal(['id-a']);
  });

  it('leaves out a correlation whose rule is in error, and says where to look', () => {
    const { diagnostics, rules } = sigma(
      around('  {type: temporal, rules: [a, b], timespan: 5m}').replace('{f: b}', '{f|x: b}'),
    );
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['unknown-modifier', 'broken-reference']);
    expect(rules.map(({ id }) => id)).to.deep.equal(['id-a']);
  });
});

describe('sigma: filters', () => {
  const filter = (rules: string, logsource = '{product: test}') =>
    `${BASE('a')}---\n${BASE('b')}---\ntitle: F\nid: filter\nlogsource: ${logsource}\nfilter:\n  rules: ${rules}\n  selection: {user|startswith: adm_}\n  condition: not selection\n`;

  it('are joined with and to the rules they name, and to no other', () => {
    const { rules, filters, diagnostics } = sigma(filter('[id-a]'));
    expect(diagnostics).to.deep.equal([]);
    expect(filters).to.have.length(1);
    expect(filters[0]).to.include({ id: 'filter', title: 'F', document: 2 });
    expect(filters[0]!.rules).to.deep.equal(['id-a']);
    const [first, second] = rules as [DetectionRule, DetectionRule];
    expect(first.filters).to.deep.equal(['filter']);
    expect(first.plan.fields).to.deep.equal(['f', 'user']);
    const holds = compilePredicate(first.plan);
    expect(holds({ f: 'a' })).to.equal(true);
    expect(holds({ f: 'a', user: 'adm_x' })).to.equal(false);
    expect(second.plan.fields).to.deep.equal(['f']);
  });

  for (const [what, text, expected] of [
    ['an unknown rule', filter('[c]'), ['17:11 unknown-rule']],
    ['no rules', filter('[]'), ['17:10 invalid-filter']],
    ['another log source', filter('[a]', '{product: other}'), ['17:11 invalid-filter']],
    [
      'a correlation',
      `${filter('[c]')}---\ntitle: C\nname: c\ncorrelation: {type: temporal, rules: [a, b], timespan: 5m}`,
      ['17:11 invalid-filter'],
    ],
  ] as const) {
    it(`report ${what} at its place`, () => {
      const { diagnostics, filters } = sigma(text);
      expect(diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`)).to.deep.equal(expected);
      expect(filters).to.deep.equal([]);
    });
  }
});

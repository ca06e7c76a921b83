import { expect } from 'chai';
import { mutate, type Mutated } from '../../../tools/evidence/mutate/run';
import { subjectsOf } from '../../../tools/evidence/mutate/subject';
import { CORRELATION, content, rule } from '../../command/check/content';

const HEAD = `title: Cases of the shop's rules
rule: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02
base:
  failed: {source: shop.sms, record: {shop: a, to: "+998000930000", state: failed}}
cases:
`;
const one = (name: string, alerts: number, ...events: string[]): string =>
  `  - {name: ${name}, kind: edge, alerts: ${alerts}, events: [${events.join(', ')}]}\n`;
const some = (times: number, set = '', at = '0s'): string =>
  `{use: failed, at: ${at}, times: ${times}, every: 1s, set: {to: "+99800093{n:04}"${set}}}`;
const last = (at: string): string => `{use: failed, at: ${at}, set: {to: "+998000939999"}}`;

const AT_EDGE = one('the twentieth at the edge', 1, some(19), last('10m'));
const BEYOND = one('the twentieth beyond it', 0, some(19), last('600001ms'));
const REPEATED = one('one number twice', 0, some(19), '{use: failed, at: 30s, set: {to: "+998000930000"}}');
const TWO_SHOPS = one('two shops', 0, some(10), some(10, ', shop: b').replace('0093{', '0094{'));
const RULES = `${rule()}---\n${CORRELATION}`;

async function mutants(cases: string, rules = RULES, queries = ''): Promise<Mutated[]> {
  const { sigma, hunts, contracts, ...documents } = content({ rules, queries, cases: HEAD + cases });
  const subjects = subjectsOf({ rules: sigma, queries: hunts, contracts }, documents);
  return mutate(subjects, documents.cases, { update: () => undefined });
}
const survivors = (results: Mutated[], title: string): string[] =>
  results
    .find((result) => result.title === title)!
    .mutants.filter(({ outcome }) => outcome === 'survived')
    .map(({ name }) => name);
const ofCorrelation = async (cases: string, rules = RULES): Promise<string[]> =>
  survivors(await mutants(cases, rules), 'Many failed messages of a shop');

describe('the mutants of a rule', () => {
  it('are all killed where the cases say all that the rule says', async () => {
    expect(await ofCorrelation(AT_EDGE + BEYOND + REPEATED + TWO_SHOPS)).to.deep.equal([]);
  });

  for (const [what, cases, left] of [
    ['the edge of the window', REPEATED + TWO_SHOPS + BEYOND, 'correlation.timespan: -1 ms'],
    ['what is beyond it', AT_EDGE + REPEATED + TWO_SHOPS, 'correlation.timespan: +1 ms'],
    ['a number that comes twice', AT_EDGE + BEYOND + TWO_SHOPS, 'correlation.condition.field: without to'],
    ['what is of two groups', AT_EDGE + BEYOND + REPEATED, 'correlation.group-by: without shop'],
  ] as const)
    it(`survive where the cases do not say ${what}`, async () => {
      expect(await ofCorrelation(cases)).to.include(left);
      expect(await ofCorrelation(AT_EDGE + BEYOND + REPEATED + TWO_SHOPS)).not.to.include(left);
    });

  it('are named by the rule in which they are, with their place and the case that killed them', async () => {
    const results = await mutants(AT_EDGE + BEYOND + REPEATED + TWO_SHOPS);
    const { mutants: all } = results.find(({ title }) => title === 'Many failed messages of a shop')!;
    expect(all.find(({ name }) => name === 'shop_failed: detection.condition: not selection')).to.deep.equal({
      name: 'shop_failed: detection.condition: not selection',
      file: 'rules/shop/shop_failed.yml',
      position: { line: 11, column: 14 },
      outcome: 'killed',
      killedBy: 'the twentieth at the edge',
    });
    expect(all.map(({ name }) => name)).to.include.members([
      'correlation.condition.gte: 19',
      'correlation.condition.gte: 21',
    ]);
  });

  it('are equivalent where a pattern beside the value matches it', async () => {
    const rules = RULES.replace('{state: failed}', '{state: [failed, FAILED, "fail*"]}');
    const results = await mutants(AT_EDGE, rules);
    const found = results.find(({ title }) => title === 'Many failed messages of a shop')!.mutants;
    const dropped = found.filter(({ name }) => name.includes('.state: without'));
    expect(dropped.map(({ name, outcome }) => `${name.split(' ').at(-1)} ${outcome}`)).to.deep.equal([
      'failed equivalent',
      'FAILED equivalent',
      'fail* survived',
    ]);
  });

  it('keep the filters of the rule', async () => {
    const filter = `---
title: Not the tests
logsource: {product: shop, service: sms}
filter:
  rules: [shop_failed]
  selection: {test: true}
  condition: not selection
`;
    const tests = one('twenty tests', 0, some(20, ', test: true'));
    const cases = AT_EDGE + BEYOND + REPEATED + TWO_SHOPS + tests;
    const results = await mutants(cases, RULES + filter);
    const { mutants: all } = results.find(({ title }) => title === 'Many failed messages of a shop')!;
    const negated = all.find(({ name }) => name.endsWith('condition: not selection'))!;
    expect(negated).to.include({ outcome: 'killed', killedBy: 'the twentieth at the edge' });
    expect(await ofCorrelation(cases, RULES + filter)).to.deep.equal([]);
  });

  it('say nothing where a case fails without any change', async () => {
    const wrong = one('nothing fires', 1, some(3));
    const message = await mutants(wrong).catch((error: Error) => error.message);
    expect(message).to.contain("the case 'nothing fires' fails without any change");
  });

  it('all survive where there is no case', async () => {
    const many = await mutants(AT_EDGE);
    const none = many.find(({ title }) => title === 'Messages of a shop that fail')!;
    expect(none.mutants.map(({ outcome }) => outcome)).to.deep.equal(['survived']);
  });
});

const QUERY = `title: Failing messages of a shop
id: 16fc62db-2dcf-4e1e-b402-fe6ef5c4643a
status: test
level: low
description: Finds shops of whose messages many fail; a query for tests of the mutants.
references: [https://attack.mitre.org/techniques/T1496/003/]
tags: [attack.t1496.003]
source: shop.sms
scope: {asset: shop, identity: null}
window: {default: 24h, max: 7d}
parameters:
  least: {type: integer, default: 3, range: [1, 10], unit: messages, description: How many messages must fail.}
detection:
  failed: {state: failed}
  sent: {state: sent}
  condition: failed or sent
group-by: [shop]
measures:
  lost: {distinct: to, of: failed}
  arrived: {count: sent}
having: lost >= $least
sort: [-lost]
schedule: {every: 10m, delay: 1m}
pivot: {before: "the shop's log", after: "the shop's log"}
`;

describe('the mutants of a query', () => {
  const head = HEAD.replace('5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02', '16fc62db-2dcf-4e1e-b402-fe6ef5c4643a');
  const run = async (cases: string): Promise<Mutated> => {
    const { sigma, hunts, contracts, ...documents } = content({ queries: QUERY, cases: head + cases });
    const subjects = subjectsOf({ rules: sigma, queries: hunts, contracts }, documents);
    return (await mutate(subjects, documents.cases, { update: () => undefined }))[0]!;
  };
  const edge =
    one('all of a window', 1, some(2), last('86399999ms')) +
    one(
      'one more before it',
      0,
      some(1, '', '599999ms'),
      some(1, ', shop: a', '24h').replace('0093{', '0094{'),
      last('86999999ms'),
    );
  const near =
    one('one number twice', 0, some(2), '{use: failed, at: 30s, set: {to: "+998000930000"}}') +
    one('three of two shops', 0, some(2), '{use: failed, at: 1s, set: {shop: b, to: "+998000940000"}}');

  it('are all killed where the cases say all that the query says', async () => {
    expect(survivors([await run(edge + near)], 'Failing messages of a shop')).to.deep.equal([]);
  });

  it('survive where they do not', async () => {
    const { mutants: all } = await run(near);
    const left = all.filter(({ outcome }) => outcome === 'survived').map(({ name }) => name);
    expect(left).to.include.members(['parameters.least.default: 4', 'window.default: +1 ms']);
  });

  it('are none of what having does not read', async () => {
    const { mutants: all } = await run(edge + near);
    expect(all.some(({ name }) => name.includes('arrived'))).to.equal(false);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import type { Event } from '@tollgate/sigma/values/event';
import { scalarAt } from '@tollgate/sigma/values/event';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import { convert } from '../../tools/export/elastic/convert';
import { esqlCondition } from '../../tools/export/elastic/expression';
import { Differences, ExportedFields } from '../../tools/export/lucene/fields';
import { luceneQuery } from '../../tools/export/lucene/query';
import { NotExportable } from '../../tools/export/target';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../tools/telemetry/contract';
import { esql, indexOf, load, lucene, needsEngine, unload } from './esql-engine';
import { CONTRACTS, correlation, detection, DOOR, equals, SHOP } from './fixture';

const START = Date.parse('2026-08-04T00:00:00Z');
/** Without what JSON escapes (quotes, backslashes): Elasticsearch 8.19.0 indexes it escaped in the subfields of a keyword. */
const TEXTS = [
  '',
  'Sent',
  'sent',
  'SENT ',
  'a b',
  'a*b',
  'École',
  'ÉCOLE',
  '<x>',
  '>5',
  'and',
  '/r/',
  'null',
  'İzmir',
  'a?b',
  '5',
  '(a:b)',
];
const ADDRESSES = ['198.51.100.7', '198.51.100.200', '203.0.113.24', '2001:db8::7'];

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 3 });
const texts = fc.constantFrom(...TEXTS);

/** Records in the form of the contract; `null` stands where the contract allows that a value is missing. */
const events = fc
  .record({
    '@timestamp': fc.integer({ min: 0, max: 86_400 }).map((s) => new Date(START + s * 1000).toISOString()),
    action: texts,
    shop: fc.constantFrom('north', 'south'),
    client: some(fc.record({ ip: fc.constantFrom(...ADDRESSES) })),
    'cs-agent': some(texts),
    number: some(texts),
    other: some(texts),
    tries: some(fc.integer({ min: -3, max: 6 })),
    price: some(fc.constantFrom(-1.5, 0, 0.25, 5, 6)),
    new: some(fc.boolean()),
    labels: some(fc.array(fc.constantFrom('red', 'Green', 'a b', 'a*b', ''), { minLength: 1, maxLength: 3 })),
  })
  .map((record) => JSON.parse(JSON.stringify(record)) as Event);

const comparison = fc.constantFrom('eq' as const, 'lt' as const, 'lte' as const, 'gt' as const, 'gte' as const);
const part = fc.oneof(
  texts.filter((t) => t !== ''),
  fc.constant({ wild: 'any' as const }),
  fc.constant({ wild: 'one' as const }),
);
const tests: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('pattern' as const),
    field: fc.constantFrom('action', 'cs-agent', 'number', 'labels'),
    parts: fc.oneof(
      texts.map((t) => (t === '' ? [] : [t])),
      fc.array(part, { maxLength: 3 }),
    ),
    cased: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('pattern' as const),
    field: fc.constantFrom('client.ip', 'tries', 'new'),
    parts: fc.constantFrom(...ADDRESSES, '5', '-3', 'x', 'true').map((t) => [t]),
    cased: fc.constant(false),
  }),
  fc.record({
    kind: fc.constant('number' as const),
    field: fc.constantFrom('tries', 'price'),
    op: comparison,
    value: fc.constantFrom(-1, 0, 0.25, 3, 5),
  }),
  fc.record({ kind: fc.constant('boolean' as const), field: fc.constant('new'), value: fc.boolean() }),
  fc.record({
    kind: fc.constant('cidr' as const),
    field: fc.constant('client.ip'),
    network: fc.constantFrom('198.51.100.0/25', '2001:db8::/32'),
  }),
  fc.record({
    kind: fc.constant('exists' as const),
    field: fc.constantFrom('action', 'number', 'labels'),
    present: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('null' as const), field: fc.constantFrom('number', 'tries', 'labels') }),
  fc.record({
    kind: fc.constant('time' as const),
    field: fc.constant('@timestamp'),
    part: fc.constantFrom('hour' as const, 'minute' as const, 'day' as const),
    op: comparison,
    value: fc.integer({ min: 0, max: 24 }),
  }),
  fc.record({
    kind: fc.constant('ref' as const),
    field: fc.constant('number'),
    other: fc.constant('other'),
    match: fc.constantFrom('equals' as const, 'startswith' as const, 'endswith' as const, 'contains' as const),
    cased: fc.boolean(),
  }),
);
const expressions = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tests.map((value): Expr => ({ op: 'test', test: value })),
    fc.array(tie('expr'), { maxLength: 3 }).map((all): Expr => ({ op: 'and', all })),
    fc.array(tie('expr'), { maxLength: 3 }).map((any): Expr => ({ op: 'or', any })),
    tie('expr').map((expr): Expr => ({ op: 'not', expr })),
  ),
})).expr;

/** What a writer makes of an expression; null where it refuses, which the unit tests look at. */
function written(write: typeof luceneQuery, expr: Expr): string | null {
  try {
    return write(expr, new ExportedFields(SHOP), new Differences());
  } catch (error) {
    if (error instanceof NotExportable) return null;
    throw error;
  }
}

describe('the exported queries in a real Elasticsearch', () => {
  const sample = fc.sample(events, { seed: 7, numRuns: 250 });

  before(async function () {
    needsEngine(this);
    await load(SHOP, sample);
  });
  after(async () => {
    for (const contract of CONTRACTS.values()) if (process.env['TOLLGATE_ESQL_URL']) await unload(contract);
  });

  const expected = (expr: Expr): number[] => {
    const holds = compilePredicate({ expr, fields: [] });
    return sample.flatMap((event, n) => (holds(event) ? [n] : []));
  };

  it('find by Lucene what the rule finds', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(expressions, async (expr) => {
        const query = written(luceneQuery, expr);
        if (query === null) return;
        asked++;
        expect(await lucene(SHOP, query), query).to.deep.equal(expected(expr));
      }),
      { numRuns: 600, seed: 11 },
    );
    expect(asked).to.be.greaterThan(150);
  });

  for (const inCase of [false, true]) {
    it(`find by ES|QL what the rule finds${inCase ? ', as conditions of CASE' : ''}`, async () => {
      let asked = 0;
      await fc.assert(
        fc.asyncProperty(expressions, async (expr) => {
          const condition = written((...rest) => esqlCondition(...rest, inCase), expr);
          if (condition === null) return;
          asked++;
          const test = inCase ? `EVAL found = CASE(${condition}, true, false) | WHERE found` : `WHERE ${condition}`;
          const rows = await esql(`FROM ${indexOf(SHOP)} METADATA _id | ${test} | KEEP _id | LIMIT 1000`);
          expect(
            rows.map((row) => Number(row['_id'])).sort((a, b) => a - b),
            test,
          ).to.deep.equal(expected(expr));
        }),
        { numRuns: 400, seed: 12 },
      );
      expect(asked).to.be.greaterThan(150);
    });
  }
});

describe('the exported correlations in a real Elasticsearch', () => {
  const bought = detection('bought', equals('action', 'bought'));
  const looked = detection('looked', equals('action', 'looked'));
  const entered = detection('entered', equals('action', 'entered'), { logsource: DOOR.logsource });
  const boughtRun = correlation('bought-run', { groupBy: ['shop', 'number'], condition: { gte: 2 } });
  const visitRun = correlation('visit-run', {
    type: 'value_count',
    rules: ['entered', 'looked'],
    condition: { field: ['number', 'action'], gte: 3 },
  });
  const all: Rule[] = [bought, looked, entered, boughtRun, visitRun];

  before(async function () {
    needsEngine(this);
    await loadAll(days.flat());
  });
  after(async () => {
    for (const contract of CONTRACTS.values()) if (process.env['TOLLGATE_ESQL_URL']) await unload(contract);
  });

  /** Few seconds, so that ties and the window's edge are common; `undefined` where the field is missing. */
  const visits = fc.array(
    fc.record({
      source: fc.constantFrom(SHOP, SHOP, DOOR),
      second: fc.oneof(fc.integer({ min: 0, max: 5400 }), fc.constantFrom(0, 600, 1200, 1800)),
      action: fc.constantFrom('bought', 'Bought', 'looked', 'entered'),
      shop: fc.constantFrom('north', 'south', undefined),
      number: fc.constantFrom('a', 'b', 'c', 'd', undefined),
      other: fc.constantFrom('north', 'south'),
      price: fc.constantFrom(0.1, 0.2, 0.7, 1, undefined),
    }),
    { minLength: 5, maxLength: 60, size: 'max' },
  );

  /** Many days in one load, each with shops of its own. */
  const days = fc.sample(visits, { seed: 5, numRuns: 80 }).map((list, day) =>
    list.map(({ source, second, shop, other, ...record }) => {
      const own = { shop: shop && `${shop} ${day}`, other: `${other} ${day}` };
      const time = new Date(START + (day * 86_400 + second) * 1000).toISOString();
      return { source, event: JSON.parse(JSON.stringify({ ...record, ...own, '@timestamp': time })) as Event };
    }),
  );

  async function loadAll(list: { source: Contract; event: Event }[]): Promise<void> {
    for (const contract of CONTRACTS.values()) {
      await load(
        contract,
        list.filter(({ source }) => source === contract).map(({ event }) => event),
      );
    }
  }

  async function check(
    rule: CorrelationRule,
    list: { source: Contract; event: Event }[],
    exact: boolean,
  ): Promise<void> {
    const { rule: exported } = convert(rule, {
      rules: [...all, rule],
      queries: [],
      incidents: [],
      contracts: CONTRACTS,
      acts: new Map(),
    });
    const rows = await esql(`${exported.query}\n| LIMIT 1000`);
    const found = new Set(rows.map((row) => JSON.stringify(rule.groupBy.map((field) => row[field]))));
    const wanted = groupsOf(rule, list, all);
    expect(wanted.size + Number(rule.groupBy.length === 0)).to.be.greaterThan(0);
    if (exact) expect([...found].sort(), exported.query).to.deep.equal([...wanted].sort());
    else expect([...found], exported.query).to.include.members([...wanted]);
    // What is found too much lies within what the export says of its windows.
    const wider = groupsOf({ ...rule, timespanMs: rule.timespanMs * 1.05 }, list, all);
    expect([...wider], exported.query).to.include.members([...found]);
  }

  const cases: [string, Partial<CorrelationRule>, boolean][] = [
    ['event_count', { condition: { gte: 4 } }, true],
    ['event_count with gt', { condition: { gt: 5 } }, true],
    ['event_count of two rules of two sources', { rules: ['bought', 'entered'], condition: { gte: 5 } }, true],
    ['event_count of two rules of one source', { rules: ['bought', 'looked'], condition: { gte: 5 } }, true],
    ['value_count', { type: 'value_count', condition: { field: ['number'], gte: 3 } }, true],
    ['value_count of pairs', { type: 'value_count', condition: { field: ['number', 'other'], gte: 4 } }, true],
    ['value_sum', { type: 'value_sum', condition: { field: ['price'], gte: 1.7 } }, false],
    ['value_sum with gt', { type: 'value_sum', condition: { field: ['price'], gt: 1.7 } }, false],
    [
      'temporal_ordered',
      { type: 'temporal_ordered', rules: ['looked', 'bought'], timespanMs: 60_000, condition: { gte: 2 } },
      true,
    ],
    [
      'temporal over correlations',
      { type: 'temporal', rules: ['bought-run', 'visit-run'], timespanMs: 1_800_000, condition: { gte: 2 } },
      true,
    ],
    [
      'temporal_ordered over a detection and a correlation',
      { type: 'temporal_ordered', rules: ['entered', 'bought-run'], timespanMs: 1_200_000, condition: { gte: 2 } },
      true,
    ],
    [
      'temporal_ordered over a correlation and a detection',
      { type: 'temporal_ordered', rules: ['bought-run', 'entered'], timespanMs: 900_000, condition: { gte: 2 } },
      true,
    ],
    ['temporal over one source', { type: 'temporal', rules: ['bought', 'looked'], condition: { gte: 2 } }, true],
    [
      'temporal over two sources',
      { type: 'temporal', rules: ['bought', 'looked', 'entered'], condition: { gte: 3 } },
      true,
    ],
    [
      'temporal with an alias',
      {
        type: 'temporal',
        rules: ['bought', 'entered'],
        groupBy: ['place'],
        aliases: { place: { bought: 'shop', entered: 'other' } },
        condition: { gte: 2 },
      },
      true,
    ],
  ];
  for (const [name, more, exact] of cases) {
    it(`find by ES|QL the groups that the correlator finds: ${name}`, () =>
      check(correlation('counted', more), days.flat(), exact));
  }

  it('find by ES|QL what the correlator finds without groups', async () => {
    for (const day of days.slice(0, 8)) {
      await loadAll(day);
      await check(correlation('counted', { condition: { gt: 4 }, groupBy: [] }), day, true);
      await check(
        correlation('counted', { type: 'value_count', condition: { field: ['number'], gte: 3 }, groupBy: [] }),
        day,
        true,
      );
    }
  });
});

/** The groups in which a correlation alerts, by the correlator. */
function groupsOf(rule: CorrelationRule, list: { source: Contract; event: Event }[], others: Rule[]): Set<string> {
  const rules = [...others, rule];
  const inputs = [...fieldsOfDetections(rules)].map(([id, fields]) => {
    const base = others.find((one) => one.id === id) as DetectionRule;
    const holds = compilePredicate(base.plan);
    const matches = list.flatMap(({ source, event }, n) => {
      if (source.logsource !== base.logsource || !holds(event)) return [];
      const time = Date.parse(event['@timestamp'] as string);
      return [{ event: n, time, ingested: time, values: fields.map((field) => scalarAt(event, field)) }];
    });
    return { rule: id, fields, matches };
  });
  const { alerts } = correlateAll(rules, inputs).get(rule.id)!;
  return new Set(alerts.map(({ group }) => JSON.stringify(Object.values(group))));
}

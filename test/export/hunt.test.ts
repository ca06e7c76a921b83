import { expect } from 'chai';
import fc from 'fast-check';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { evaluateHunt } from '../../tools/detection/hunt/evaluate';
import { FUNCTIONS } from '../../tools/detection/hunt/functions';
import { fieldsNeeded } from '../../tools/detection/hunt/groups';
import { runsIn } from '../../tools/detection/hunt/runs';
import type { Formula, HuntQuery } from '../../tools/detection/hunt/types';
import { Differences } from '../../tools/export/lucene/fields';
import { FormulaWriter } from '../../tools/export/elastic/formula';
import { esqlHunt } from '../../tools/export/elastic/hunt';
import { huntSchedule } from '../../tools/export/schedule';
import { huntPlan } from '../../tools/export/plan/hunt';
import type { Arithmetic, Derived } from '../../tools/export/plan/types';
import { NotExportable } from '../../tools/export/target';
import type { Contract } from '../../tools/telemetry/contract';
import { countLimit } from '../../tools/foundation/statistics/count-limit';
import { esql, load, needsEngine, unload } from './esql-engine';
import { equals, SHOP } from './fixture';

/** The shop's log by another name: tests run side by side, and another file's are in the shop's own index. */
const STALL: Contract = { ...SHOP, id: 'stall.log' };

/** The plan of a query over that log. */
const planned = (query: HuntQuery) =>
  huntPlan(query, { rules: [], queries: [], incidents: [], contracts: new Map([[STALL.id, STALL]]), acts: new Map() });

const START = Date.parse('2026-08-04T00:00:00Z');
const MINUTE = 60_000;

const number = (value: number): Formula => ({ op: 'number', value });
const named = (name: string): Formula => ({ op: 'measure', name });

/** Visits of a shop that came to nothing, by every kind of measure. */
const QUERY: HuntQuery = {
  id: 'visits',
  title: 'Visits that came to nothing',
  status: 'test',
  level: 'high',
  description: 'Visits.',
  references: [],
  tags: ['attack.t1496.003'],
  file: 'queries/shop/visits.yml',
  source: STALL.id,
  scope: { asset: 'shop', identity: null },
  window: { defaultMs: 30 * MINUTE, maxMs: 60 * MINUTE, settleMs: 5 * MINUTE },
  baselineMs: 60 * MINUTE,
  parameters: { most: { type: 'number', default: 0.6 } },
  selections: {
    looked: { expr: equals('action', 'looked'), fields: ['action'] },
    bought: { expr: equals('action', 'bought'), fields: ['action'] },
  },
  plan: { expr: { op: 'or', any: [equals('action', 'looked'), equals('action', 'bought')] }, fields: ['action'] },
  groupBy: ['shop'],
  measures: {
    visitors: { how: 'distinct', field: 'number', of: 'looked', over: 'window' },
    buyers: { how: 'distinct', field: 'number', of: 'looked', also: 'bought', over: 'window' },
    visits: { how: 'count', of: 'looked', over: 'window' },
    before: { how: 'count', of: 'looked', over: 'baseline' },
    money: { how: 'sum', field: 'price', of: 'bought', over: 'window' },
    dearest: { how: 'max', field: 'price', of: 'bought', over: 'window' },
    usual: { how: 'avg', field: 'price', of: 'bought', over: 'baseline' },
  },
  derive: {
    conversion: { op: '/', left: named('buyers'), right: named('visitors') },
    limit: {
      op: 'call',
      name: 'count_limit',
      args: [{ op: 'call', name: 'upper95', args: [named('before')] }, number(0.2), number(0.5)],
    },
  },
  having: {
    op: 'and',
    left: { op: '>=', left: named('visits'), right: number(2) },
    right: {
      op: 'or',
      left: { op: '<', left: named('conversion'), right: { op: 'parameter', name: 'most' } },
      right: { op: '>', left: named('dearest'), right: named('usual') },
    },
  },
  sort: [],
  schedule: { everyMs: 10 * MINUTE, delayMs: MINUTE },
  pivot: { before: '', after: '' },
};

const visits = fc.array(
  fc.record({
    minute: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.constantFrom(30, 55, 60, 85, 90)),
    late: fc.constantFrom(0, 0, 1, 7),
    action: fc.constantFrom('looked', 'looked', 'bought'),
    shop: fc.constantFrom('north', 'south', undefined),
    number: fc.constantFrom('a', 'b', 'c', 'd', undefined),
    price: fc.constantFrom(0.5, 2, 3, undefined),
  }),
  { minLength: 10, maxLength: 40, size: 'max' },
);

describe('hunting queries for Elastic', () => {
  it('look back over all that a run and the one before may see', () => {
    const { interval, lookback } = huntSchedule(planned(QUERY));
    expect(interval).to.equal(10 * MINUTE);
    expect(lookback).to.be.at.least((10 + 10 + 1 + 5 + 30 + 60) * MINUTE);
  });

  it('refuse what ES|QL estimates, and values of lists', () => {
    const measuring = (measure: HuntQuery['measures'][string]) => () =>
      esqlHunt(planned({ ...QUERY, measures: { ...QUERY.measures, one: measure } }), new Differences());
    expect(measuring({ how: 'percentile', field: 'price', of: 'looked', over: 'window', percentile: 95 })).to.throw(
      NotExportable,
      'estimate',
    );
    expect(measuring({ how: 'distinct', field: 'labels', of: 'looked', over: 'window' })).to.throw(
      NotExportable,
      'a list',
    );
    const having: Formula = { op: 'call', name: 'count_limit', args: [number(1), named('visits'), number(0.1)] };
    expect(() => planned({ ...QUERY, having })).to.throw(NotExportable, 'numbers or parameters');
  });

  describe('in a real Elasticsearch', () => {
    before(function () {
      needsEngine(this);
    });
    after(() => (process.env['TOLLGATE_ESQL_URL'] ? unload(STALL) : undefined));

    it('find at each tick the groups that memory finds there and not at the tick before, with their values', async () => {
      // Each day has shops of its own.
      const days = fc.sample(visits, { seed: 3, numRuns: 40 });
      const events = days.flatMap((list, day) =>
        list.map(({ minute, late, shop, ...record }) => {
          const time = START + minute * MINUTE;
          const own = {
            shop: shop && `${shop} ${day}`,
            'event.ingested': new Date(time + late * MINUTE).toISOString(),
          };
          return JSON.parse(JSON.stringify({ ...record, ...own, '@timestamp': new Date(time).toISOString() })) as Event;
        }),
      );
      await load(STALL, events);
      const fields = fieldsNeeded(QUERY);
      const inputs = Object.entries(QUERY.selections).map(([selection, plan]) => {
        const holds = compilePredicate(plan);
        const matches = events.flatMap((event, n) => {
          const [time, ingested] = ['@timestamp', 'event.ingested'].map((field) => Date.parse(event[field] as string));
          return holds(event)
            ? [{ event: n, time: time!, ingested: ingested!, values: fields.map((field) => scalarAt(event, field)) }]
            : [];
        });
        return { selection, fields, matches };
      });
      const query = esqlHunt(planned(QUERY), new Differences());
      const seenBy = (at: number) =>
        inputs.map((input) => ({ ...input, matches: input.matches.filter(({ ingested }) => ingested <= at) }));
      let before = new Set<unknown>();
      let told = 0;
      for (const run of runsIn(QUERY, { start: START, end: START + 180 * MINUTE })) {
        const { rows } = evaluateHunt(QUERY, seenBy(run.at), run);
        const wanted = rows.filter(({ group }) => !before.has(group['shop']));
        before = new Set(rows.map(({ group }) => group['shop']));
        // The run begins a minute after its turn, which changes nothing.
        const found = await esql(`${query}\n| LIMIT 1000`, undefined, run.at + MINUTE);
        const shops = (list: unknown[]): unknown[] => list.sort();
        expect(shops(found.map((row) => row['shop'])), new Date(run.at).toISOString()).to.deep.equal(
          shops(wanted.map(({ group }) => group['shop'])),
        );
        for (const { group, values } of wanted) {
          const row = found.find((one) => one['shop'] === group['shop'])!;
          for (const [name, value] of Object.entries(values))
            if (value === null) expect(row[name], name).to.equal(null);
            else expect(row[name], name).to.be.closeTo(value, 1e-9);
          told++;
        }
      }
      expect(told).to.be.greaterThan(40);
    });

    it('have the functions of formulas', async () => {
      const writer = new FormulaWriter();
      const x: Arithmetic = { op: 'column', name: 'x' };
      const steps: Derived[] = [
        { op: 'look-up', name: 'upper95', curve: { kind: 'upper95' }, at: x },
        { op: 'look-up', name: 'count_limit', curve: { kind: 'count_limit', spread: 0.3, chance: 0.000001 }, at: x },
        { op: 'derive', name: 'max', formula: { op: 'greatest', left: x, right: { op: 'number', value: 50 } } },
      ];
      const counts = [0, 1, 2, 7, 40, 63, 64, 65, 200, 999, 20_000, 900_000];
      const commands = steps.flatMap((step) => writer.column(step));
      const rows = await esql(
        `ROW x = [${counts.map((count) => `${count}.0`).join(', ')}]\n| MV_EXPAND x\n| ${commands.join('\n| ')}`,
      );
      for (const row of rows) {
        const x = row['x'] as number;
        expect((row['upper95'] as number) / FUNCTIONS['upper95']!.of(x)!, `upper95 of ${x}`).to.be.closeTo(1, 2e-5);
        const limit = countLimit(x, 0.3, 0.000001)!;
        const is = row['count_limit'] as number;
        if (limit <= 127) expect(is, `count_limit of ${x}`).to.equal(limit);
        else expect(is, `count_limit of ${x}`).to.be.closeTo(limit, Math.max(1, limit * 1e-5));
        expect(row['max']).to.equal(Math.max(x, 50));
      }
      expect(rows).to.have.length(counts.length);
    });
  });
});

import { expect } from 'chai';
import { evaluateHunt } from '../../../tools/detection/hunt/evaluate';
import { huntAlerts } from '../../../tools/detection/hunt/alerts';
import { caseFile } from '../../../tools/evidence/replay/case-events';
import { runsIn } from '../../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { LOOKUPS } from '../../../tools/export/panther/lake/dialect';
import { scheduledQuery } from '../../../tools/export/panther/lake/query';
import { LAG_MS, scheduleOf } from '../../../tools/export/panther/lake/schedule';
import { planOf } from '../../../tools/export/plan/detector';
import type { DetectorPlan } from '../../../tools/export/plan/types';
import { tableName } from '../../../tools/export/sql/columns';
import type { Dialect } from '../../../tools/export/sql/dialect';
import type { Contract } from '../../../tools/telemetry/contract';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { correlation, detection, equals } from '../fixture';
import { alertLines } from '../sql/compare';
import { Dice } from '../sql/dice';
import { duckdb } from '../sql/engines/duckdb';
import { alertsOf, held, huntInputs } from '../sql/memory';
import { SOURCES, START } from '../sql/random-events';
import { Warehouse, type Delivered } from '../sql/warehouse';
import { pantherRepository, type PantherRepository } from './content';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Every so manieth of the repository's queries is asked. */
const STEP = 30;

/** What the query of the export finds in DuckDB when it runs at some moment, over the tables of the warehouse. */
async function found(
  warehouse: Warehouse,
  plan: DetectorPlan,
  contracts: readonly Contract[],
  at: number,
): Promise<Record<string, unknown>[]> {
  const { dialect } = warehouse;
  const own: Dialect = {
    ...dialect,
    relation: (name) => (Object.hasOwn(LOOKUPS, name) ? dialect.relation(name) : dialect.identifier(name)),
    now: `CAST(${at} AS BIGINT)`,
  };
  const sources = contracts.map((contract) => ({
    contract,
    query: `SELECT * FROM ${dialect.relation(tableName(contract))}`,
  }));
  return warehouse.engine.rows(scheduledQuery(own, plan, sources, scheduleOf(plan)));
}

describe("Panther's scheduled queries in DuckDB", function () {
  this.timeout(600_000);

  it('tell over their runs, early or late, what one run over everything finds', async () => {
    const bought = detection('bought', equals('action', 'buy'));
    const warehouse = await Warehouse.open(duckdb, SOURCES);
    let told = 0;
    for (let seed = 0; seed < 6; seed++) {
      const dice = new Dice(seed);
      const delivered = dice.times(60, (): Delivered => {
        const time = START + dice.whole(0, 90) * MINUTE;
        const record = { time: new Date(time).toISOString(), action: 'buy', shop: dice.pick(['a', 'b']) };
        return { source: 'shop.log', record, ingested: time };
      });
      await warehouse.empty();
      await warehouse.load(delivered);
      const inner = correlation('many', { condition: { gte: 3 }, timespanMs: dice.pick([2, 5, 10]) * MINUTE });
      const outer: CorrelationRule = correlation('chain', {
        type: 'temporal_ordered',
        rules: ['many', 'bought'],
        timespanMs: 5 * MINUTE,
        condition: { gte: 2 },
      });
      const rules = [bought, inner, outer];
      const rule = dice.pick([inner, outer]);
      const plan = planOf(rule, { rules, queries: [], incidents: [], contracts: SOURCES, acts: new Map() });
      const lines: string[] = [];
      for (let tick = START; tick <= START + 105 * MINUTE; tick += 5 * MINUTE)
        for (const row of await found(warehouse, plan, [...SOURCES.values()], tick + dice.whole(-2, 2) * MINUTE))
          lines.push(`${String(row['group_key'])} ${String(row['started_ms'])}`);
      const alerts = alertsOf(rules, held(delivered, SOURCES), SOURCES).get(rule.id)!;
      const wanted = alertLines(alerts).map((line) => line.replace(/ \S+$/, ''));
      expect(lines.sort(), `seed ${seed}`).to.deep.equal(wanted);
      told += wanted.length;
    }
    await warehouse.close();
    expect(told).to.be.greaterThan(10);
  });

  it("tell the groups of a hunt that the run before did not have, of this repository's queries", async () => {
    const all = pantherRepository();
    const { contracts, queries } = all.content;
    const plans = all.plans.filter(({ plan }) => plan.kind === 'hunt');
    const warehouse = await Warehouse.open(
      duckdb,
      contracts,
      plans.map(({ plan }) => plan),
    );
    let told = 0;
    for (let index = 0; index < plans.length; index += STEP) {
      const { detector, plan } = plans[index]!;
      const query = queries.find(({ id }) => id === detector.id)!;
      const delivered = firing(all, query);
      await warehouse.empty();
      await warehouse.load(delivered);
      const events = held(delivered, contracts);
      const inputs = huntInputs(query, events);
      const times = events.map(({ time }) => time);
      const { alerts } = huntAlerts(query, inputs, { start: Math.min(...times), end: Math.max(...times) + 24 * HOUR });
      const every = query.schedule!.everyMs;
      const groups = (run: number) => {
        const due = runsIn(query, { start: run - every / 2, end: run + 1 })[0];
        const rows = due ? evaluateHunt(query, inputs, due).rows : [];
        return rows.map(({ group }) => JSON.stringify(Object.values(group).map(String)));
      };
      const first = alerts[0]!.start;
      for (const run of [first, first + every]) {
        const before = groups(run - every);
        const wanted = groups(run).filter((group) => !before.includes(group));
        const rows = await found(warehouse, plan, [contracts.get(query.source)!], run + LAG_MS);
        expect(rows.map((row) => String(row['group_key'])).sort(), query.title).to.deep.equal(wanted.sort());
        told += wanted.length;
      }
    }
    await warehouse.close();
    expect(told).to.be.greaterThan(0);
  });
});

/** The records of a query's first case with an alert. */
function firing({ loaded, cases }: PantherRepository, { id }: HuntQuery): Delivered[] {
  const file = loaded.content.cases.map(caseFile).find(({ rule }) => rule === id)!;
  const { records } = cases.get(id)![file.cases.findIndex(({ alerts }) => alerts > 0)]!;
  return records.map(({ source, record, time }) => ({ source, record, ingested: time }));
}

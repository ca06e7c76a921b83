import { expect } from 'chai';
import { planOf } from '../../../tools/export/plan/detector';
import type { DetectorPlan } from '../../../tools/export/plan/types';
import { addAlerts } from '../../../tools/export/sql/alerts';
import { detectorView } from '../../../tools/export/sql/files';
import { detectorQuery } from '../../../tools/export/sql/detector';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { correlation, detection, equals } from '../fixture';
import { alertLines } from './compare';
import { Dice } from './dice';
import { alertsOf, held } from './memory';
import { SOURCES, START } from './random-events';
import { TRIED } from './engines';
import { Warehouse, type Delivered } from './warehouse';

const MINUTE = 60_000;

const bought = detection('bought', equals('action', 'buy'));

function planned(rules: Rule[], rule: Rule): DetectorPlan {
  return planOf(rule, { rules, queries: [], incidents: [], contracts: SOURCES, acts: new Map() });
}

for (const subject of TRIED)
  describe(`runs one after the other in ${subject.dialect.title}`, () => {
    let warehouse: Warehouse;
    before(async () => {
      warehouse = await Warehouse.open(subject, SOURCES);
    });
    after(() => warehouse.close());
    beforeEach(async () => {
      await warehouse.empty();
      await warehouse.clear('alerts');
    });

    /** Runs a detector at some moments, each of which knows what the one before told; gives what was told as new. */
    async function told(plan: DetectorPlan, moments: readonly number[]): Promise<string[]> {
      const { dialect } = warehouse;
      await warehouse.engine.run(detectorView(dialect, 'd', detectorQuery(dialect, plan)));
      let since = 0;
      for (const at of moments) {
        await warehouse.ask({ since, at });
        await warehouse.engine.run(addAlerts(dialect, 'd', plan));
        since = at;
      }
      const rows = await warehouse.engine.rows(
        `SELECT group_key, started_ms FROM ${dialect.relation('alerts')} WHERE is_new`,
      );
      return rows.map((row) => `${row['group_key']} ${row['started_ms']}`).sort();
    }

    function buys(minutes: readonly number[], shop = 'a', late = 0): Delivered[] {
      return minutes.map((minute) => {
        const time = START + minute * MINUTE;
        return {
          source: 'shop.log',
          record: { time: new Date(time).toISOString(), action: 'buy', shop },
          ingested: time + late * MINUTE,
        };
      });
    }

    const minutes = (...at: number[]) => at.map((minute) => START + minute * MINUTE);

    it('tell an event once', async () => {
      await warehouse.load(buys([0, 1, 2]));
      expect(await told(planned([bought], bought), minutes(0, 1, 1, 2, 9))).to.have.length(3);
    });

    it('tell an episode once, however long it goes on, and the next one again', async () => {
      const rule = correlation('many', { condition: { gte: 3 }, timespanMs: 10 * MINUTE });
      await warehouse.load(buys([0, 1, 2, 8, 9, 15, 16, 17, 60, 61, 62]));
      const every = Array.from({ length: 70 }, (_, minute) => START + minute * MINUTE);
      const lines = [`["a"] ${START + 2 * MINUTE}`, `["a"] ${START + 62 * MINUTE}`];
      expect(await told(planned([bought, rule], rule), every)).to.deep.equal(lines);
    });

    it('tell nothing again where a late record makes an episode longer, and do where it makes a new one', async () => {
      const rule = correlation('many', { condition: { gte: 3 }, timespanMs: 2 * MINUTE });
      await warehouse.load([...buys([1, 2, 3, 10, 11]), ...buys([0, 10.5], 'a', 1)]);
      expect(await told(planned([bought, rule], rule), minutes(3, 11, 12))).to.deep.equal(
        [`["a"] ${START + 11 * MINUTE}`, `["a"] ${START + 2 * MINUTE}`].sort(),
      );
    });

    it('tell what a log that was silent delivers hours later, and nothing of then again', async () => {
      const rule = correlation('many', { condition: { gte: 3 }, timespanMs: 2 * MINUTE });
      await warehouse.load([
        ...buys([0, 1, 2, 90, 91, 92]),
        ...buys([30, 31, 32, 33], 'a', 300),
        ...buys([30.5], 'b', 300),
      ]);
      const lines = [2, 32, 92].map((minute) => `["a"] ${START + minute * MINUTE}`).sort();
      expect(await told(planned([bought, rule], rule), minutes(3, 95, 200, 331, 332, 333, 334, 400))).to.deep.equal(
        lines,
      );
      await warehouse.clear('alerts');
      expect(await told(planned([bought], bought), minutes(3, 95, 200, 331, 332, 333, 334, 400))).to.have.length(11);
    });

    it('tell what one run over everything finds, whatever the moments, where nothing is late', async () => {
      for (let seed = 0; seed < 12; seed++) {
        const dice = new Dice(seed);
        await warehouse.empty();
        await warehouse.clear('alerts');
        const delivered = dice.times(60, () => buys([dice.whole(0, 90)], dice.pick(['a', 'b']))).flat();
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
        const moments = [...dice.times(20, () => START + dice.whole(0, 90) * MINUTE), START + 95 * MINUTE].sort(
          (a, b) => a - b,
        );
        const wanted = alertLines(alertsOf(rules, held(delivered, SOURCES), SOURCES).get(rule.id)!).map((line) =>
          line.replace(/ \S+$/, ''),
        );
        expect(await told(planned(rules, rule), moments), `seed ${seed}`).to.deep.equal(wanted);
      }
    });
  });

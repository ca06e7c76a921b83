import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { columnsOf, tableName } from '../../../tools/export/sql/columns';
import { buildDataset } from '../../../tools/simulate/dataset';
import { casesOf, firstAlert } from './cases';
import { TRIED } from './engines';
import { holdAll, repository, type Repository } from './detectors';
import { held, type Held } from './memory';
import { Warehouse, type Delivered } from './warehouse';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So many cases of one in so many detectors are held, fewer in engines that are slower; all of all where TOLLGATE_ALL_CASES is set. */
const HELD: Readonly<Record<string, { cases: number; oneIn: number }>> = {
  duckdb: { cases: 6, oneIn: 1 },
  sqlite: { cases: 2, oneIn: 1 },
  postgresql: { cases: 1, oneIn: 3 },
};
const FEW = { cases: 1, oneIn: 1 };
const ALL = { cases: Infinity, oneIn: 1 };

/** So many detectors' cases are loaded at once: to plan the statement that loads takes longer than its work. */
const TOGETHER = 20;

/** Simulated records are many, and what is derived is the same text for each dialect. */
const ON_SIMULATED = 'duckdb';

for (const subject of TRIED)
  describe(`this repository's detectors in ${subject.dialect.title}`, function () {
    this.timeout(3_600_000);
    const { cases: most, oneIn } = process.env['TOLLGATE_ALL_CASES'] ? ALL : (HELD[subject.dialect.name] ?? FEW);
    let all: Repository;
    let warehouse: Warehouse;

    before(async () => {
      all = repository();
      warehouse = await Warehouse.open(
        subject,
        all.content.contracts,
        all.plans.map(({ plan }) => plan),
      );
    });
    after(() => warehouse.close());
    afterEach(() => warehouse.empty());

    it(`answer on ${most} cases of one in ${oneIn} as memory does`, async () => {
      const { contracts, queries } = all.content;
      const cases = all.loaded.content.cases.filter((_, place) => place % oneIn === 0);
      let found = 0;
      for (let first = 0; first < cases.length; first += TOGETHER) {
        let offset = 0;
        const files = cases.slice(first, first + TOGETHER).map((document) => {
          const one = casesOf(document, contracts, offset, most);
          offset += one.length;
          return one;
        });
        await warehouse.empty();
        await warehouse.load(files.flatMap(({ delivered }) => delivered));
        await warehouse.shelve();
        for (const { file, delivered, ends } of files) {
          const plans = all.plans.filter(({ detector }) => detector.id === file.rule);
          await warehouse.take(delivered);
          const events = held(delivered, contracts);
          const query = queries.find(({ id }) => id === file.rule);
          // A query at the run that alerts first in a case, or where none does, after the last event.
          const moments = query ? ends.map((end) => firstAlert(query, events, end) ?? end + HOUR) : [];
          const { alerts, rows } = await holdAll({ ...all, plans }, warehouse, events, () => moments);
          found += alerts + rows;
        }
      }
      expect(found).to.be.greaterThan(all.plans.length / oneIn / 2);
    });

    (subject.dialect.name === ON_SIMULATED ? it : it.skip)(
      'answer on simulated records as memory does, and derive the same fields',
      async () => {
        const { contracts } = all.content;
        const { worlds, scenarios } = all.loaded.datasets;
        const world = worlds.find(({ name }) => name === 'insurance-portal')!;
        const dataset = buildDataset({
          world,
          scenarios,
          contracts,
          seed: 3,
          days: 1,
          history: { days: 0, sources: [] },
          scale: 0.1,
        });
        const events: Held[] = [];
        const delivered: Delivered[] = [];
        for (const { n, source, time, ingested, event } of dataset.events()) {
          events.push({ n, source, time, ingested, event });
          delivered.push({ source, record: event, ingested });
        }
        await warehouse.load(delivered);
        const { alerts, rows } = await holdAll(all, warehouse, events, () => [dataset.start + 0.8 * DAY]);
        expect(alerts).to.be.greaterThan(0);
        expect(rows).to.be.greaterThan(0);
        const until = dataset.start + 3 * HOUR;
        for (const [source, contract] of contracts) {
          const columns = [...columnsOf(contract).values()];
          const wanted = events
            .filter((one) => one.source === source && one.time < until)
            .map(({ event, time }) => lineOf([time, ...columns.map(({ field }) => scalarAt(event, field))]));
          const table = warehouse.dialect.relation(tableName(contract));
          const rows = await warehouse.engine.rows(`SELECT * FROM ${table} WHERE ts < ${until}`);
          const got = rows.map((row) => lineOf([row['ts'], ...columns.map(({ name }) => row[name])]));
          expect(got.sort(), source).to.deep.equal(wanted.sort());
        }
      },
    );
  });

/** Values as a text; a list of one is one value to memory, and an empty one is none. */
function lineOf(values: readonly unknown[]): string {
  return values
    .map((value) => (Array.isArray(value) && value.length < 2 ? (value as unknown[])[0] : value))
    .map((value) => (value === undefined || value === null ? '-' : `${value as string}`))
    .join(' | ');
}

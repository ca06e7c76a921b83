import { expect } from 'chai';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { scalarAt } from '@tollgate/sigma/values/event';
import { caseFile, caseRecords, type Case, type CaseFile } from '../../../tools/evidence/replay/case-events';
import { huntAlerts } from '../../../tools/detection/hunt/alerts';
import { reachOf } from '../../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { columnsOf, tableName } from '../../../tools/export/sql/columns';
import { buildDataset } from '../../../tools/simulate/dataset';
import type { Contract } from '../../../tools/telemetry/contract';
import { deriver } from '../../../tools/telemetry/derive';
import { TRIED } from './engines';
import { holdAll, repository, type Repository } from './detectors';
import { held, huntInputs, type Held } from './memory';
import { Warehouse, type Delivered } from './warehouse';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Cases of one detector lie so far apart that no window and no baseline holds events of two of them. */
const APART = 40 * DAY;

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

interface CasesOf {
  file: CaseFile;
  delivered: Delivered[];
  /** When each case ends (epoch ms). */
  ends: number[];
  /** How long all of them are (ms). */
  length: number;
}

/** The records of a file's cases, one case after the other, `offset` (ms) after the time that they are told in. */
function casesOf(
  document: YamlDocument,
  contracts: ReadonlyMap<string, Contract>,
  offset: number,
  most: number,
): CasesOf {
  const file = caseFile(document);
  const cases = telling(file.cases, most);
  const delivered: Delivered[] = [];
  const ends: number[] = [];
  for (const [index, one] of cases.entries()) {
    const from = offset + index * APART;
    const records = caseRecords(file, one, contracts);
    for (const { source, time, record } of records) {
      const contract = contracts.get(source)!;
      const event = deriver(contract)(record, time + from);
      delivered.push({ source, record: moved(event, from, contract.time), ingested: time + from });
    }
    const last = records.at(-1);
    if (last) ends.push(last.time + from);
  }
  return { file, delivered, ends, length: cases.length * APART };
}

/** Those of a detector's cases that tell most, spread over its file: all of them are 365,000 records. */
function telling(cases: readonly Case[], most: number): Case[] {
  const close = cases.filter(({ kind }) => kind !== 'quiet');
  const step = Math.max(1, close.length / most);
  return Array.from({ length: Math.min(most, close.length) }, (_, n) => close[Math.floor(n * step)]!);
}

function firstAlert(query: HuntQuery, events: readonly Held[], end: number): number | null {
  const near = (time: number): boolean => time >= end - APART / 2 && time <= end;
  const own = events.filter(({ time }) => near(time));
  const { after } = reachOf(query);
  const { alerts } = huntAlerts(query, huntInputs(query, own), { start: end - APART / 2, end: end + after });
  return alerts[0]?.start ?? null;
}

/** Values as a text; a list of one is one value to memory, and an empty one is none. */
function lineOf(values: readonly unknown[]): string {
  return values
    .map((value) => (Array.isArray(value) && value.length < 2 ? (value as unknown[])[0] : value))
    .map((value) => (value === undefined || value === null ? '-' : `${value as string}`))
    .join(' | ');
}

/** An event as a record at another time. */
function moved(
  event: Record<string, unknown>,
  by: number,
  { field, format }: { field: string; format: string },
): Record<string, unknown> {
  const at = Date.parse(event['@timestamp'] as string) + by;
  const iso = new Date(at).toISOString();
  const time = format === 'epoch_millis' ? at : format === 'sns' ? iso.replace('T', ' ').replace('Z', '') : iso;
  const [first, ...rest] = field.split('.') as [string, ...string[]];
  const below =
    rest.length === 0
      ? time
      : rest.reduceRight<unknown>((value, key) => ({ ...(event[first] as object), [key]: value }), time);
  return { ...event, [first]: below, '@timestamp': iso };
}

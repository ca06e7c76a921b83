import { expect } from 'chai';
import { scalarAt } from '@tollgate/sigma/values/event';
import { caseFile, caseRecords, CASE_START } from '../../../tools/evidence/replay/case-events';
import { huntAlerts } from '../../../tools/detection/hunt/alerts';
import { columnsOf, tableName } from '../../../tools/export/sql/columns';
import { buildDataset } from '../../../tools/simulate/dataset';
import { deriver } from '../../../tools/telemetry/derive';
import { holdAll, repository, type Repository } from './detectors';
import { held, huntInputs, type Held } from './memory';
import { Warehouse, type Delivered } from './warehouse';

const DAY = 86_400_000;
/** Cases of one detector lie so far apart that no window and no baseline holds events of two of them. */
const APART = 40 * DAY;

describe("this repository's detectors in DuckDB", function () {
  this.timeout(900_000);
  let all: Repository;
  let warehouse: Warehouse;

  before(async () => {
    all = repository();
    warehouse = await Warehouse.open(
      all.content.contracts,
      all.plans.map(({ plan }) => plan),
    );
  });
  after(() => warehouse.close());
  afterEach(() => warehouse.empty());

  it('answer on the cases as memory does', async () => {
    const { contracts, queries } = all.content;
    const delivered: Delivered[] = [];
    const places = new Map<string, number[]>();
    /** Where cases are → their last event. */
    const ends = new Map<number, number>();
    for (const document of all.loaded.content.cases) {
      const file = caseFile(document);
      for (const one of file.cases) {
        const before = places.get(file.rule) ?? [];
        const from = before.length * APART;
        places.set(file.rule, [...before, from]);
        for (const { source, time, record } of caseRecords(file, one, contracts)) {
          const at = time + from;
          ends.set(from, Math.max(at, ends.get(from) ?? at));
          delivered.push({
            source,
            record: moved(deriver(contracts.get(source)!)(record, at), from, contracts.get(source)!.time),
            ingested: at,
          });
        }
      }
    }
    await warehouse.load(delivered);
    const events = held(delivered, contracts);
    // Each query at the runs at which its cases begin and end to alert, and of those that do not, after the last event.
    const moments = new Map(
      queries.map((query) => {
        const inputs = huntInputs(query, events);
        const period = (from: number) => ({ start: CASE_START + from - DAY, end: CASE_START + from + 20 * DAY });
        return [
          query.id,
          (places.get(query.id) ?? []).flatMap((from) => {
            const { alerts } = huntAlerts(query, inputs, period(from));
            const last = ends.get(from) ?? CASE_START + from;
            return alerts.length > 0
              ? alerts.flatMap(({ start, end }) => [start, end]).slice(0, 2)
              : [last + 3_600_000];
          }),
        ];
      }),
    );
    const { alerts, rows } = await holdAll(all, warehouse, events, ({ id }) => moments.get(id)!);
    expect(alerts).to.be.greaterThan(all.content.rules.length);
    expect(rows).to.be.greaterThan(queries.length);
  });

  it('answer on simulated records as memory does, and derive the same fields', async () => {
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
      scale: 0.3,
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
    for (const [source, contract] of contracts) {
      const own = events.filter((one) => one.source === source).slice(0, 2000);
      const columns = [...columnsOf(contract).values()].filter(({ raw }) => !raw);
      const stored = await warehouse.engine.rows(
        `SELECT * FROM tollgate.${tableName(contract)} ORDER BY event_id LIMIT 2000`,
      );
      for (const { field, name } of columns) {
        const shown = (value: unknown) => JSON.stringify(value ?? null);
        const wanted = own.map(({ event }) => shown(scalarAt(event, field)));
        const got = stored.map((row) => shown(oneOrMore(row[name])));
        expect(got, `${source} ${field}`).to.deep.equal(wanted);
      }
    }
  });
});

/** A list of one is one value to memory. */
function oneOrMore(value: unknown): unknown {
  return Array.isArray(value) && value.length < 2 ? (value as unknown[])[0] : value;
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

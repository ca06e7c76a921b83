import { expect } from 'chai';
import { isDeepStrictEqual } from 'node:util';
import type { Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';
import { openSearchPipeline } from '../../tools/export/opensearch/pipeline';
import type { Contract } from '../../tools/telemetry/contract';
import { findLayout } from '../../tools/command/check/layout';
import { loadContent } from '../../tools/command/check/load';
import { buildDataset } from '../../tools/simulate/dataset';
import { deriver } from '../../tools/telemetry/derive';
import { assetKeysOf, examplesOf, without } from '../telemetry/asset-records';
import { repositoryContracts } from '../telemetry/contracts';

/** An Elasticsearch or OpenSearch (2.19) with `ingest-common` and `lang-painless`. */
const URL = process.env['TOLLGATE_PAINLESS_URL'];

/** Simulated records of each source at most, and so many at a time. */
const [MOST, BATCH] = [10_000, 1000];
/** Sends a day of a world that is made within seconds. */
const SMALL = 5000;

async function call(method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${URL}${path}`, { method, body: JSON.stringify(body), headers });
  return (await answer.json()) as Record<string, unknown>;
}

/** What the pipeline makes of each record, or the error. */
async function simulated(contract: Contract, records: Event[]): Promise<Event[]> {
  const docs = records.map((record) => ({ _index: 'tollgate', _source: record }));
  const answer = await call('POST', '/_ingest/pipeline/_simulate', { pipeline: openSearchPipeline(contract), docs });
  if (!Array.isArray(answer['docs'])) throw new Error(JSON.stringify(answer).slice(0, 800));
  return (answer['docs'] as { doc?: { _source: Event }; error?: unknown }[]).map(
    ({ doc, error }) => doc?._source ?? { error },
  );
}

function at(record: unknown, path: string): unknown {
  return path.split('.').reduce((level, key) => (isMap(level) ? level[key] : undefined), record) ?? undefined;
}

/** Records that lack a field, or have another thing in its place. */
function oddly(record: Event, contract: Contract): Event[] {
  const [first = 'x'] = Object.keys(record);
  return [
    record,
    without(record, assetKeysOf(contract)),
    ...Object.keys(record)
      .filter((key) => key !== contract.time.field.split('.')[0])
      .flatMap((key) => [without(record, [key]), { ...record, [key]: [] }, { ...record, [key]: 'it’s "odd" \\' }]),
    { ...record, [`${first}_more`]: { deep: [1, null] } },
  ];
}

/** Records of each source as its platform delivers them, from all small worlds; made when they are first asked for. */
function recordsBySource(): () => Map<string, Event[]> {
  let made: Map<string, Event[]> | undefined;
  return () => {
    if (made) return made;
    made = new Map();
    const contracts = repositoryContracts();
    const { worlds, scenarios } = loadContent(findLayout([])).datasets;
    for (const world of worlds.filter(({ sends_per_day: sends }) => sends <= SMALL)) {
      const dataset = buildDataset({
        world,
        scenarios,
        contracts,
        seed: 3,
        days: 3,
        history: { days: 0, sources: [] },
      });
      for (const { source, event } of dataset.events()) {
        const records = made.get(source) ?? [];
        made.set(source, records);
        const derived = ['@timestamp', ...Object.keys(contracts.get(source)!.derived)];
        if (records.length < MOST) records.push(without(event, derived));
      }
    }
    return made;
  };
}

describe('ingest pipelines in a real engine', () => {
  before(function () {
    if (URL) return;
    this.test?.parent?.eachTest((test) => (test.title += ' (no TOLLGATE_PAINLESS_URL)'));
    this.skip();
  });

  const simulated10k = recordsBySource();

  for (const contract of repositoryContracts().values()) {
    it(`derive of simulated records of ${contract.id} what memory derives`, async () => {
      const records = simulated10k().get(contract.id) ?? [];
      expect(records.length, 'no world has this source').to.be.greaterThan(0);
      const derive = deriver(contract);
      for (let from = 0; from < records.length; from += BATCH) {
        const batch = records.slice(from, from + BATCH);
        (await simulated(contract, batch)).forEach((is, n) => {
          const should = derive(batch[n]!, 0);
          for (const field of ['@timestamp', ...Object.keys(contract.derived)]) {
            const [got, wanted] = [at(is, field), at(should, field)];
            const isEqual =
              field === '@timestamp'
                ? Date.parse(String(got)) === Date.parse(String(wanted))
                : isDeepStrictEqual(got, wanted);
            if (!isEqual) expect(got, `${field} of ${JSON.stringify(batch[n])}`).to.deep.equal(wanted);
          }
        });
      }
      console.log(`      ${records.length} records of ${contract.id}`);
    });

    it(`compile, and derive of ${contract.id} what memory derives`, async () => {
      const records = [contract.example as Event, ...examplesOf(contract).flatMap((one) => one.records)].flatMap(
        (record) => oddly(record, contract),
      );
      const derive = deriver(contract);
      const ingested = await simulated(contract, records);
      let compared = 0;
      records.forEach((record, n) => {
        let wanted: Event;
        try {
          wanted = derive(record, 0);
        } catch {
          return;
        }
        for (const field of Object.keys(contract.derived)) {
          compared++;
          const [is, should] = [at(ingested[n], field), at(wanted, field)];
          if (!isDeepStrictEqual(is, should)) expect(is, `${field} of ${JSON.stringify(record)}`).to.deep.equal(should);
        }
        expect(Date.parse(at(ingested[n], '@timestamp') as string)).to.equal(
          Date.parse(wanted['@timestamp'] as string),
        );
        expect(at(ingested[n], 'service.id')).to.deep.equal(at(ingested[n], 'asset.id'));
      });
      expect(compared).to.be.greaterThan(5);
    });

    it(`keep a record of ${contract.id} that has no time, as of its arrival`, async () => {
      const [event] = await simulated(contract, [without(contract.example as Event, [contract.time.field])]);
      expect(at(event, '@timestamp')).to.equal(at(event, 'event.ingested'));
      expect(at(event, 'tags')).to.deep.equal(['tollgate_time_of_arrival']);
    });
  }
});

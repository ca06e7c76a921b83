import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from '@elastic/elasticsearch';
import type { Event } from '@tollgate/sigma/values/event';
import { openClient } from '../../../../tools/detection/elasticsearch/client';
import { ReadOnlyCluster } from '../../../../tools/evidence/own-logs/cluster';
import { contractShape } from '../../../../tools/evidence/own-logs/contract-shape';
import { Losses } from '../../../../tools/evidence/own-logs/losses';
import { platformShape } from '../../../../tools/evidence/own-logs/platform-shape';
import { replayIndices } from '../../../../tools/evidence/own-logs/replay-index';
import type { OwnReport } from '../../../../tools/evidence/own-logs/result';
import { buildDataset } from '../../../../tools/simulate/dataset';
import { loadDatasets } from '../../../../tools/simulate/load';
import { readersOf } from '../../../../tools/telemetry/readers';
import { placesOf } from '../../../../tools/telemetry/shape';
import { loadShapes } from '../../../../tools/telemetry/shape-load';
import { realNode } from '../../../detection/elasticsearch/node';
import { contentOf, contracts, rates, replayOf, type Delivered } from '../logs';
import { DOCUMENTS, withoutEmpty } from './documents';
import { mappingOf } from './mappings';

const ROOT = join(__dirname, '../../../..');
const { shapes } = loadShapes(join(ROOT, 'schemas', 'shapes', 'elastic'), contracts);
const WORLDS = ['insurance-portal', 'staff-portal', 'subscription-app', 'mobile-game', 'city-services'];

/** In so much of the day each source shows a campaign. */
const UNTIL = '2026-08-03T16:00:00.000Z';

/** Part of a day of the worlds' records as the vendors deliver them, without what is derived of them. */
function records(): Delivered[] {
  const { worlds, scenarios } = loadDatasets(join(ROOT, 'datasets'));
  return worlds
    .filter(({ name }) => WORLDS.includes(name))
    .flatMap((world) => {
      const of = new Map([...contracts].filter(([id]) => Object.hasOwn(DOCUMENTS, id)));
      const history = { days: 0, sources: [] };
      const dataset = buildDataset({ world, scenarios, contracts: of, seed: 3, days: 1, history });
      return Array.from(dataset.events())
        .filter(({ event }) => String(event['@timestamp']) < UNTIL)
        .map(({ source, event }, n) => ({
          source,
          form: 'json',
          record: rawOf(event, source),
          place: { file: world.name, line: n + 1 },
        }));
    });
}

function rawOf(event: Event, source: string): Event {
  const own = new Set(Object.keys(contracts.get(source)!.fields).map((name) => name.split('.')[0]!));
  return Object.fromEntries(Object.entries(event).filter(([key]) => own.has(key)));
}

describe("the pack on the indices of Elastic's own integrations", () => {
  const node = realNode();
  const prefix = randomBytes(4).toString('hex');
  const indexOf = (source: string): string => `own-${prefix}-${source}`;
  const readers = readersOf(ROOT, contracts);
  const files = Object.keys(DOCUMENTS).flatMap((source) => (readers.get(source) ?? []).map(({ path }) => path));
  const content = contentOf(...new Set(files));
  let client: Client;
  let all: Delivered[];

  before(async function () {
    client = openClient(node().access);
    all = records();
    for (const { id } of shapes) {
      const settings = { number_of_shards: 2, number_of_replicas: 0 };
      await client.indices.create({ index: indexOf(id), mappings: mappingOf(id, keywordsOf(id)), settings });
    }
    for (let at = 0; at < all.length; at += 5000) {
      const operations = all
        .slice(at, at + 5000)
        .flatMap(({ source, record }) => [
          { index: { _index: indexOf(source) } },
          withoutEmpty(DOCUMENTS[source]!(record)) as Event,
        ]);
      const { errors, items } = await client.bulk({ operations });
      expect(errors, JSON.stringify(items.find((item) => item.index?.error)?.index?.error)).to.equal(false);
    }
    await client.indices.refresh({ index: `own-${prefix}-*` });
  });
  after(async () => {
    await client?.indices.delete({ index: shapes.map(({ id }) => indexOf(id)) });
    await client?.close();
  });

  const replay = (sources: string[] = shapes.map(({ id }) => id), named?: string): Promise<OwnReport> =>
    replayIndices(new ReadOnlyCluster(client, { requests: 0, bytes: 0 }), {
      content,
      incidents: [],
      rates,
      losses: new Losses(),
      progress: { update: () => undefined },
      places: new Map(
        sources.map((source) => {
          const contract = contracts.get(source)!;
          const shape = shapes.find(({ id }) => id === source)!;
          const index = named ?? indexOf(source);
          return [source, [contractShape(contract, index), platformShape(shape, contract, index)]];
        }),
      ),
      span: {},
      engine: { name: 'elasticsearch', version: node().version },
    });

  it('finds what a reading of the same records finds', async () => {
    const [here, there] = [await replayOf(content, all), await replay()];
    const told = ({ rules, queries }: OwnReport) =>
      [...rules, ...queries].map(({ name, episodes, days, matched, records: count, alerts }) => ({
        name,
        episodes,
        days,
        matched,
        count,
        alerts: alerts.map(({ group, start, end, value, events }) => ({ group, start, end, value, events })),
      }));
    expect(told(there)).to.deep.equal(told(here));
    expect(there.notRun.map(({ name }) => name)).to.deep.equal(here.notRun.map(({ name }) => name));
    for (const { reason } of there.notRun)
      expect(reason).to.match(
        /^it compares with the (7|14) days before|^the indices have no records of google\.identity$/,
      );
    const caught = there.sources.filter(({ id }) =>
      [...there.rules, ...there.queries].some(({ sources, episodes }) => sources.includes(id) && episodes > 0),
    );
    expect(caught.map(({ id, form }) => `${id} ${form}`)).to.deep.equal(shapes.map(({ id }) => `${id} elastic`).sort());
  });

  it('finds what only the second look can decide', async () => {
    const off = { type: 'sapi', tenant_name: 'late', description: 'Update phone provider' };
    const changed = (minute: number, path: string): Event => ({
      ...off,
      date: `2026-08-03T16:${String(minute)}:00.000Z`,
      details: { request: { path: `/api/v2/attack-protection/${path}`, body: { type: 'none' } } },
    });
    const records = [changed(30, 'captcha'), changed(40, 'phone-provider-protection'), changed(50, 'captcha')];
    const index = indexOf('auth0.tenant');
    for (const record of records)
      await client.index({ index, document: withoutEmpty(DOCUMENTS['auth0.tenant']!(record)) as Event, refresh: true });
    const { rules } = await replay(['auth0.tenant']);
    const found = rules.find(({ name }) => name === 'Auth0 protection against abuse switched off')!;
    const late = found.alerts.filter(({ group }) => group['asset.id'] === 'late');
    const times = late.map(({ start, end, events }) => ({ start, end, events }));
    expect(times).to.deep.equal([{ start: '2026-08-03T16:40:00.000Z', end: '2026-08-03T16:40:00.000Z', events: 1 }]);
  });

  it('says which field of the index is not there', async () => {
    const index = `own-${prefix}-bare`;
    const { properties, ...rest } = mappingOf('aws.waf', keywordsOf('aws.waf'));
    const others = Object.fromEntries(Object.entries(properties!).filter(([name]) => name !== 'url.path'));
    await client.indices.create({ index, mappings: { ...rest, properties: others } });
    try {
      const document = { '@timestamp': '2026-08-03T00:00:00Z', event: { action: 'ALLOW' } };
      await client.index({ index, document, refresh: true });
      const { notRun } = await replay(['aws.waf'], index);
      const reasonOf = (title: string) => notRun.find(({ name }) => name.startsWith(title))!.reason;
      expect(reasonOf('ACFP finds')).to.equal(
        `${index} has no field for labels.name of aws.waf (usually aws.waf.labels.name)`,
      );
      expect(reasonOf('Many CAPTCHAs')).to.equal(
        `${index} has no field for httpRequest.uri of aws.waf (usually url.path)`,
      );
    } finally {
      await client.indices.delete({ index });
    }
  });
});

/** The index fields of a source that are keywords as its files say. */
function keywordsOf(source: string): string[] {
  const shape = shapes.find(({ id }) => id === source)!;
  const places = Object.keys(shape.fields).flatMap((name) => placesOf(shape, name));
  return places.flatMap(({ field, type, evidence }) => (evidence === 'seen' && type === 'keyword' ? field : []));
}

import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from '@elastic/elasticsearch';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { indexFor } from '../../../tools/detection/elasticsearch/run-index';
import { ReadOnlyCluster } from '../../../tools/evidence/own-logs/cluster';
import type { OwnContent } from '../../../tools/evidence/own-logs/detectors';
import { parseIncident } from '../../../tools/evidence/own-logs/incidents';
import { Losses } from '../../../tools/evidence/own-logs/losses';
import { replayIndices } from '../../../tools/evidence/own-logs/replay-index';
import type { OwnReport } from '../../../tools/evidence/own-logs/result';
import { contractShape } from '../../../tools/evidence/own-logs/contract-shape';
import { buildDataset } from '../../../tools/simulate/dataset';
import { loadDatasets } from '../../../tools/simulate/load';
import { realNode } from '../../detection/elasticsearch/node';
import { contentOf, contracts, rates, replayOf, type Delivered } from './logs';

const SOURCES = ['twilio.messaging', 'twilio.verify', 'twilio.monitor', 'twilio.errors'];
const INCIDENT = '2026-08-03T08:00Z/PT4H';

/** A day of a world and the two weeks before, as its logs have them. */
function dayOfShop(): Delivered[] {
  const { worlds, scenarios } = loadDatasets(join(__dirname, '../../..', 'datasets'));
  const dataset = buildDataset({
    world: worlds.find(({ name }) => name === 'regional-shop')!,
    scenarios,
    contracts: new Map([...contracts].filter(([id]) => SOURCES.includes(id))),
    seed: 3,
    days: 1,
    history: { days: 15, sources: SOURCES },
  });
  return Array.from(dataset.events(), ({ source, event }, n) => ({
    source,
    form: 'json',
    record: event,
    place: { file: 'day', line: n + 1 },
  }));
}

describe("the pack on one's own indices", () => {
  const node = realNode();
  const name = (source: string): string => `own-${prefix}-${source.replace('.', '-')}`;
  const prefix = randomBytes(4).toString('hex');
  const traffic = { requests: 0, bytes: 0 };
  const content: OwnContent = contentOf(
    ...[
      'twilio_message_block_burst',
      'twilio_verify_block_burst',
      'twilio_verify_expired_block',
      'twilio_control_change_then_block_burst',
      'twilio_geo_permission_opened',
    ].map((rule) => `rules/twilio/${rule}.yml`),
    ...['twilio_verify_block_unused', 'twilio_message_country_undelivered', 'twilio_errors_above_usual'].map(
      (query) => `queries/twilio/${query}.yml`,
    ),
  );
  let client: Client;
  let records: Delivered[];
  let bytes = 0;

  before(async function () {
    client = openClient(node().access, undefined, (each) => (traffic.bytes += each));
    records = dayOfShop();
    for (const source of SOURCES)
      await client.indices.create({
        index: name(source),
        ...indexFor(contracts.get(source)!),
        settings: { number_of_shards: 3, number_of_replicas: 0, ...analysisOf(source) },
      });
    for (let at = 0; at < records.length; at += 5000) {
      const operations = records
        .slice(at, at + 5000)
        .flatMap(({ source, record }) => [{ index: { _index: name(source) } }, record]);
      bytes += JSON.stringify(operations).length;
      expect((await client.bulk({ operations })).errors).to.equal(false);
    }
    await client.indices.refresh({ index: `own-${prefix}-*` });
    traffic.bytes = 0;
  });
  after(async () => {
    await client?.indices.delete({ index: SOURCES.map(name) });
    await client?.close();
  });

  const analysisOf = (source: string) => ({ analysis: indexFor(contracts.get(source)!).settings!.analysis! });
  const replayIn = (only = SOURCES, index = name): Promise<OwnReport> =>
    replayIndices(new ReadOnlyCluster(client, traffic), {
      content,
      incidents: [parseIncident(INCIDENT)],
      rates,
      losses: new Losses(),
      progress: { update: () => undefined },
      places: new Map(only.map((source) => [source, [contractShape(contracts.get(source)!, index(source))]])),
      span: {},
      engine: { name: 'elasticsearch', version: node().version },
    });

  it('finds what a reading of all records finds, and fetches a part of them', async () => {
    const [here, there] = [await replayOf(content, records, INCIDENT), await replayIn()];
    const told = ({ rules, queries }: OwnReport) =>
      [...rules, ...queries].map(
        ({ name: title, episodes, days, matched, records: all, sends, alerts, incidents }) => ({
          title,
          episodes,
          days,
          matched,
          all,
          sends,
          incidents,
          alerts: alerts.map(({ group, start, end, value, events }) => ({ group, start, end, value, events })),
        }),
      );
    expect(told(there)).to.deep.equal(told(here));
    expect(there.rules.some(({ episodes }) => episodes > 0)).to.equal(true);
    expect(there.queries.some(({ alerts }) => alerts.length > 0)).to.equal(true);
    expect(there.notRun).to.deep.equal(here.notRun);
    const shown = ({ sources }: OwnReport) => sources.map((one) => ({ ...one, form: '' }));
    expect(shown(there)).to.deep.equal(shown(here));
    expect(there.incidents.map(({ first, whole }) => ({ first, messages: whole.messages }))).to.deep.equal(
      here.incidents.map(({ first, whole }) => ({ first, messages: whole.messages })),
    );
    expect(there.cost.bytes).to.be.greaterThan(0).and.lessThan(bytes);
  });

  it('says which indices lack what a rule reads, and runs the rest', async () => {
    const index = `own-${prefix}-bare`;
    const keyword = { type: 'keyword' as const };
    await client.indices.create({ index, mappings: { properties: { '@timestamp': { type: 'date' }, type: keyword } } });
    try {
      await client.index({ index, document: { '@timestamp': '2026-08-03T00:00:00Z', type: 'x' }, refresh: true });
      const { notRun, rules } = await replayIn(['twilio.messaging'], () => index);
      expect(rules).to.deep.equal([]);
      const burst = notRun.find(({ name: title }) => title === 'Twilio messages to many numbers of one block');
      expect(burst!.reason).to.match(new RegExp(`^${index} has no field for [\\w.]+ of twilio.messaging$`));
    } finally {
      await client.indices.delete({ index });
    }
  });

  it('says that there is none of the indices', async () => {
    let message = '';
    await replayIn(SOURCES, () => `own-${prefix}-none-*`).catch((error: Error) => (message = error.message));
    expect(message).to.equal('the cluster has none of the indices');
  });
});

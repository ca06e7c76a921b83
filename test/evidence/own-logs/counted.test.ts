import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from '@elastic/elasticsearch';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { indexFor } from '../../../tools/detection/elasticsearch/run-index';
import { parseQueries } from '../../../tools/detection/hunt/parse';
import { ReadOnlyCluster } from '../../../tools/evidence/own-logs/cluster';
import { contractShape } from '../../../tools/evidence/own-logs/contract-shape';
import { Losses } from '../../../tools/evidence/own-logs/losses';
import { replayIndices } from '../../../tools/evidence/own-logs/replay-index';
import type { OwnReport } from '../../../tools/evidence/own-logs/result';
import { buildDataset } from '../../../tools/simulate/dataset';
import { loadDatasets } from '../../../tools/simulate/load';
import { realNode } from '../../detection/elasticsearch/node';
import { contentOf, contracts, rates, replayOf, type Delivered } from './logs';

const SOURCE = 'cloudflare.http';
const contract = contracts.get(SOURCE)!;

/** A query over requests; `parts` are its measures, what they must be, and when it is run. */
function queryOf(title: string, parts: string): string {
  return `title: ${title}
id: 39a8f469-5985-404e-b0bf-${randomBytes(6).toString('hex')}
status: experimental
level: low
description: Counts requests that ask for codes and those that return them, of no use but for this test.
references: [https://example.com/]
tags: [attack.impact, attack.t1496.003]
source: ${SOURCE}
scope: {asset: asset.id, identity: ClientIP}
detection:
  posted: {ClientRequestMethod: POST, "ClientRequestPath|endswith": /code}
  checked: {ClientRequestMethod: POST, "ClientRequestPath|endswith": /verify}
  phones: {ClientRequestMethod: POST, ClientDeviceType: mobile}
  condition: posted or checked or phones
${parts}
pivot: {before: what the group did before, after: what the group did after}
falsepositives: ["load-test: none"]
`;
}

const BY_COUNTRY = 'group-by: [asset.id, ClientCountry]';
const MEASURES = `posts: {count: posted}, checks: {count: checked}, phones: {count: phones}, kinds: {distinct: ClientDeviceType, of: posted}`;
const COUNTED = [
  queryOf(
    'Counted as scheduled, with a baseline',
    `${BY_COUNTRY}
window: {default: 1h, max: 24h, settle: 10m}
baseline: {length: 6h}
schedule: {every: 10m, delay: 1m}
measures: {${MEASURES}, before: {count: posted, over: baseline}}
derive: {conversion: checks / posts}
having: posts >= 5 and kinds >= 2 and (conversion < 0.9 or before < 4 * posts)
sort: [-posts]`,
  ),
  queryOf(
    'Counted once a window',
    `${BY_COUNTRY}
window: {default: 30m, max: 24h}
measures: {${MEASURES}}
having: posts >= 4
sort: [-posts]`,
  ),
];
const NOT_COUNTED = [
  queryOf(
    'Distinct addresses',
    `${BY_COUNTRY}
window: {default: 30m, max: 24h}
measures: {addresses: {distinct: ClientIP, of: posted}, checks: {count: checked}, phones: {count: phones}}
having: addresses >= 4
sort: [-addresses]`,
  ),
  queryOf(
    'A sum of scores',
    `${BY_COUNTRY}
window: {default: 30m, max: 24h}
measures: {scores: {sum: BotScore, of: posted}, checks: {count: checked}, phones: {count: phones}}
having: scores >= 4
sort: [-scores]`,
  ),
];

describe('a query over more matches than are fetched', () => {
  const node = realNode();
  const index = `own-${randomBytes(4).toString('hex')}-counted`;
  const content = (texts: string[]) => {
    const documents = texts.flatMap((text) => parseYaml('query.yml', text).documents);
    const { queries, diagnostics } = parseQueries(documents, contracts);
    expect(diagnostics).to.deep.equal([]);
    return { ...contentOf(), queries };
  };
  let client: Client;
  let records: Delivered[];

  before(async function () {
    client = openClient(node().access);
    const { worlds, scenarios } = loadDatasets(join(__dirname, '../../..', 'datasets'));
    const world = worlds.find(({ name }) => name === 'subscription-app')!;
    const history = { days: 0, sources: [] };
    const of = new Map([[SOURCE, contract]]);
    const dataset = buildDataset({ world, scenarios, contracts: of, seed: 3, days: 1, history });
    records = Array.from(dataset.events(), ({ source, event }, n) => ({
      source,
      form: 'json',
      record: event,
      place: { file: 'day', line: n + 1 },
    }));
    await client.indices.create({ index, ...indexFor(contract) });
    for (let at = 0; at < records.length; at += 5000) {
      const operations = records.slice(at, at + 5000).flatMap(({ record }) => [{ index: { _index: index } }, record]);
      expect((await client.bulk({ operations })).errors).to.equal(false);
    }
    await client.indices.refresh({ index });
  });
  after(async () => {
    await client?.indices.delete({ index });
    await client?.close();
  });

  const replay = (texts: string[], most: number): Promise<OwnReport> =>
    replayIndices(new ReadOnlyCluster(client, { requests: 0, bytes: 0 }), {
      content: content(texts),
      incidents: [],
      rates,
      losses: new Losses(),
      progress: { update: () => undefined },
      places: new Map([[SOURCE, [contractShape(contract, index)]]]),
      span: {},
      most,
      engine: { name: 'elasticsearch', version: node().version },
    });

  it('finds what it finds in all of them, where the cluster counts them', async () => {
    const here = await replayOf(content(COUNTED), records);
    const [counted, fetched] = [await replay(COUNTED, 100), await replay(COUNTED, 1_000_000)];
    const told = ({ queries }: OwnReport) =>
      queries.map(({ name, episodes, days, matched, nearness, excluded, alerts, more }) => ({
        name,
        episodes,
        days,
        matched,
        nearness,
        excluded,
        more,
        alerts: alerts.map(({ group, start, end, visible, value, events }) => ({
          group,
          start,
          end,
          visible,
          value,
          events,
        })),
      }));
    expect(counted.notRun).to.deep.equal([]);
    expect(told(counted)).to.deep.equal(told(here));
    expect(told(fetched)).to.deep.equal(told(here));
    for (const { episodes, nearnessIsExact } of counted.queries) {
      expect(episodes).to.be.greaterThan(5);
      expect(nearnessIsExact).to.equal(true);
    }
  });

  it('is not run where the cluster can count them no better', async () => {
    const { notRun, queries } = await replay(NOT_COUNTED, 100);
    expect(queries).to.deep.equal([]);
    for (const { reason } of notRun) expect(reason).to.match(/^more than 100 of its matches would have to be fetched/);
    expect(notRun).to.have.length(2);
  });
});

import { randomBytes } from 'node:crypto';
import type { Client } from '@elastic/elasticsearch';
import { openClient } from '../tools/detection/elasticsearch/client';
import { indexFor } from '../tools/detection/elasticsearch/run-index';
import { findNode } from '../tools/detection/elasticsearch/node/find';
import { loadYaml } from '../tools/foundation/content/load-yaml';
import { parseQueries } from '../tools/detection/hunt/parse';
import { findYaml } from '../tools/foundation/content/find';
import { ReadOnlyCluster } from '../tools/evidence/own-logs/cluster';
import { Losses } from '../tools/evidence/own-logs/losses';
import { replayIndices } from '../tools/evidence/own-logs/replay-index';
import { contractShape } from '../tools/evidence/own-logs/contract-shape';
import { rateCardOf } from '../tools/simulate/load';
import { loadRules } from '../tools/detection/rules/load';
import { deriver } from '../tools/telemetry/derive';
import { loadContracts } from '../tools/telemetry/load';

// How time, memory and bytes over the wire grow in place as the records double twice: node -r ./bin/compiler.js bench/in-place.ts [records]

const LARGEST = Number(process.argv[2] ?? 5_000_000);
const SOURCE = 'twilio.messaging';
const START = Date.UTC(2026, 7, 1);
const MONTH = 30 * 86_400_000;
const BATCH = 10_000;

const { contracts } = loadContracts('schemas/telemetry');
const contract = contracts.get(SOURCE)!;
const derive = deriver(contract);
const progress = { update: () => undefined };

/** Message `n` of so many in a month: a number of one of 20,000 blocks, and now and then one of a run in one block. */
function message(n: number, of: number): Record<string, unknown> {
  const isRun = n % 50_000 < 40;
  const block = isRun ? 99_400_000 + Math.floor(n / 50_000) : 49_150_000 + ((n * 7919) % 20_000);
  const timestamp = new Date(START + Math.floor((n / of) * MONTH)).toISOString();
  const to = `+${block}${String((n * 104_729) % 10_000).padStart(4, '0')}`;
  const data = {
    ...(contract.example['data'] as object),
    to,
    timestamp,
    messageStatus: 'QUEUED',
    messageSid: `SM${n}`,
  };
  const record = { ...contract.example, type: 'com.twilio.messaging.message.queued', data };
  return derive(record, Date.parse(timestamp));
}

async function fill(client: Client, index: string, records: number): Promise<void> {
  const { settings, mappings } = indexFor(contract);
  await client.indices.create({
    index,
    mappings: mappings!,
    settings: { number_of_shards: 1, number_of_replicas: 0, analysis: settings!.analysis! },
  });
  for (let at = 0; at < records; at += BATCH) {
    const size = Math.min(BATCH, records - at);
    const operations = Array.from({ length: size }, (_, n) => [{ index: {} }, message(at + n, records)]).flat();
    const { errors } = await client.bulk({ index, operations });
    if (errors) throw new Error('a document was rejected');
  }
  await client.indices.refresh({ index });
}

async function main(): Promise<void> {
  const node = await findNode({ env: process.env, progress });
  const { rules, parts } = loadRules(['rules/twilio']);
  const documents = findYaml(['queries/twilio']).flatMap((file) => loadYaml(file).documents);
  const content = { rules, queries: parseQueries(documents, contracts).queries, contracts, parts, unread: [] };
  console.log('records   seconds   bytes fetched   answers   peak heap MB   ran');
  for (const records of [LARGEST / 4, LARGEST / 2, LARGEST].map(Math.floor)) {
    const index = `bench-${randomBytes(4).toString('hex')}`;
    const traffic = { requests: 0, bytes: 0 };
    const client = openClient(node.access, undefined, (bytes) => (traffic.bytes += bytes));
    try {
      await fill(client, index, records);
      traffic.bytes = 0;
      let peak = 0;
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 50);
      const report = await replayIndices(new ReadOnlyCluster(client, traffic), {
        content,
        incidents: [],
        rates: rateCardOf('datasets', []),
        losses: new Losses(),
        progress,
        places: new Map([[SOURCE, [contractShape(contract, index)]]]),
        span: { from: START, to: START + MONTH },
        engine: { name: 'elasticsearch', version: node.version },
      });
      clearInterval(watch);
      const ran = [...report.rules, ...report.queries].map(
        ({ name, episodes, matched }) => `${name}: ${episodes} of ${matched}`,
      );
      console.log(
        [
          records,
          report.cost.seconds,
          report.cost.bytes,
          report.cost.requests,
          Math.round(peak / 1e6),
          ran.join('; '),
        ].join('   '),
      );
      const refused = report.notRun.filter(({ reason }) => !reason.startsWith('the indices have nothing'));
      for (const { name, reason } of refused) console.log(`  not run: ${name}: ${reason}`);
    } finally {
      await client.indices.delete({ index }, { ignore: [404] });
      await client.close();
    }
  }
}

void main();

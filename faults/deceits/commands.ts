import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openClient } from '../../tools/detection/elasticsearch/client';
import { indexFor } from '../../tools/detection/elasticsearch/run-index';
import type { RunningNode } from '../../tools/detection/elasticsearch/node/manage';
import { loadContracts } from '../../tools/telemetry/load';
import type { Kind } from '../../test/detection/elasticsearch/lying-proxy';

/** A command that asks an Elasticsearch. */
export interface Asking {
  name: string;
  args: string[];
  /** What it asks. */
  kinds: readonly Kind[];
}

const ROOT = join(__dirname, '..', '..');
const RULE = join(ROOT, 'rules/twilio/twilio_verify_expired_block.yml');
const QUERY = join(ROOT, 'queries/twilio/twilio_dense_block.yml');
const SOURCE = 'twilio.messaging';
const NOON = Date.UTC(2026, 7, 4, 12);

const RUN: readonly Kind[] = ['version', 'create', 'look', 'bulk', 'refresh', 'count', 'search', 'delete'];

/** Each command that asks one, with little to do; what they need is written into `folder`, and into two indices that `remove` deletes. */
export async function prepare(
  folder: string,
  node: RunningNode,
): Promise<{ commands: Asking[]; remove: () => Promise<void> }> {
  const events = join(folder, 'events.ndjson');
  const rules = join(folder, 'sigma');
  mkdirSync(rules);
  writeFileSync(events, Array.from({ length: 20 }, (_, n) => `{"name": "event ${n}", "n": ${n}}\n`).join(''));
  writeFileSync(join(rules, 'some.yml'), ANY_RULE);
  const hunted = await indices(node);
  const window = ['--from', new Date(NOON - 3_600_000).toISOString(), '--to', new Date(NOON + 3_600_000).toISOString()];
  const hunt = (index: string): string[] => ['hunt', QUERY, '--index', index, ...window, '--format', 'json'];
  const replayed = ['--world', 'regional-shop', '--scenario', 'leased-block-run', '--days', '1', '--format', 'json'];
  return {
    commands: [
      { name: 'replay', args: ['replay', RULE, ...replayed], kinds: RUN },
      { name: 'test', args: ['test', '--engine', 'elasticsearch', RULE], kinds: RUN },
      { name: 'compile --run', args: ['compile', '--rules', rules, '--run', events], kinds: RUN },
      {
        name: 'hunt by aggregations',
        args: hunt(hunted.mapped),
        kinds: ['version', 'search', 'open', 'close', 'fields'],
      },
      { name: 'hunt by documents', args: hunt(hunted.unmapped), kinds: ['version', 'search', 'fields'] },
    ],
    remove: hunted.remove,
  };
}

const ANY_RULE = `title: Any
id: 0d1c2b7e-52a2-4a0e-9f0e-5e6cf7d5c001
logsource: {category: test}
detection:
  selection: {name|contains: event 1}
  condition: selection
`;

/** One that is mapped as an export's, and one as Elasticsearch guesses. */
async function indices(node: RunningNode) {
  const contract = loadContracts(join(ROOT, 'schemas', 'telemetry')).contracts.get(SOURCE)!;
  const client = openClient(node.access);
  const mark = randomBytes(4).toString('hex');
  const [mapped, unmapped] = ['mapped', 'unmapped'].map((how) => `faults-${mark}-${how}`) as [string, string];
  const remove = async (): Promise<void> => {
    await client.indices.delete({ index: [mapped, unmapped], ignore_unavailable: true });
    await client.close();
  };
  await client.indices.create({ index: mapped, ...indexFor(contract) });
  await client.indices.create({ index: unmapped, settings: { number_of_replicas: 0 } });
  const time = new Date(NOON).toISOString();
  const operations = [mapped, unmapped].flatMap((index) =>
    Array.from({ length: 40 }, (_, n) => [
      { index: { _index: index } },
      {
        '@timestamp': time,
        event: { ingested: time },
        asset: { id: 'shop' },
        destination: { country: 'AZ', block: '+99450123', number: `+9945012300${10 + n}` },
        data: { messageSid: `SM${n}`, messageStatus: 'SENT' },
      },
    ]).flat(),
  );
  const { errors, items } = await client.bulk({ operations, refresh: true });
  if (errors) throw new Error(`the events could not be indexed: ${JSON.stringify(items[0])}`);
  return { mapped, unmapped, remove };
}

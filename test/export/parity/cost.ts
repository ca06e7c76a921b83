/**
 * What an exported ES|QL rule costs an Elasticsearch when everything in its lookback is a dataset of a given size:
 *
 *     TOLLGATE_ESQL_URL=http://127.0.0.1:9200 npm run cost:elastic -- FOLDER DOCUMENTS [TITLE]
 *
 * FOLDER is a world's, as `tollgate generate` writes it. The first DOCUMENTS of each source are drawn together in time until they lie in the lookback of
 * the rule. A line has the documents, the rows of the answer, the time in ms, that of the processors, and the most memory that the queries' breaker counted.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Event } from '@tollgate/sigma/values/event';
import { scalarAt } from '@tollgate/sigma/values/event';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { elastic } from '../../../tools/export/elastic';
import { datasetOf } from '../../../tools/export/lucene/names';
import type { KibanaRule } from '../../../tools/export/elastic/rule';
import type { Contract } from '../../../tools/telemetry/contract';
import { call, load } from '../esql-engine';
import { milliseconds } from './kibana';

const MB = 1024 * 1024;

const [folder = '', documents = '1000000', part = ''] = process.argv.slice(2);

interface Loaded {
  spanMs: number;
  /** When a run sees all of it. */
  at: number;
}

const loaded = new Map<string, Loaded>();

async function main(): Promise<void> {
  const { content, acts } = loadContent(findLayout([]));
  const { sigma: rules, hunts: queries, contracts } = content;
  const { files } = elastic({ rules, queries, incidents: [], contracts, acts });
  const lines = files.get('rules.ndjson')!.trimEnd().split('\n').slice(0, -1);
  const exported = lines.map((line) => JSON.parse(line) as KibanaRule & { query: string });
  const chosen = exported.filter((rule) => rule.type === 'esql' && new RegExp(part).test(rule.name));
  for (const rule of chosen.sort((a, b) => lookbackOf(a) - lookbackOf(b))) {
    const [from] = /^FROM [^\n]*/.exec(rule.query)!;
    const sources = [...contracts.values()].filter((contract) => from.includes(`${datasetOf(contract)}-`));
    const spans: Loaded[] = [];
    for (const contract of sources) spans.push(await drawnTogether(contract, lookbackOf(rule)));
    const at = Math.max(...spans.map((one) => one.at));
    process.stdout.write(`${rule.name} | ${await cost(rule, at)}\n`);
  }
}

function lookbackOf({ from }: KibanaRule): number {
  return milliseconds(from.replace('now-', ''));
}

async function drawnTogether(contract: Contract, lookback: number): Promise<Loaded> {
  const before = loaded.get(contract.id);
  if (before && before.spanMs <= lookback) return before;
  const events = await read(join(folder, `${contract.id}.ndjson`));
  const times = events.map((event) => Date.parse(event['@timestamp'] as string));
  const [begin, end] = [times[0]!, times.at(-1)!];
  const spanMs = Math.min(end - begin, lookback * 0.95);
  const factor = spanMs / (end - begin);
  const drawn = events.map((event, i): Event => {
    const late = Date.parse(scalarAt(event, 'event.ingested') as string) - times[i]!;
    const time = end - Math.round((end - times[i]!) * factor);
    const ingested = new Date(Math.min(time + late, end)).toISOString();
    return { ...event, '@timestamp': new Date(time).toISOString(), event: { ...(event['event'] as Event), ingested } };
  });
  await load(contract, drawn);
  const made = { spanMs, at: end + 1000 };
  loaded.set(contract.id, made);
  return made;
}

async function read(path: string): Promise<Event[]> {
  const events: Event[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    events.push(JSON.parse(line) as Event);
    if (events.length >= Number(documents)) break;
  }
  return events;
}

async function cost(rule: KibanaRule & { query: string }, at: number): Promise<string> {
  const range = { gte: at - lookbackOf(rule), lte: at, format: 'epoch_millis' };
  const query = `${rule.query}\n| LIMIT ${rule.max_signals}`.replaceAll(
    'NOW()',
    `TO_DATETIME("${new Date(at).toISOString()}")`,
  );
  let most = 0;
  let running = true;
  const watched = (async () => {
    while (running) {
      const { nodes } = (await call('GET', '/_nodes/stats/breaker')) as {
        nodes: Record<string, { breakers: { request: { estimated_size_in_bytes: number } } }>;
      };
      most = Math.max(most, ...Object.values(nodes).map(({ breakers }) => breakers.request.estimated_size_in_bytes));
    }
  })();
  const began = performance.now();
  try {
    const body = { query, filter: { range: { 'event.ingested': range } }, profile: true };
    const answer = (await call('POST', '/_query', JSON.stringify(body))) as unknown as Answer;
    const cpu = answer.profile.drivers.reduce((sum, { cpu_nanos }) => sum + cpu_nanos, 0) / 1e6;
    const took = Math.round(performance.now() - began);
    return `${answer.documents_found} documents | ${answer.values.length} rows | ${took} ms | ${Math.round(cpu)} ms of processors | ${Math.round(most / MB)} MB`;
  } catch (error) {
    return `failed after ${Math.round(performance.now() - began)} ms and ${Math.round(most / MB)} MB: ${(error as Error).message.slice(0, 200)}`;
  } finally {
    running = false;
    await watched;
  }
}

interface Answer {
  values: unknown[][];
  documents_found: number;
  profile: { drivers: { cpu_nanos: number }[] };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

import type { Context } from 'mocha';
import type { Event } from '@tollgate/sigma/values/event';
import { indexPattern } from '../../../tools/export/lucene/names';
import type { Monitor } from '../../../tools/export/opensearch/monitor';
import { RUN } from '../../../tools/export/opensearch/monitor';
import { SCRIPTS } from '../../../tools/export/opensearch/scripts';
import { openSearchTemplate } from '../../../tools/export/opensearch/template';
import type { Contract } from '../../../tools/telemetry/contract';

/** A running OpenSearch with Painless (`npm run ingest`), in which these tests may make and delete indices. */
const URL = process.env['TOLLGATE_PAINLESS_URL'];

/** Skips a test, and says why, where no engine was given. */
export function needsOpenSearch(context: Context): void {
  if (URL) return;
  context.test?.parent?.eachTest((test) => (test.title += ' (no TOLLGATE_PAINLESS_URL)'));
  context.skip();
}

/** Asks the engine; an error where it answers one. */
export async function call(method: string, path: string, body?: string, type = 'application/json'): Promise<unknown> {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': type };
  const response = await fetch(`${URL}${path}`, { method, body, headers });
  const answer = (await response.json()) as { _shards?: { failures?: unknown } };
  if (!response.ok || answer._shards?.failures !== undefined)
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer).slice(0, 1500)}`);
  return answer;
}

/** Stores the exported scripts. */
export async function storeScripts(): Promise<void> {
  for (const [id, script] of SCRIPTS) await call('PUT', `/_scripts/${id}`, JSON.stringify(script));
}

/** An event as a document: with its time of arrival (epoch ms), which elsewhere the pipeline adds. */
export interface Arrived {
  event: Event;
  ingested: number;
}

/** Indexes events in place of what was there, with the mapping of the exported template. */
export async function load(contract: Contract, events: readonly Arrived[]): Promise<void> {
  const index = indexPattern(contract).replace('*', 'test');
  await call('DELETE', `/${index}?ignore_unavailable=true`);
  const { template } = openSearchTemplate(contract) as {
    template: { settings: { index: Record<string, unknown> }; mappings: unknown };
  };
  const { analysis, mapping } = template.settings.index;
  const body = { settings: { number_of_replicas: 0, analysis, mapping }, mappings: template.mappings };
  await call('PUT', `/${index}`, JSON.stringify(body));
  const lines = events.map(({ event, ingested }) => {
    const arrived = { ...(event['event'] as object), ingested: new Date(ingested).toISOString() };
    return `{"index":{}}\n${JSON.stringify({ ...event, event: arrived })}\n`;
  });
  for (let i = 0; i < lines.length; i += 5000) {
    const text = lines.slice(i, i + 5000).join('');
    const answer = (await call('POST', `/${index}/_bulk`, text, 'application/x-ndjson')) as { errors: boolean };
    if (answer.errors) throw new Error(`not indexed: ${JSON.stringify(answer).slice(0, 600)}`);
  }
  await call('POST', `/${index}/_refresh`);
}

/** What the search of a monitor finds in a run: how many records, and of a bucket-level monitor the groups that its trigger chooses, as texts. */
export async function runMonitor(
  { inputs: [{ search }] }: Monitor,
  at: number,
): Promise<{ hits: number; groups: string[][] }> {
  const asked = JSON.stringify({ ...search.query, track_total_hits: true }).replaceAll(RUN, String(at));
  const path = `/${search.indices.join(',')}/_search?ignore_unavailable=true`;
  const answer = (await call('POST', path, asked)) as {
    hits: { total: { value: number } };
    aggregations?: { groups: { buckets: { key: Record<string, unknown>; found: { value: number } }[] } };
  };
  const chosen = answer.aggregations?.groups.buckets.filter(({ found }) => found.value > 0) ?? [];
  return { hits: answer.hits.total.value, groups: chosen.map(({ key }) => Object.values(key).map(String)).sort() };
}

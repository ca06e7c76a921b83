import type { Context } from 'mocha';
import type { Contract } from '../../tools/telemetry/contract';
import type { Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';
import { indexPattern } from '../../tools/export/lucene/names';
import { indexTemplate } from '../../tools/export/lucene/template';

/** A running Elasticsearch with ES|QL, in which these tests may make and delete indices. */
const URL = process.env['TOLLGATE_ESQL_URL'];

/** Skips a test, and says why, where no engine was given. */
export function needsEngine(context: Context): void {
  if (!URL) {
    context.test?.parent?.eachTest((test) => (test.title += ' (no TOLLGATE_ESQL_URL)'));
    context.skip();
  }
}

/** Asks the engine; an error where it answers one. */
export async function call(
  method: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<Record<string, unknown>> {
  const response = await fetch(`${URL}${path}`, {
    method,
    body,
    headers: body === undefined ? {} : { 'content-type': type },
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer).slice(0, 600)}`);
  return answer;
}

/** Name of the index that stands for a source's data stream. */
export function indexOf(contract: Contract): string {
  return indexPattern(contract).replace('*', 'tollgate-test');
}

/** Indexes events, with the mapping and settings of the exported template, in place of what was there. */
export async function load(contract: Contract, events: readonly Event[]): Promise<void> {
  const index = indexOf(contract);
  await call('DELETE', `/${index}?ignore_unavailable=true`);
  const { template } = indexTemplate(contract) as {
    template: { settings: { index: Record<string, unknown> }; mappings: Record<string, unknown> };
  };
  const { analysis, mapping } = template.settings.index;
  await call('PUT', `/${index}`, JSON.stringify({ settings: { analysis, mapping }, mappings: template.mappings }));
  const lines = events.map((event, n) => {
    const arrived = isMap(event['event']) ? event : { 'event.ingested': event['@timestamp'], ...event };
    return `{"index":{"_id":"${n}"}}\n${JSON.stringify(arrived)}\n`;
  });
  for (let i = 0; i < lines.length; i += 5000) {
    const answer = await call('POST', `/${index}/_bulk`, lines.slice(i, i + 5000).join(''), 'application/x-ndjson');
    if (answer['errors'] !== false) throw new Error(`not indexed: ${JSON.stringify(answer).slice(0, 600)}`);
  }
  await call('POST', `/${index}/_refresh`);
}

export async function unload(contract: Contract): Promise<void> {
  await call('DELETE', `/${indexOf(contract)}?ignore_unavailable=true`);
}

/**
 * Rows of an ES|QL query, by column. `filter` narrows what it reads, as Kibana narrows it to the time of a run; `now` is what the query takes
 * for the present time, in epoch milliseconds: where it is left out, nothing has been told before.
 */
export async function esql(query: string, filter?: unknown, now = 0): Promise<Record<string, unknown>[]> {
  const at = query.replaceAll('NOW()', `TO_DATETIME("${new Date(now).toISOString()}")`);
  const answer = await call('POST', '/_query', JSON.stringify({ query: at, filter }));
  const { columns, values } = answer as { columns: { name: string }[]; values: unknown[][] };
  return values.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}

/** Numbers of the events that a Lucene query finds, as Kibana's rules ask for it. */
export async function lucene(
  contract: Contract,
  query: string,
  filter: unknown = { match_all: {} },
): Promise<number[]> {
  const found = { query_string: { query, analyze_wildcard: true } };
  const body = { size: 10_000, _source: false, query: { bool: { filter: [found, filter] } } };
  const answer = (await call('POST', `/${indexOf(contract)}/_search`, JSON.stringify(body))) as {
    hits: { hits: { _id: string }[] };
  };
  return answer.hits.hits.map(({ _id }) => Number(_id)).sort((a, b) => a - b);
}

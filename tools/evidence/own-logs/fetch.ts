import { Failure } from '../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';
import { CLEANING_MS } from '../../foundation/content/waits';
import { pointInTimeAnswer } from '../../detection/elasticsearch/answers';
import { both, either, without, type Query } from '@tollgate/sigma-elasticsearch/query';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Candidate } from './candidates';
import type { IndexSource, TimeSpan } from './index-source';
import { deliveredAt } from './delivery';
import { periodsOf } from './periods';
import { valuesIn, type GroupField, type FoundDocument, type MatchReader } from './shape';

const PAGE = 10_000;
/** Groups that are asked for at once; an index takes 1,024 clauses at least. */
const GROUPS_AT_ONCE = 100;
const KEEP_ALIVE = '5m';

/** A match that was fetched, with the document's place. */
export type FetchedMatch = Omit<Match, 'event'> & { document: string };

/** Of which groups matches are fetched, and how far around their buckets (ms). */
export interface Narrowing {
  found: Candidate[];
  /** By which the cluster groups, in the order of their keys. */
  fields: GroupField[];
  spanMs: number;
  before: number;
  after: number;
}

/** The queries that find the matches of some groups around their buckets. */
export function narrowed({ found, fields, spanMs, before, after }: Narrowing): Query[] {
  const clauses = found.map(({ key, buckets }): Query => {
    const around = periodsOf(buckets.map((start) => [start - before, start + spanMs + after] as const));
    const times = around.map(([gte, lt]): Query => ({ range: { '@timestamp': { gte, lt, format: 'epoch_millis' } } }));
    const terms = fields.map((field, i) => ofGroup(field, key[i]!));
    return { bool: { filter: [...terms, either(times)] } };
  });
  const batches = Array.from({ length: Math.ceil(clauses.length / GROUPS_AT_ONCE) }, (_, n) =>
    clauses.slice(n * GROUPS_AT_ONCE, (n + 1) * GROUPS_AT_ONCE),
  );
  return batches.map(either);
}

function ofGroup({ field, missing }: GroupField, key: string | number): Query {
  const there: Query = { term: { [field]: { value: key } } };
  return key === missing ? either([there, without({ exists: { field } })]) : there;
}

/**
 * The matches of a query, with the values that the reader makes of them, less those that it finds to be none. Throws a `Failure` (3) where the
 * cluster can't answer.
 */
export async function fetchMatches(
  source: IndexSource,
  query: Query,
  reader: MatchReader,
  { from, to }: TimeSpan,
): Promise<FetchedMatch[]> {
  const { cluster, shape } = source;
  const during: Query = { range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } };
  const asked = [...new Set(reader.fields)].map((field) => ({ field }));
  const matches: FetchedMatch[] = [];
  const what = `a search of ${shape.index}`;
  const opened = await cluster.asking(what, () =>
    cluster.client.openPointInTime({ index: shape.index, keep_alive: KEEP_ALIVE }),
  );
  const pit = { id: pointInTimeAnswer(opened), keep_alive: KEEP_ALIVE };
  try {
    for (let after: unknown[] | undefined; ;) {
      const body = {
        pit,
        size: PAGE,
        query: both([source.index.scope, during, query]),
        sort: ['_shard_doc'],
        _source: reader.objects.length > 0 && reader.objects,
        track_total_hits: false,
        fields: [
          { field: '@timestamp', format: 'epoch_millis' },
          { field: 'event.ingested', format: 'epoch_millis' },
          ...asked,
        ],
        ...(after && { search_after: after }),
      };
      const hits = await page(source, what, body);
      for (const hit of hits) matches.push(...matchOf(hit, reader, source.delay));
      after = hits.at(-1)?.['sort'] as unknown[] | undefined;
      if (hits.length < PAGE || after === undefined) return matches;
    }
  } finally {
    await cluster.client.closePointInTime({ id: pit.id }, { requestTimeout: CLEANING_MS }).catch(() => undefined);
  }
}

type RawHit = Record<string, unknown>;

async function page({ cluster }: IndexSource, what: string, body: object): Promise<RawHit[]> {
  const path =
    '/_search?filter_path=timed_out,terminated_early,_shards,_clusters,hits.hits._id,hits.hits._index,hits.hits._source,hits.hits.fields,hits.hits.sort';
  const answer: unknown = await cluster.asking(what, () =>
    cluster.client.transport.request({ method: 'POST', path, body }),
  );
  const hits = isMap(answer) && isMap(answer['hits']) ? answer['hits']['hits'] : [];
  if (!Array.isArray(hits) || !hits.every(isMap)) throw unusable();
  return hits;
}

function matchOf(raw: RawHit, reader: MatchReader, delay: number): FetchedMatch[] {
  const hit: FoundDocument = { time: NaN, fields: mapAt(raw, 'fields'), source: mapAt(raw, '_source') };
  hit.time = Number(valuesIn(hit, '@timestamp')[0] ?? NaN);
  if (!Number.isFinite(hit.time)) throw unusable();
  const values = reader.values(hit);
  if (values === null) return [];
  const said = Number(valuesIn(hit, 'event.ingested')[0] ?? NaN);
  const ingested = deliveredAt(Number.isFinite(said) ? said : null, hit.time, delay);
  const document = `${String(raw['_index'])}/${String(raw['_id'])}`;
  return [{ document, time: hit.time, ingested, values }];
}

function mapAt(raw: RawHit, key: string): Record<string, unknown> {
  const value = raw[key];
  return isMap(value) ? value : {};
}

function unusable(): Failure {
  const hint = 'see what answers at that address, such as a proxy';
  return new Failure(3, "Elasticsearch's answer to a search cannot be used", hint);
}

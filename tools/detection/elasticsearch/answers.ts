import { isScalar, type Scalar } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';

import { brief } from './brief';

/** A JSON object. */
type Fields = Record<string, unknown>;

/** One hit of a search, as it came. */
export interface RawHit {
  fields: Record<string, unknown[] | undefined>;
  source: Fields | undefined;
  sort: unknown[] | undefined;
}

/** A bucket of a composite aggregation: its key, and how many documents each of its filters counts. */
export interface Bucket<Key = Scalar> {
  key: Record<string, Key>;
  counts: Record<string, number>;
}

export interface SearchAnswer {
  /** How many documents match; `null` where it was not asked for. */
  total: number | null;
  hits: RawHit[];
  aggregations: Fields;
}

/** What is answered by something that is no Elasticsearch, or by one whose answers changed on the way: nothing can be concluded from it. */
function unusable(asked: string, lacks: string): Failure {
  return new Failure(
    3,
    `Elasticsearch's answer to ${asked} cannot be used: it has no ${lacks}`,
    'see what answers at that address, such as a proxy',
  );
}

/** Throws a `Failure` (3) where a search's answer lacks what is read of it. A list that is empty may be left out by the node. */
export function searchAnswer(answer: unknown): SearchAnswer {
  const asked = 'a search';
  const body = mapOf(answer, asked, 'JSON object');
  wholeOf(mapOf(body['_shards'], asked, 'count of shards')['total'], asked, 'count of shards');
  if (typeof body['timed_out'] !== 'boolean') throw unusable(asked, 'word on its time');
  const found = body['hits'] === undefined ? {} : mapOf(body['hits'], asked, 'list of hits');
  const total = found['total'] === undefined ? null : exactTotal(found['total'], asked);
  const hits = listOf(found['hits'] ?? [], asked, 'list of hits').map((hit) => hitOf(hit, asked));
  const aggregations = body['aggregations'] === undefined ? {} : mapOf(body['aggregations'], asked, 'aggregations');
  return { total, hits, aggregations };
}

function exactTotal(value: unknown, asked: string): number | null {
  const total = mapOf(value, asked, 'number of hits');
  // Without `track_total_hits` it is a lower bound from some thousands on, which is none.
  if (total['relation'] === 'gte') return null;
  if (total['relation'] !== 'eq') throw unusable(asked, 'number of hits');
  return wholeOf(total['value'], asked, 'number of hits');
}

function hitOf(value: unknown, asked: string): RawHit {
  const hit = mapOf(value, asked, 'hits that are objects');
  const fields = hit['fields'] === undefined ? {} : mapOf(hit['fields'], asked, 'fields of a hit');
  for (const list of Object.values(fields)) listOf(list, asked, 'list of values in a hit');
  return {
    fields: fields as RawHit['fields'],
    source: hit['_source'] === undefined ? undefined : mapOf(hit['_source'], asked, 'document in a hit'),
    sort: hit['sort'] === undefined ? undefined : listOf(hit['sort'], asked, 'place of a hit'),
  };
}

/** How many documents match, of a search that asked for it. */
export function totalOf({ total }: SearchAnswer): number {
  if (total === null) throw unusable('a search', 'number of hits');
  return total;
}

/**
 * The buckets of a composite aggregation with so many keys (`k0`, `k1` …) and these filters, and where the next page begins. `isKey`: what a
 * part of a key may be.
 */
export function compositeAnswer<Key = Scalar>(
  aggregation: unknown,
  keys: number,
  filters: readonly string[],
  isKey: (value: unknown) => boolean = isScalar,
): { buckets: Bucket<Key>[]; after: Bucket<Key>['key'] | undefined } {
  const asked = 'an aggregation';
  const groups = mapOf(aggregation, asked, 'groups');
  const keyOf = (value: unknown): Bucket<Key>['key'] => {
    const key = mapOf(value, asked, "group's key");
    for (let i = 0; i < keys; i++) if (!isKey(key[`k${i}`])) throw unusable(asked, "group's key");
    return key as Bucket<Key>['key'];
  };
  const buckets = listOf(groups['buckets'], asked, 'list of groups').map((value): Bucket<Key> => {
    const bucket = mapOf(value, asked, 'group');
    const counts = filters.map((name): [string, number] => [
      name,
      wholeOf(mapOf(bucket[name], asked, `count ${name}`)['doc_count'], asked, `count ${name}`),
    ]);
    return { key: keyOf(bucket['key']), counts: Object.fromEntries(counts) };
  });
  const after = groups['after_key'] === undefined ? undefined : keyOf(groups['after_key']);
  if (buckets.length > 0 && after === undefined) throw unusable(asked, 'key of its last group');
  return { buckets, after };
}

/** The keys of a `terms` aggregation. */
export function termsAnswer(aggregation: unknown): string[] {
  const asked = 'an aggregation';
  return listOf(mapOf(aggregation, asked, 'terms')['buckets'], asked, 'list of terms').map((bucket) =>
    textIn(mapOf(bucket, asked, 'term')['key'], asked, 'term'),
  );
}

/** Whether any document of a bulk request was rejected. */
export function bulkAnswer(answer: unknown): { errors: boolean } {
  const { errors } = mapOf(answer, 'indexing', 'JSON object');
  if (typeof errors !== 'boolean') throw unusable('indexing', 'word on errors');
  return { errors };
}

/** What became of one document. */
export interface BulkItem {
  id: string;
  /** Why it was rejected; `null` where it was not. */
  reason: string | null;
  /** It was rejected because the node had too much to do. */
  isBusy: boolean;
}

/** What became of each of so many documents. */
export function bulkItems(answer: unknown, documents: number): BulkItem[] {
  const asked = 'indexing';
  const items = listOf(mapOf(answer, asked, 'JSON object')['items'], asked, 'list of documents');
  if (items.length !== documents)
    throw unusable(asked, `answer for ${documents - items.length} of ${documents} documents`);
  return items.map((item) => {
    const { _id: id, status, error } = mapOf(mapOf(item, asked, 'document')['index'], asked, 'document');
    const code = wholeOf(status, asked, 'status of a document');
    if (error === undefined && code >= 300) throw unusable(asked, 'reason of a rejection');
    return {
      id: textIn(id, asked, 'id of a document'),
      reason: error === undefined ? null : reasonIn(error),
      isBusy: error !== undefined && code === 429,
    };
  });
}

function reasonIn(error: unknown): string {
  if (!isMap(error)) return brief(String(error));
  const inner = isMap(error['caused_by']) ? error['caused_by']['reason'] : undefined;
  return brief(`${String(error['type'])}: ${String(inner ?? error['reason'])}`);
}

/** How many documents were counted. */
export function countAnswer(answer: unknown): number {
  return wholeOf(mapOf(answer, 'counting', 'JSON object')['count'], 'counting', 'count');
}

/** The id of a point in time. */
export function pointInTimeAnswer(answer: unknown): string {
  return textIn(mapOf(answer, 'opening a point in time', 'JSON object')['id'], 'opening a point in time', 'id');
}

/** What the indices of a pattern are, and what they can do with a field in each type that it has there. */
export interface FieldAnswer {
  indices: string[];
  fields: [name: string, types: { type: string; searchable: boolean; aggregatable: boolean }[]][];
}

export function fieldsAnswer(answer: unknown): FieldAnswer {
  const asked = 'the question for fields';
  const body = mapOf(answer, asked, 'JSON object');
  const indices = [body['indices'] ?? []].flat().map((name) => textIn(name, asked, 'list of indices'));
  const fields = Object.entries(mapOf(body['fields'], asked, 'fields')).map(
    ([name, types]): FieldAnswer['fields'][0] => [
      name,
      Object.values(mapOf(types, asked, `types of ${name}`)).map((value) => {
        const { type, searchable, aggregatable } = mapOf(value, asked, `type of ${name}`);
        if (typeof searchable !== 'boolean' || typeof aggregatable !== 'boolean')
          throw unusable(asked, `type of ${name}`);
        return { type: textIn(type, asked, `type of ${name}`), searchable, aggregatable };
      }),
    ],
  );
  return { indices, fields };
}

/** Whether an index was made as it was asked for, and its shards are there. */
export function madeAnswer(answer: unknown, index: string): { isReady: boolean } {
  const asked = 'making an index';
  const body = mapOf(answer, asked, 'JSON object');
  if (body['acknowledged'] !== true || body['index'] !== index) throw unusable(asked, 'word that it was made');
  return { isReady: body['shards_acknowledged'] === true };
}

/** An index as it is now: its UUID, and what its mapping says of itself under `_meta`. */
export function identityAnswer(answer: unknown, index: string): { uuid: string; meta: unknown; mappings: unknown } {
  const asked = `the question for the index ${index}`;
  const body = mapOf(mapOf(answer, asked, 'JSON object')[index], asked, 'such index');
  const settings = mapOf(mapOf(body['settings'], asked, 'settings')['index'], asked, 'settings');
  const mappings = body['mappings'] === undefined ? {} : mapOf(body['mappings'], asked, 'mapping');
  return { uuid: textIn(settings['uuid'], asked, 'UUID'), meta: mappings['_meta'], mappings };
}

function mapOf(value: unknown, asked: string, what: string): Fields {
  if (!isMap(value)) throw unusable(asked, what);
  return value;
}

function listOf(value: unknown, asked: string, what: string): unknown[] {
  if (!Array.isArray(value)) throw unusable(asked, what);
  return value;
}

function textIn(value: unknown, asked: string, what: string): string {
  if (typeof value !== 'string') throw unusable(asked, what);
  return value;
}

function wholeOf(value: unknown, asked: string, what: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw unusable(asked, what);
  return value as number;
}

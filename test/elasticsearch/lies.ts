type Fields = Record<string, unknown>;

/** Ways in which an answer with status 200 can say less than was asked, or nothing at all; by name. */
export const LIES: [name: string, lie: (body: unknown) => unknown][] = [
  ['an empty object', () => ({})],
  ['an empty list', () => []],
  ['null', () => null],
  ['a number', () => 5],
  ['a text', () => 'well'],
  ['no shard counted', (body) => without(body, '_shards')],
  ['a failed shard', (body) => ({ ...(body as Fields), _shards: { total: 2, successful: 1, failed: 1 } })],
  ['a silent shard', (body) => ({ ...(body as Fields), _shards: { total: 2, successful: 1, failed: 0 } })],
  ['a skipped cluster', (body) => ({ ...(body as Fields), _clusters: { total: 2, successful: 1, skipped: 1 } })],
  [
    'a partial cluster',
    (body) => ({ ...(body as Fields), _clusters: { total: 2, successful: 1, skipped: 0, partial: 1 } }),
  ],
  ['out of time', (body) => ({ ...(body as Fields), timed_out: true })],
  ['terminated early', (body) => ({ ...(body as Fields), terminated_early: true })],
  ['partial', (body) => ({ ...(body as Fields), is_partial: true })],
  [
    'a failed index',
    (body) => ({ ...(body as Fields), failed_indices: 1, failures: [{ indices: ['x'], failure: { reason: 'gone' } }] }),
  ],
];

/** Such ways of a search alone. */
export const SEARCH_LIES: typeof LIES = [
  [
    'fewer hits than there are',
    (body) => hits(body, (hits) => ({ ...hits, hits: ((hits['hits'] as unknown[]) ?? []).slice(1) })),
  ],
  ['no hits', (body) => hits(body, (hits) => without(hits, 'hits') as Fields)],
  ['no total', (body) => hits(body, (hits) => without(hits, 'total') as Fields)],
  [
    'hits that are none',
    (body) => hits(body, (hits) => ({ ...hits, hits: ((hits['hits'] as unknown[]) ?? []).map(() => 1) })),
  ],
];

function hits(body: unknown, change: (hits: Fields) => Fields): unknown {
  const { hits: found } = body as { hits: Fields };
  return { ...(body as Fields), hits: change(found) };
}

function without(body: unknown, key: string): unknown {
  const { [key]: gone, ...rest } = body as Fields;
  void gone;
  return rest;
}

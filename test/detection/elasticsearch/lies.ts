import { randomUUID } from 'node:crypto';
import { give, type Deceit, type Kind } from './lying-proxy';

type Fields = Record<string, unknown>;

/** Changes what is in answers of status 200; others are passed on. */
export function changed(lie: (body: unknown) => unknown): Deceit {
  return async ({ ask, response }) => {
    const answer = await ask();
    if (answer.status !== 200) return give(response, answer);
    give(response, { ...answer, body: Buffer.from(JSON.stringify(lie(JSON.parse(answer.body.toString())))) });
  };
}

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

/** Such ways of answers to requests of one kind alone. */
export const LIES_OF: Partial<Record<Kind, typeof LIES>> = {
  search: [
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
    ['a total too high', (body) => total(body, (value) => value + 1)],
    ['a total too low', (body) => total(body, (value) => value - 1)],
    ['a total that is a text', (body) => total(body, String)],
  ],
  count: [
    ['a count too high', (body) => ({ ...(body as Fields), count: Number((body as Fields)['count']) + 1 })],
    ['a count too low', (body) => ({ ...(body as Fields), count: Number((body as Fields)['count']) - 1 })],
    ['a count that is a text', (body) => ({ ...(body as Fields), count: String((body as Fields)['count']) })],
    ['a count beyond all', (body) => ({ ...(body as Fields), count: 1e300 })],
  ],
  look: [
    ['another UUID each time', (body) => settings(body, () => randomUUID())],
    ['no UUID', (body) => settings(body, () => undefined)],
    [
      'another mapping',
      (body) => Object.fromEntries(indices(body).map(([name, of]) => [name, without(of, 'mappings')])),
    ],
  ],
  create: [
    ['another name', (body) => ({ ...(body as Fields), index: 'other' })],
    ['not acknowledged', (body) => ({ ...(body as Fields), acknowledged: false })],
  ],
  bulk: [
    ['fewer items', (body) => items(body, (all) => all.slice(1))],
    ['more items', (body) => items(body, (all) => [...all, ...all.slice(0, 1)])],
    ['items in another order', (body) => items(body, (all) => [...all].reverse())],
    ['items that are none', (body) => items(body, (all) => all.map(() => null))],
    ['items without status', (body) => items(body, (all) => all.map(() => ({ index: { _id: '1' } })))],
    ['items that failed, and no errors', (body) => ({ ...(body as Fields), errors: false, items: [FAILED] })],
    ['errors, and no item that failed', (body) => ({ ...(body as Fields), errors: true })],
  ],
};

const FAILED = { index: { _id: '0', status: 400, error: { type: 'document_parsing_exception', reason: 'no' } } };

/** Says that there were errors, so that the items are asked for, and changes these. */
function items(body: unknown, change: (all: unknown[]) => unknown[]): unknown {
  const { items: all } = body as Fields;
  return { ...(body as Fields), errors: true, ...(Array.isArray(all) && { items: change(all) }) };
}

function total(body: unknown, change: (value: number) => unknown): unknown {
  return hits(body, (hits) => {
    const { total: of } = hits as { total?: { value: number } };
    return of === undefined ? hits : { ...hits, total: { ...of, value: change(of.value) } };
  });
}

function indices(body: unknown): [string, Fields][] {
  return Object.entries(body as Record<string, Fields>);
}

function settings(body: unknown, uuid: () => string | undefined): unknown {
  return Object.fromEntries(
    indices(body).map(([name, of]) => {
      const { index } = of['settings'] as { index: Fields };
      return [name, { ...of, settings: { index: { ...index, uuid: uuid() } } }];
    }),
  );
}

function hits(body: unknown, change: (hits: Fields) => Fields): unknown {
  const { hits: found } = body as { hits?: Fields };
  return found === undefined ? body : { ...(body as Fields), hits: change(found) };
}

function without(body: unknown, key: string): unknown {
  const { [key]: gone, ...rest } = body as Fields;
  void gone;
  return rest;
}

import { give, kindOf, type Answer, type Deceit, type Exchange } from '../../test/detection/elasticsearch/lying-proxy';
import { headersFor } from '../../tools/detection/elasticsearch/node/access';
import { group, type Lie } from './lie';

/** Does something to the index that a request is about, and then what it asks for. */
function first(deed: (exchange: Exchange, index: string) => Promise<unknown>): Deceit {
  return async (exchange) => {
    const index = /^\/([^_/?][^/?]*)/.exec(exchange.path)?.[1];
    if (index !== undefined) await deed(exchange, index);
    give(exchange.response, await exchange.ask());
  };
}

function toNode({ node }: Exchange, method: string, index: string): Promise<unknown> {
  return fetch(`${node.url}/${index}`, { method, headers: headersFor(node) as Record<string, string> });
}

/** The lines of one document of a bulk request are two. */
function withoutDocument(body: Buffer): Buffer {
  return Buffer.from(body.toString().split('\n').slice(2).join('\n'));
}

const SENT = Buffer.from('{"errors": false}');

/** Tells that everything was done. */
function pretend({ response }: Exchange, body = SENT): void {
  const headers = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
  give(response, { status: 200, headers, body } satisfies Answer);
}

/** Gives what was answered to the request of this kind before this one. */
function stale(): Deceit {
  const before = new Map<string, Answer>();
  return async ({ method, path, ask, response }) => {
    const kind = String(kindOf(method, path));
    const answer = await ask();
    give(response, before.get(kind) ?? answer);
    before.set(kind, answer);
  };
}

/** What happens to indices and documents behind the client's back. */
export const DEEDS: Lie[] = group('a deed behind its back', [
  {
    name: 'the index deleted just before',
    deceit: first((exchange, index) => toNode(exchange, 'DELETE', index)),
    kinds: ['look', 'bulk', 'refresh', 'count', 'search', 'delete'],
    times: 1,
  },
  {
    name: 'the index made anew just before',
    deceit: first(async (exchange, index) => {
      await toNode(exchange, 'DELETE', index);
      await toNode(exchange, 'PUT', index);
    }),
    kinds: ['look', 'bulk', 'refresh', 'count', 'search', 'delete'],
    times: 1,
  },
  {
    name: 'the index made by another before',
    deceit: first((exchange, index) => toNode(exchange, 'PUT', index)),
    kinds: ['create'],
  },
  { name: 'never made', deceit: (exchange) => pretend(exchange), kinds: ['create', 'bulk', 'refresh'] },
  {
    name: 'never deleted',
    deceit: (exchange) => pretend(exchange, Buffer.from('{"acknowledged": true}')),
    kinds: ['delete'],
  },
  {
    name: 'a document left out',
    deceit: async ({ body, ask, response }) => give(response, await ask(withoutDocument(body))),
    kinds: ['bulk'],
  },
  {
    name: 'done twice',
    deceit: async ({ ask, response }) => {
      const answer = await ask();
      await ask();
      give(response, answer);
    },
    kinds: ['bulk', 'refresh', 'search', 'fields', 'open'],
  },
  { name: 'the answer to the request before', deceit: stale(), kinds: ['look', 'bulk', 'count', 'search', 'fields'] },
]);

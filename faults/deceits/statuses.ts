import type { Deceit } from '../../test/detection/elasticsearch/lying-proxy';
import { ALL, CLIENTS, group, type Lie } from './lie';

/** Refuses, and tells in its reason what it was sent, as careless proxies do. */
function refuse(status: number, headers: Record<string, string> = {}): Deceit {
  return ({ method, path, headers: sent, response }) => {
    const reason = `${method} ${path} is refused: ${JSON.stringify(sent)}`;
    const body = { error: { root_cause: [{ type: 'refused', reason }], type: 'refused', reason }, status };
    answer(response, status, JSON.stringify(body), headers);
  };
}

/** Refuses with a body of its own. */
function refuseWith(status: number, body: string, type = 'application/json'): Deceit {
  return ({ response }) => answer(response, status, body, { 'content-type': type });
}

function answer(
  response: Parameters<Deceit>[0]['response'],
  status: number,
  body: string,
  headers: Record<string, string>,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-elastic-product': 'Elasticsearch',
    ...headers,
  });
  response.end(body);
}

const FINAL = [400, 401, 403, 404, 405, 408, 410, 413, 500, 501];
const BUSY = [429, 502, 503, 504];
const REDIRECTS = [301, 302, 307, 308];

/** What asks for pauses that make no sense. */
const ABSURD = ['0', '-1', 'soon', '9'.repeat(9), '9'.repeat(400), '1e3', 'Fri, 31 Dec 9999 23:59:59 GMT', ''];

/** Bodies of errors that are none of Elasticsearch's. */
const BODIES: [name: string, body: string, type?: string][] = [
  ['no body', ''],
  ['null', 'null'],
  ['an error that is null', '{"error": null}'],
  ['an error that is a number', '{"error": 5}'],
  ['causes that are none', '{"error": {"root_cause": 5, "caused_by": "x"}}'],
  ['a cause that is null', '{"error": {"root_cause": [null], "type": {}, "reason": []}}'],
  ['a page', '<html><body><h1>Bad</h1>\u001b[2J::error::bad</body></html>', 'text/html'],
  ['half of JSON', '{"error": {"type": "x", '],
  ['a deep body', `{"error": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['causes in causes', `{"error": ${'{"reason": "a", "caused_by": '.repeat(5_000)}{}${'}'.repeat(5_000)}}`],
  ['a long reason', JSON.stringify({ error: { type: 'x', reason: 'long '.repeat(400_000) } })],
];

type Each = Omit<Lie, 'group'>;

/** Answers of another status than 200. */
export const STATUSES: Lie[] = group('another status', [
  ...FINAL.map((status): Each => ({
    name: `status ${status}`,
    deceit: refuse(status),
    kinds: ALL,
    isRefusal: [401, 403, 404].includes(status),
  })),
  ...BUSY.flatMap((status): Each[] => [
    { name: `status ${status} once`, deceit: refuse(status), kinds: ALL, times: 1 },
    { name: `status ${status} without end`, deceit: refuse(status), kinds: ['bulk', 'search'], isSlow: true },
  ]),
  ...ABSURD.flatMap((after): Each[] => {
    const name = `status 429, Retry-After ${after.length > 30 ? `of ${after.length} digits` : JSON.stringify(after)}`;
    const deceit = refuse(429, { 'retry-after': after });
    return [
      { name: `${name}, once`, deceit, kinds: ['create', 'bulk', 'search', 'fields'], times: 1 },
      { name: `${name}, without end`, deceit, kinds: ['count'], isSlow: true },
    ];
  }),
  ...REDIRECTS.map((status): Each => ({
    name: `status ${status} to itself`,
    deceit: (exchange) => refuse(status, { location: exchange.path })(exchange),
    kinds: ['version', 'create', 'bulk', 'search', 'delete'],
  })),
  ...[400, 500, 503].flatMap((status) =>
    BODIES.map(([name, body, type]): Each => ({
      name: `status ${status} with ${name}`,
      deceit: refuseWith(status, body, type),
      kinds: status === 503 ? ['bulk', 'search'] : ['create', 'bulk', 'search', 'open', 'fields', 'delete'],
      ...(status === 503 && { times: 1 }),
    })),
  ),
  ...[200, 201, 204, 206].map((status): Each => ({
    name: `status ${status} and no body`,
    deceit: refuseWith(status, ''),
    kinds: CLIENTS,
  })),
]);

import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Answer, Deceit, Exchange } from '../../test/detection/elasticsearch/lying-proxy';
import { ALL, CLIENTS, group, type Lie } from './lie';

type Response = Exchange['response'];

const OWN = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };

/** Gives the node's answer in its own way, with these headers instead of the node's. */
function instead(
  headers: (answer: Answer) => Record<string, string>,
  give: (response: Response, body: Buffer) => unknown,
): Deceit {
  return async ({ ask, response }) => {
    const answer = await ask();
    const { 'transfer-encoding': encoding, 'content-length': length, ...others } = answer.headers;
    void [encoding, length];
    response.writeHead(answer.status, { ...others, ...headers(answer) });
    return give(response, answer.body);
  };
}

const none = (): Record<string, string> => ({});
const all = (response: Response, body: Buffer): unknown => response.end(body);

/** Piece after piece, until the client is gone; `pause` in milliseconds. */
async function endless(response: Response, piece: string | Buffer, pause: number): Promise<void> {
  const gone = new Promise<false>((resolve) => response.once('close', () => resolve(false)));
  while (!response.destroyed) {
    const isTaken = response.write(piece);
    if (pause > 0) await sleep(pause);
    else if (!isTaken) await Promise.race([new Promise((resolve) => response.once('drain', resolve)), gone]);
  }
}

async function slowly(response: Response, body: Buffer): Promise<void> {
  // Some seconds in all, whatever the size.
  const size = Math.ceil(body.length / 20);
  for (let at = 0; at < body.length; at += size) {
    response.write(body.subarray(at, at + size));
    await sleep(100);
  }
  response.end();
}

const MEBIBYTE = 1 << 20;

/** Connections that break, and bodies that are not what their headers say. */
export const TRANSPORT: Lie[] = group('a broken connection or body', [
  { name: 'hung up before the node was asked', deceit: ({ response }) => response.destroy(), kinds: ALL },
  {
    name: 'hung up once before the node was asked',
    deceit: ({ response }) => response.destroy(),
    kinds: ALL,
    times: 1,
  },
  ...[Infinity, 1].map((times): Omit<Lie, 'group'> => ({
    name: `hung up ${times === 1 ? 'once ' : ''}after the node did it`,
    deceit: async ({ ask, response }) => {
      await ask();
      response.destroy();
    },
    kinds: ALL,
    times,
  })),
  {
    name: 'cut in the middle',
    deceit: instead(
      ({ body }) => ({ 'content-length': String(body.length) }),
      (response, body) => response.write(body.subarray(0, body.length >> 1), () => response.destroy()),
    ),
    kinds: ALL,
  },
  {
    name: 'cut in the middle, without a length',
    deceit: instead(none, (response, body) =>
      response.write(body.subarray(0, body.length >> 1), () => response.destroy()),
    ),
    kinds: ALL,
  },
  {
    name: 'only the first half',
    deceit: instead(none, (response, body) => response.end(body.subarray(0, body.length >> 1))),
    kinds: ALL,
  },
  {
    name: 'a length too short',
    deceit: async ({ ask, response }) => {
      const { body } = await ask();
      const head = Object.entries(OWN).map(([name, value]) => `${name}: ${value}\r\n`);
      response.socket!.end(
        Buffer.concat([
          Buffer.from(`HTTP/1.1 200 OK\r\n${head.join('')}content-length: ${body.length >> 1}\r\n\r\n`),
          body,
        ]),
      );
    },
    kinds: ALL,
  },
  {
    name: 'a length too long',
    deceit: instead(
      ({ body }) => ({ 'content-length': String(body.length + 10) }),
      (response, body) => response.write(body),
    ),
    kinds: ['version', 'create'],
    isSlow: true,
  },
  { name: 'no HTTP', deceit: ({ response }) => response.socket!.end('SSH-2.0-OpenSSH_9.6\r\n'), kinds: ALL },
  { name: 'another content type', deceit: instead(() => ({ 'content-type': 'text/html' }), all), kinds: ALL },
  {
    name: 'no content type',
    deceit: async ({ ask, response }) => {
      response.writeHead(200, { 'x-elastic-product': 'Elasticsearch' }).end((await ask()).body);
    },
    kinds: CLIENTS,
  },
  {
    name: 'another product',
    deceit: async ({ ask, response }) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end((await ask()).body);
    },
    kinds: ALL,
  },
  { name: 'gzip that is none', deceit: instead(() => ({ 'content-encoding': 'gzip' }), all), kinds: ALL },
  {
    name: 'gzip',
    deceit: instead(
      () => ({ 'content-encoding': 'gzip' }),
      (response, body) => response.end(gzipSync(body)),
    ),
    kinds: ALL,
  },
  {
    name: 'half of gzip',
    deceit: instead(
      () => ({ 'content-encoding': 'gzip' }),
      (response, body) => response.end(gzipSync(body).subarray(0, 20)),
    ),
    kinds: ALL,
  },
  {
    name: 'a little gzip that is much',
    deceit: ({ response }) =>
      response.writeHead(200, { ...OWN, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(700 * MEBIBYTE, ' '))),
    kinds: ['version', 'search'],
  },
  { name: 'slowly', deceit: instead(none, slowly), kinds: ALL, times: 1 },
  {
    name: 'late',
    deceit: async ({ ask, response }) => {
      await sleep(3_000);
      return instead(none, all)({ ask, response } as Exchange);
    },
    kinds: ALL,
    times: 1,
  },
  {
    name: 'a byte now and then, without end',
    deceit: ({ response }) => endless(response.writeHead(200, OWN), ' ', 1_000),
    kinds: ['version', 'bulk', 'search', 'fields', 'delete'],
    isSlow: true,
  },
  { name: 'no answer', deceit: () => undefined, kinds: ['version', 'bulk', 'search', 'open', 'delete'], isSlow: true },
  {
    name: 'no answer after the node did it',
    deceit: ({ ask }) => ask(),
    kinds: ['create', 'delete'],
    isSlow: true,
  },
  {
    name: 'bytes without end',
    deceit: ({ response }) => endless(response.writeHead(200, OWN), Buffer.alloc(MEBIBYTE, ' '), 0),
    kinds: ['version', 'search'],
    isSlow: true,
  },
  {
    name: 'a large body',
    deceit: ({ response }) => response.writeHead(200, OWN).end(JSON.stringify({ hits: 'x'.repeat(50 * MEBIBYTE) })),
    kinds: ['version', 'create', 'search', 'fields'],
  },
  {
    name: 'a deep body',
    deceit: ({ response }) =>
      response.writeHead(200, OWN).end(`{"_shards": ${'['.repeat(500_000)}${']'.repeat(500_000)}}`),
    kinds: ALL,
  },
  { name: 'no JSON', deceit: ({ response }) => response.writeHead(200, OWN).end('well'), kinds: ALL },
]);

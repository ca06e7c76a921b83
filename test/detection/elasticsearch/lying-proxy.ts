import { createServer, request as ask, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { headersFor, type Access } from '../../../tools/detection/elasticsearch/node/access';
import type { RunningNode } from '../../../tools/detection/elasticsearch/node/manage';

/** What a client asks of Elasticsearch, by what it wants. */
export const KINDS = [
  'version',
  'create',
  'look',
  'bulk',
  'refresh',
  'count',
  'search',
  'open',
  'close',
  'fields',
  'delete',
] as const;
export type Kind = (typeof KINDS)[number];

/** `null`: something else. */
export function kindOf(method: string, path: string): Kind | null {
  const kinds: [RegExp, Kind][] = [
    [/^\/(\?|$)/, 'version'],
    [/\/_bulk/, 'bulk'],
    [/\/_refresh/, 'refresh'],
    [/\/_count/, 'count'],
    [/\/_search/, 'search'],
    [/\/_pit/, method === 'DELETE' ? 'close' : 'open'],
    [/\/_field_caps/, 'fields'],
  ];
  const known = kinds.find(([pattern]) => pattern.test(path))?.[1];
  if (known !== undefined) return known;
  if (!/^\/[^_/?]+(\?|$)/.test(path)) return null;
  return method === 'PUT' ? 'create' : method === 'GET' ? 'look' : method === 'DELETE' ? 'delete' : null;
}

/** What the node says. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request and what can be done with it. */
export interface Exchange {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The real node. */
  node: Access;
  response: ServerResponse;
  /** Asks the node, with this body instead of the client's where one is given. */
  ask(body?: Buffer): Promise<Answer>;
}

/** Answers a request in its own way. */
export type Deceit = (exchange: Exchange) => unknown;

export interface Deceiving {
  kind: Kind;
  deceit: Deceit;
  /** How many requests of the kind are answered so, from the first on; the others as the node does. */
  times?: number;
}

/** Stands between a client and a node, and deceives the client. */
export class LyingProxy {
  /** How many requests it answered in its own way. */
  lies = 0;
  /** The indices that were made through it. */
  readonly made = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly behind: RunningNode,
  ) {}

  /** `deceiving` is absent where it passes everything on as it is. */
  static async start(behind: RunningNode, deceiving?: Deceiving): Promise<LyingProxy> {
    const server = createServer((request, response) => {
      const { method = 'GET', url: path = '/', headers } = request;
      void bytesOf(request)
        .then(async (body) => {
          const kind = kindOf(method, path);
          if (kind === 'create') proxy.made.add(decodeURIComponent(/^\/([^/?]+)/.exec(path)![1]!));
          const exchange: Exchange = {
            ...{ method, path, headers, body, response, node: behind.access },
            ask: (other = body) => askNode(behind.access, method, path, headers, other),
          };
          if (deceiving === undefined || kind !== deceiving.kind || proxy.lies >= (deceiving.times ?? Infinity))
            return honest(exchange);
          proxy.lies++;
          await deceiving.deceit(exchange);
        })
        .catch(() => response.destroy());
    });
    const proxy = new LyingProxy(server, behind);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get node(): RunningNode {
    const { port } = this.server.address() as AddressInfo;
    return { ...this.behind, access: { ...this.behind.access, url: `http://127.0.0.1:${port}` } };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Gives an answer on as it is. */
export function give(response: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': encoding, 'content-length': length, ...others } = headers;
  void [encoding, length];
  response.writeHead(status, others);
  response.end(body);
}

async function honest({ ask, response }: Exchange): Promise<void> {
  give(response, await ask());
}

/** Whoever asks the proxy, it asks as the one who may. */
function askNode(
  access: Access,
  method: string,
  path: string,
  { 'content-length': length, 'transfer-encoding': encoding, ...headers }: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  void [length, encoding];
  const own = { ...headers, ...headersFor(access), ...(body.length > 0 && { 'content-length': String(body.length) }) };
  return new Promise((resolve, reject) => {
    const asked = ask(access.url + path, { method, headers: own }, (answer) => {
      bytesOf(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: bytes }),
        reject,
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningNode } from '../../tools/elasticsearch/node/manage';

/** What a client asks of Elasticsearch, by what it wants. */
export type Kind = 'create' | 'look' | 'bulk' | 'refresh' | 'count' | 'search' | 'open' | 'fields' | 'other';

export function kindOf(method: string, path: string): Kind {
  const kinds: [RegExp, Kind][] = [
    [/\/_bulk/, 'bulk'],
    [/\/_refresh/, 'refresh'],
    [/\/_count/, 'count'],
    [/\/_search/, 'search'],
    [/\/_pit/, method === 'POST' ? 'open' : 'other'],
    [/\/_field_caps/, 'fields'],
  ];
  const known = kinds.find(([pattern]) => pattern.test(path))?.[1];
  if (known !== undefined) return known;
  if (!/^\/[^_/?]+(\?|$)/.test(path)) return 'other';
  return method === 'PUT' ? 'create' : method === 'GET' ? 'look' : 'other';
}

/** Stands between a client and a node, and changes the bodies of answers to requests of one kind. */
export class LyingProxy {
  /** How many answers it has changed. */
  lies = 0;

  private constructor(
    private readonly server: Server,
    private readonly behind: RunningNode,
  ) {}

  static async start(behind: RunningNode, kind: Kind, lie: (body: unknown) => unknown): Promise<LyingProxy> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      const options = { method: request.method, headers: request.headers };
      const forward = ask(behind.access.url + path, options, (answer) => {
        void textOf(answer).then((text) => {
          const changes = kindOf(request.method ?? '', path) === kind && answer.statusCode === 200;
          if (changes) proxy.lies++;
          const body = changes ? JSON.stringify(lie(JSON.parse(text))) : text;
          const { 'transfer-encoding': encoding, 'content-length': length, ...headers } = answer.headers;
          void [encoding, length];
          response.writeHead(answer.statusCode ?? 500, headers);
          response.end(body);
        });
      });
      forward.on('error', () => response.destroy());
      request.pipe(forward);
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

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

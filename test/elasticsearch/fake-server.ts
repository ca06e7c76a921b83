import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningNode } from '../../tools/elasticsearch/node/manage';

/** What a request is answered with; undefined: as a healthy node would. */
export type Trouble = (method: string, path: string, body: string) => unknown;

/**
 * Answers as much like an Elasticsearch as the engine needs, holding no documents but their number, unless `trouble`
 * says otherwise. A trouble of the string `hang up` closes the connection without an answer, `silence` never answers.
 */
export class FakeServer {
  readonly paths: string[] = [];
  private documents = 0;

  private constructor(
    private readonly server: Server,
    private readonly trouble: Trouble,
  ) {}

  static async start(trouble: Trouble = () => undefined): Promise<FakeServer> {
    const server = createServer((request, response) => {
      void read(request).then((body) => {
        const path = request.url ?? '';
        const answer = fake.answer(request.method ?? '', path, body);
        if (answer === 'hang up') return response.destroy();
        if (answer === 'silence') return;
        response.writeHead(200, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
        return response.end(JSON.stringify(answer));
      });
    });
    const fake = new FakeServer(server, trouble);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get node(): RunningNode {
    const { port } = this.server.address() as AddressInfo;
    return { access: { url: `http://127.0.0.1:${port}`, auth: undefined }, version: '9.9.9', way: 'url' };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(method: string, path: string, body: string): unknown {
    this.paths.push(`${method} ${path.replace(/\?.*/, '')}`);
    const special = this.trouble(method, path, body);
    if (special !== undefined) return special;
    const shards = { total: 1, successful: 1, failed: 0 };
    if (path.includes('/_bulk')) {
      const ids = body.split('\n').flatMap((line) => /^\{"index":\{"_id":"(\d+)"/.exec(line)?.[1] ?? []);
      this.documents += ids.length;
      return { errors: false, items: ids.map((_id) => ({ index: { _id } })) };
    }
    if (path.includes('/_count')) return { count: this.documents, _shards: shards };
    if (path.includes('/_refresh')) return { _shards: shards };
    if (path.includes('/_pit')) return method === 'POST' ? { id: 'pit' } : { succeeded: true };
    if (path.includes('/_search')) {
      return { timed_out: false, _shards: shards, hits: { hits: [] }, aggregations: { ignored: { buckets: [] } } };
    }
    return { acknowledged: true };
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  return body;
}

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningNode } from '../../../tools/detection/elasticsearch/node/manage';

/** What a request is answered with; undefined: as a healthy node would. `healthy` is what that would say. */
export type Trouble = (method: string, path: string, body: string, healthy: () => unknown) => unknown;

/** An answer with a status other than 200, and perhaps headers. */
export class Status {
  constructor(
    readonly code: number,
    readonly body: unknown,
    readonly headers: Record<string, string> = {},
  ) {}
}

const SHARDS = { total: 1, successful: 1, skipped: 0, failed: 0 };

/**
 * Answers as much like an Elasticsearch as the engine needs, holding no documents but their number, unless `trouble`
 * says otherwise. A trouble of the string `hang up` closes the connection without an answer, `silence` never answers.
 */
export class FakeServer {
  readonly paths: string[] = [];
  readonly indices = new Map<string, { uuid: string; meta: unknown; documents: Set<string> }>();

  private constructor(
    private readonly server: Server,
    private readonly trouble: Trouble,
  ) {}

  static async start(trouble: Trouble = () => undefined): Promise<FakeServer> {
    const server = createServer((request, response) => {
      void read(request).then((body) => {
        const path = request.url ?? '';
        // As a node of another major version does.
        const types = [request.headers.accept, request.headers['content-type']].join();
        if (types.includes('compatible-with')) return response.writeHead(400).end('{}');
        const answer = fake.answer(request.method ?? '', path, body);
        if (answer === 'hang up') return response.destroy();
        if (answer === 'silence') return;
        const { code, headers, body: told } = answer instanceof Status ? answer : new Status(200, answer);
        const own = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
        response.writeHead(code, { ...own, ...headers });
        return response.end(JSON.stringify(told));
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
    const special = this.trouble(method, path, body, () => this.healthy(method, path, body));
    return special === undefined ? this.healthy(method, path, body) : special;
  }

  private healthy(method: string, path: string, body: string): unknown {
    const [name] = path.slice(1).split(/[/?]/) as [string];
    const index = this.indices.get(name);
    if (path.includes('/_bulk')) {
      const ids = body.split('\n').flatMap((line) => /^\{"index":\{"_id":"(\d+)"/.exec(line)?.[1] ?? []);
      for (const id of ids) index?.documents.add(id);
      return { errors: false, items: ids.map((_id) => ({ index: { _id, status: 201 } })) };
    }
    if (path.includes('/_count')) return { count: index?.documents.size ?? 0, _shards: SHARDS };
    if (path.includes('/_refresh')) return { _shards: SHARDS };
    if (path.includes('/_pit')) return method === 'POST' ? { id: 'pit', _shards: SHARDS } : { succeeded: true };
    if (path.includes('/_search')) {
      const hits = { total: { value: 0, relation: 'eq' }, hits: [] };
      return { timed_out: false, _shards: SHARDS, hits, aggregations: { ignored: { buckets: [] } } };
    }
    if (method === 'PUT') {
      const { _meta: meta } = (JSON.parse(body) as { mappings: { _meta: unknown } }).mappings;
      if (index) return new Status(400, { error: { type: 'resource_already_exists_exception', reason: 'exists' } });
      this.indices.set(name, { uuid: randomUUID(), meta, documents: new Set() });
      return { acknowledged: true, shards_acknowledged: true, index: name };
    }
    if (method === 'GET' && name.endsWith('*')) {
      const found = [...this.indices.keys()].filter((each) => each.startsWith(name.slice(0, -1)));
      return Object.fromEntries(found.map((each) => [each, { aliases: {} }]));
    }
    if (method === 'GET' && index) {
      return { [name]: { settings: { index: { uuid: index.uuid } }, mappings: { _meta: index.meta } } };
    }
    if (method === 'DELETE') for (const each of name.split(',')) this.indices.delete(decodeURIComponent(each));
    return { acknowledged: true };
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  return body;
}

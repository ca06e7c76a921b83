import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Runs a script of an export; what it says on stderr, and its exit code. */
export function runScript(
  folder: string,
  script: string,
  env: Record<string, string>,
): Promise<{ code: number; told: string }> {
  return new Promise((done) =>
    execFile('sh', [join(folder, script)], { env: { PATH: process.env['PATH'], ...env } }, (error, _, told) =>
      done({ code: error ? Number(error.code) : 0, told }),
    ),
  );
}

/** What a server answers to a POST: the code, and the body. */
type Posted = (path: string, body: string, kept: Set<string>) => { code: number; body?: string };

/** A server that keeps what is put, as a cluster does, and refuses what `refuses` says, and whoever lacks the secret. */
export class Stub {
  readonly kept = new Set<string>();
  readonly calls: string[] = [];
  refuses = /^$/;
  private server: Server | undefined;

  constructor(
    private readonly authorization: string,
    private readonly posted: Posted,
  ) {}

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const path = request.url!;
      const line = `${request.method} ${path}`;
      const parts: Buffer[] = [];
      request.on('data', (chunk: Buffer) => parts.push(chunk));
      request.on('end', () => {
        this.calls.push(line);
        const body = Buffer.concat(parts).toString();
        const answer = this.answer(request.method!, path, body, request.headers.authorization);
        response.writeHead(answer.code, { 'content-type': 'application/json' }).end(answer.body ?? '{}');
      });
    });
    await new Promise<void>((done) => this.server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server?.close();
  }

  private answer(method: string, path: string, body: string, authorization?: string): ReturnType<Posted> {
    if (authorization !== this.authorization) return { code: 401 };
    if (this.refuses.test(`${method} ${path}`)) return { code: 403 };
    if (method === 'PUT') return { code: this.put(path, body) };
    if (method === 'POST') return this.posted(path, body, this.kept);
    if (!this.kept.has(path)) return { code: 404 };
    if (method === 'DELETE') this.kept.delete(path);
    return { code: 200 };
  }

  /** A data stream that is there can't be made again; what else is put must be JSON. */
  private put(path: string, body: string): number {
    if (path.startsWith('/_data_stream/')) {
      if (this.kept.has(path)) return 400;
    } else JSON.parse(body);
    this.kept.add(path);
    return 200;
  }
}

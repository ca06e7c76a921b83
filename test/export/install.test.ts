import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elastic } from '../../tools/export/elastic';
import { writeFiles } from '../../tools/export/write';
import { CONTRACTS, detection, equals } from './fixture';

/** A server that keeps what is put, as Elasticsearch and Kibana do, and refuses what `refuses` says. */
class Stub {
  readonly kept = new Set<string>();
  readonly calls: string[] = [];
  refuses = /^$/;
  private server: Server | undefined;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const path = request.url!;
      const line = `${request.method} ${path}`;
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => {
        this.calls.push(line);
        let code = 200;
        if (request.headers.authorization !== 'ApiKey secret') code = 401;
        else if (this.refuses.test(line)) code = 403;
        else if (request.method === 'PUT') code = this.put(path, Buffer.concat(body).toString());
        else if (request.method === 'POST') this.kept.add('/api/detection_engine/rules?rule_id=bought');
        else if (!this.kept.has(path)) code = 404;
        else if (request.method === 'DELETE') this.kept.delete(path);
        response.writeHead(code, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((done) => this.server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server?.close();
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

describe('the scripts that install the export for Elastic', () => {
  let folder: string;
  let stub: Stub;
  let url: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-install-'));
    const bought = detection('bought', equals('action', 'bought'));
    const content = { rules: [bought], queries: [], incidents: [], contracts: CONTRACTS, acts: new Map() };
    writeFiles(folder, elastic(content).files);
    stub = new Stub();
    url = await stub.start();
  });
  afterEach(() => {
    stub.stop();
    rmSync(folder, { recursive: true });
  });

  /** Runs a script; what it says on stderr, and its exit code. */
  function run(script: string, more: Record<string, string> = {}): Promise<{ code: number; told: string }> {
    const env = {
      PATH: process.env['PATH'],
      ELASTICSEARCH_URL: url,
      KIBANA_URL: url,
      ELASTIC_API_KEY: 'secret',
      ...more,
    };
    return new Promise((done) =>
      execFile('sh', [join(folder, script)], { env }, (error, _, told) =>
        done({ code: error ? Number(error.code) : 0, told }),
      ),
    );
  }

  it('puts pipelines before templates before data streams before rules, and does so again', async () => {
    expect(await run('install.sh')).to.include({ code: 0 });
    const kinds = stub.calls.filter((line) => !line.startsWith('GET')).map((line) => line.replace(/[^/]*$/, ''));
    expect([...new Set(kinds)]).to.deep.equal([
      'PUT /_ingest/pipeline/',
      'PUT /_index_template/',
      'PUT /_data_stream/',
      'POST /api/detection_engine/rules/',
    ]);
    const kept = [...stub.kept];
    expect(kept).to.include('/_data_stream/logs-tollgate.shop.log-default');
    expect(await run('install.sh')).to.include({ code: 0 });
    expect([...stub.kept]).to.deep.equal(kept);
  });

  it('takes everything away again, and what was never there', async () => {
    await run('install.sh', { NAMESPACE: 'city' });
    expect(await run('uninstall.sh')).to.include({ code: 0 });
    expect([...stub.kept].filter((path) => path.startsWith('/api'))).to.deep.equal([]);
    expect(stub.kept).to.include('/_data_stream/logs-tollgate.shop.log-city');
    expect(await run('uninstall.sh', { NAMESPACE: 'city', DELETE_DATA: 'yes' })).to.include({ code: 0 });
    expect([...stub.kept]).to.deep.equal([]);
    expect(await run('uninstall.sh', { DELETE_DATA: 'yes' })).to.include({ code: 0 });
  });

  it('ends at the first call that is refused, and says which', async () => {
    stub.refuses = /^PUT \/_index_template/;
    const { code, told } = await run('install.sh');
    expect(code).to.equal(1);
    expect(told).to.match(/PUT .*\/_index_template\/logs-tollgate\.shop\.door failed/);
    expect(stub.calls.some((line) => line.startsWith('POST'))).to.equal(false);
    expect(await run('install.sh', { ELASTIC_API_KEY: '' })).to.include({ code: 2 });
  });
});

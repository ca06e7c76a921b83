import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Repository } from '../../end-to-end/repository';
import { writeManyMatches } from './many-matches';
import { Started } from './started';

const ROOT = join(__dirname, '../../..');
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

describe('a signal', function () {
  let folder: string;
  let started: Started | undefined;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'))));
  afterEach(() => {
    started?.dispose();
    rmSync(folder, { recursive: true });
  });

  const tollgate = (args: string[], options?: ConstructorParameters<typeof Started>[1]): Started =>
    (started = Started.tollgate(args, options));

  /** A thread that says `ready`, then never comes to its event loop again. */
  const busy = (computation: string): Started => {
    const thread = `
      const { writeSync } = require('node:fs');
      const { Worker } = require('node:worker_threads');
      require('node:worker_threads').parentPort.once('message', () => { ${computation} });
      const ready = () => writeSync(1, 'ready');`;
    const script = `
      require('./bin/compiler');
      const { Worker } = require('node:worker_threads');
      let interrupt;
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupt(signal));
      interrupt = require('./tools/command/cli/start').start(new Worker(${JSON.stringify(thread)}, { eval: true }), []);`;
    return (started = new Started(['-e', script]));
  };

  for (const [what, computation] of [
    ['a loop', 'ready(); for (;;);'],
    ['a regular expression', "ready(); /^(a+)+$/.test('a'.repeat(60) + 'b');"],
    ['parsing', "const text = JSON.stringify(Array(1e5).fill('x')); ready(); for (;;) JSON.parse(text);"],
    ['a thread of its own', "new Worker('for (;;);', { eval: true }); ready(); for (;;);"],
    ['waiting for memory that nobody writes', 'ready(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
  ] as const)
    it(`ends ${what}`, async () => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        const process = busy(computation);
        await process.until(() => process.stdout === 'ready');
        process.kill(signal);
        expect(await process.end).to.deep.equal({ code: CODES[signal], signal: null });
        expect([process.stdout, process.stderr]).to.deep.equal(['ready', '']);
        expect(process.isGroupAlive).to.equal(false);
      }
    });

  it('ends a command whenever it comes, from its first moments on', async () => {
    for (let moment = 0; moment < 12; moment++) {
      const process = tollgate(['test', '--watch'], { cwd: join(ROOT, 'test', 'fixtures', 'failing-case') });
      await new Promise((resolve) => setTimeout(resolve, moment * 37));
      process.kill('SIGTERM');
      // Before Node has come up it is the system that ends the process.
      const { code, signal } = await process.end;
      expect(code === 143 || signal === 'SIGTERM', `${code} ${signal}`).to.equal(true);
    }
  });

  it('ends what waits inside the system', async () => {
    const process = busy("ready(); require('node:fs').readSync(0, Buffer.alloc(1));");
    await process.until(() => process.stdout === 'ready');
    process.kill('SIGTERM');
    // Where the thread waits already it can't be ended, so that the process dies of the signal itself.
    const { code, signal } = await process.end;
    expect(code === 143 || signal === 'SIGTERM', `${code} ${signal}`).to.equal(true);
  });

  it('leaves nothing of a dataset that was being written', async () => {
    const process = tollgate(['generate', '--world', 'national-bank', '--days', '30', '--out', join(folder, 'out')]);
    await process.until(() => readdirSync(folder).length > 0);
    process.kill('SIGINT');
    expect(await process.end).to.deep.equal({ code: 130, signal: null });
    expect(readdirSync(folder)).to.deep.equal([]);
    expect([process.stdout, process.stderr]).to.deep.equal(['', '']);
  });

  it('leaves nothing of matches that were being sorted', async () => {
    const temporary = join(folder, 'temporary');
    mkdirSync(temporary);
    const args = writeManyMatches(folder);
    const process = tollgate(args, { env: { TMPDIR: temporary } });
    await process.until(() => readdirSync(temporary).some((name) => name.startsWith('tollgate-match-')));
    process.kill('SIGTERM');
    expect(await process.end).to.deep.equal({ code: 143, signal: null });
    expect(readdirSync(temporary)).to.deep.equal([]);
    expect([process.stdout, process.stderr]).to.deep.equal(['', '']);
  });

  it('ends a measurement with its threads, and keeps what was finished', async () => {
    const repository = new Repository();
    try {
      const plan = 'units:\n  - {world: regional-shop, seeds: 101-300, days: 1, detectors: short}\n';
      writeFileSync(join(repository.path, 'plan.yml'), plan);
      const units = join(repository.path, 'measurement', 'units.ndjson');
      const process = tollgate(['measure', '--plan', 'plan.yml', '--jobs', '2', '--out', 'out'], {
        cwd: repository.path,
      });
      await process.until(() => existsSync(units) && readFileSync(units, 'utf8').includes('\n'));
      process.kill('SIGINT');
      expect(await process.end).to.deep.equal({ code: 130, signal: null });
      expect(process.stdout).to.equal('');
      expect(process.stderr).to.match(/^note: 200 units to measure, about \d+ min\n$/);
      expect(process.isGroupAlive).to.equal(false);
      expect(existsSync(join(repository.path, 'out'))).to.equal(false);
    } finally {
      repository.dispose();
    }
  });

  it('ends watching', async () => {
    const process = tollgate(['test', '--watch'], { cwd: join(ROOT, 'test', 'fixtures', 'failing-case') });
    await process.until(() => process.stdout.includes('watching'));
    process.kill('SIGTERM');
    expect(await process.end).to.deep.equal({ code: 143, signal: null });
    expect(process.stderr).to.equal('');
  });

  describe('during a replay in a cluster', () => {
    let cluster: Cluster;
    afterEach(() => cluster.stop());
    const replay = (): Started => {
      const rule = join('rules', 'application', 'otp_block_burst.yml');
      return tollgate(['replay', rule, '--world', 'regional-shop', '--days', '1', '--url', cluster.url]);
    };

    it('deletes the indices, also one that a late request makes again', async () => {
      cluster = await Cluster.start();
      const process = replay();
      await process.until(() => cluster.isIndexing);
      process.kill('SIGINT');
      expect(await process.end).to.deep.equal({ code: 130, signal: null });
      expect([...cluster.indices]).to.deep.equal([]);
      expect(cluster.deleted.length, 'the late one once more').to.equal(new Set(cluster.deleted).size + 1);
      expect([process.stdout, process.stderr]).to.deep.equal(['', '']);
    });

    it('given twice does not wait for a cluster that does not answer', async () => {
      cluster = await Cluster.start();
      const process = replay();
      await process.until(() => cluster.isIndexing);
      cluster.isSilent = true;
      process.kill('SIGINT');
      await process.until(() => cluster.wasAskedInVain);
      process.kill('SIGINT');
      expect((await process.end).signal).to.equal('SIGINT');
    });
  });
});

/** Takes indices and never answers a request for indexing: once the indices are deleted, it makes them again as such a request would. */
class Cluster {
  readonly indices = new Set<string>();
  readonly deleted: string[] = [];
  private readonly mappings = new Map<string, object>();
  isIndexing = false;
  isSilent = false;
  wasAskedInVain = false;
  private late = true;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Cluster> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const answer = cluster.answer(request.method ?? '', request.url ?? '', body);
        if (answer === undefined) return;
        response.writeHead(200, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
        response.end(JSON.stringify(answer));
      });
    });
    const cluster = new Cluster(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return cluster;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(method: string, url: string, body: string): unknown {
    const path = url.replace(/\?.*/, '').slice(1);
    if (this.isSilent) {
      this.wasAskedInVain = true;
      return undefined;
    }
    if (path === '') return { version: { number: '9.9.9' } };
    if (path.includes('_bulk')) {
      this.isIndexing = true;
      return undefined;
    }
    if (method === 'PUT') {
      this.indices.add(path);
      this.mappings.set(path, (JSON.parse(body) as { mappings: object }).mappings);
      return { acknowledged: true, shards_acknowledged: true, index: path };
    }
    if (path === '_tasks') return this.tasks();
    if (method === 'GET') return Object.fromEntries([...this.indices].map((name) => [name, this.index(name)]));
    if (method === 'DELETE') {
      this.indices.delete(path);
      this.deleted.push(path);
    }
    return { acknowledged: true };
  }

  private index(name: string): object {
    return { aliases: {}, settings: { index: { uuid: name } }, mappings: this.mappings.get(name) };
  }

  /** Until an index was deleted there is a task on it, which then makes it again. */
  private tasks(): unknown {
    if (!this.late) return { nodes: {} };
    const [index] = this.deleted;
    if (index === undefined) return { nodes: { a: { tasks: { 'a:1': { description: [...this.indices].join() } } } } };
    this.late = false;
    this.indices.add(index);
    return { nodes: {} };
  }
}

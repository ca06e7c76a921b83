import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { gzipSync } from 'node:zlib';
import { realNode } from '../../detection/elasticsearch/node';
import { tollgate, tollgateOn } from './run';

const RULES = 'test/fixtures/compile/rules';
const BAD = 'test/fixtures/compile/bad';

interface Line {
  rule: string | null;
  path: string;
  target: string;
  exactness: string;
  query: object | null;
  error: string | null;
  matches?: number;
  decided?: string;
}

const linesOf = (stdout: string): Line[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('tollgate compile', () => {
  it('prints the query of each rule, in the order of the files', () => {
    const { code, stdout, stderr } = tollgate('compile', '--rules', RULES, '--target', 'elasticsearch');
    expect([stderr, code]).to.deep.equal(['', 0]);
    const lines = linesOf(stdout);
    expect(lines.map(({ path }) => path)).to.deep.equal(lines.map(({ path }) => path).sort());
    expect(lines.map(({ exactness }) => exactness).filter((each) => each === 'superset')).to.have.length(2);
    expect(lines.every(({ target, query }) => target === 'elasticsearch' && query !== null)).to.equal(true);
    expect(lines[1]).to.deep.include({ rule: '5a0c0f1e-0000-4000-8000-000000000002', exactness: 'exact' });
  });

  it('refuses each rule in error with all its errors, and compiles the others', () => {
    const { code, stdout } = tollgate('compile', '--rules', BAD);
    expect(code).to.equal(1);
    const lines = linesOf(stdout);
    expect(lines.map(({ exactness }) => exactness)).to.deep.equal([
      ...['exact', 'exact', 'refused', 'refused', 'refused', 'refused'],
    ]);
    const [, , correlation, placeholder, malformed, nothing] = lines;
    expect(correlation).to.deep.include({ rule: 'many', query: null });
    expect(correlation!.error).to.match(/b_correlation\.yml:12:1: a correlation is evaluated over the matches/);
    expect(placeholder!.error?.split('\n')).to.have.length(2);
    expect(placeholder!.error).to.match(/c_placeholder\.yml:7:18: .*'%admins%'/);
    expect(malformed).to.deep.include({ rule: null });
    expect(malformed!.error).to.match(/d_malformed\.yml:\d+:\d+: malformed YAML/);
    expect(nothing).to.deep.include({ rule: 'nothing' });
  });

  it('takes the values of placeholders from a file', () => {
    const file = `${BAD}/c_placeholder.yml`;
    const { code, stdout } = tollgate('compile', '--rules', file, '--placeholders', `${BAD}/../placeholders.yml`);
    expect(code).to.equal(0);
    expect(JSON.stringify(linesOf(stdout)[0]!.query))
      .to.contain('"root"')
      .and.to.contain('"alpha"');
  });

  it('prints the index that the queries need', () => {
    const { code, stdout } = tollgate('compile', '--rules', RULES, '--mapping');
    expect(code).to.equal(0);
    const { mappings } = JSON.parse(stdout) as { mappings: { properties: Record<string, object> } };
    expect(mappings.properties).to.include.keys('host', 'host.name', 'host.ip', 'tollgate.strings');
    expect(mappings.properties, 'no field that only a run fills').to.not.include.keys('tollgate.n', 'tollgate.record');
  });

  it('ends with 2 where an asset is named, and no events are run', () => {
    const { code, stderr } = tollgate('compile', '--rules', RULES, '--asset-id', 'shop');
    expect(stderr).to.include('--asset-id is about the records of --run');
    expect(code).to.equal(2);
  });

  it('ends with 2 where nothing is selected', () => {
    for (const args of [['--rules', 'nowhere'], ['--rules', 'test/cli'], ['--rules', RULES, '--target', 'x'], []])
      expect(tollgate('compile', ...args).code, args.join(' ')).to.equal(2);
    expect(tollgate('compile', '--rules', RULES, '--run', 'nowhere.ndjson').code).to.equal(2);
  });

  describe('--mapping', () => {
    const node = realNode();

    it('gives an index that shows its documents by itself, as one would run it', async () => {
      const { settings, ...body } = JSON.parse(tollgate('compile', '--rules', RULES, '--mapping').stdout) as {
        settings: Record<string, unknown>;
        mappings: object;
      };
      expect(JSON.stringify(settings)).not.to.match(/refresh_interval|translog|number_of_replicas|max_result_window/);
      const client = openClient(node().access);
      const index = `tollgate-mapping-test-${process.pid}`;
      try {
        await client.indices.create({ index, settings, ...body });
        await client.index({ index, document: { host: 'ALPHA' } });
        const query = { query: { term: { 'host.folded': 'alpha' } } };
        let found = 0;
        for (let tries = 0; found === 0 && tries < 600; tries++) {
          await pause(100);
          found = (await client.count({ index, ...query })).count;
        }
        expect(found).to.equal(1);
      } finally {
        await client.indices.delete({ index, ignore_unavailable: true });
        await client.close();
      }
    });
  });

  describe('--run', () => {
    const node = realNode();
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-compile-'));
    after(() => rmSync(folder, { recursive: true }));

    it('runs every query on records of any shape, and checks its hits in memory', () => {
      expect(node()).not.to.equal(undefined);
      const file = join(folder, 'events.ndjson');
      const records = [
        { host: 'ALPHA' },
        { host: [{ name: 'Beta one' }, 'x'], '': { _id: 1 } },
        { log: [['Panic: Fatal']], _id: 'x' },
        { EventID: '4688', 'host.port': '1e4', host: { ip: ['::1', 'FE80::1'] } },
        { Image: 'a.exe', ParentImage: 'A.EXE', host: { ip: 'fe80::1%eth0', port: '0x1p3' } },
      ];
      writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      const { code, stdout, stderr } = tollgate('compile', '--rules', RULES, '--run', file);
      expect(code).to.equal(0);
      expect(stderr).to.contain('0 disagreements').and.to.contain('7 run on 5 events: 4 matched some, 0 refused');
      const lines = linesOf(stdout);
      expect(lines.map(({ matches }) => matches)).to.deep.equal([0, 1, 1, 2, 1, 0, 0]);
    });

    it('reads events as match does: packed, from standard input, in envelopes, and on after bad lines', () => {
      const rule = join(folder, 'rule.yml');
      writeFileSync(rule, 'title: T\nlogsource: {product: x}\ndetection:\n  a: {k: 1}\n  condition: a\n');
      const run = (input: string | Buffer) => {
        const { code, stdout, stderr } = tollgateOn(input, 'compile', '--rules', rule, '--run', '-');
        return [
          code,
          linesOf(stdout)[0]!.matches,
          /run on (\d+) events/.exec(stderr)?.[1],
          stderr.includes('standard input:'),
        ];
      };
      const envelope = '{"Records":[{"k":1},{"k":2},{"k":1}]}';
      expect(run(`\ufeff${envelope}`)).to.deep.equal([0, 2, '3', false]);
      expect(run(gzipSync(`{"k":1}\n${envelope}\n`))).to.deep.equal([0, 3, '4', false]);
      expect(run(`{oops\n{"k":1}\n${envelope.slice(0, -1)}`)).to.deep.equal([1, 3, '4', true]);
      const deep = `{"k":1,"a":${'[{"b":'.repeat(50_000)}1${'}]'.repeat(50_000)}}\n`;
      expect(run(deep)).to.deep.equal([0, 1, '1', false]);
    });

    it('takes all events for those of the asset that is named', () => {
      const rule = join(folder, 'asset.yml');
      writeFileSync(rule, 'title: T\nlogsource: {product: x}\ndetection:\n  a: {asset.id: shop}\n  condition: a\n');
      const matches = (...more: string[]) =>
        linesOf(
          tollgateOn('{"k":1}\n{"asset":{"id":"x"}}\n', 'compile', '--rules', rule, '--run', '-', ...more).stdout,
        )[0]!.matches;
      expect(matches('--asset-id', 'shop')).to.equal(2);
      expect(matches()).to.equal(0);
    });

    it('ends with 1 where all lines are bad, and with 2 where there are none', () => {
      expect(tollgateOn('{oops\n', 'compile', '--rules', RULES, '--run', '-').code).to.equal(1);
      expect(tollgateOn('\n', 'compile', '--rules', RULES, '--run', '-').code).to.equal(2);
      expect(tollgate('compile', '--rules', RULES, '--run', join(folder, 'nothing')).code).to.equal(2);
    });
  });
});

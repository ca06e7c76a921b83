import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { tollgateIn } from './run';

const WORLD = 'datasets/worlds/regional-shop.yml';

/** No file is silently well: each is checked as what it holds, or told. */
describe('tollgate validate of any file', function () {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const copy = (from: string, to: string, change: (text: string) => string = (text) => text): void =>
    write(to, change(readFileSync(from, 'utf8')));
  function codes(...paths: string[]): string[] {
    const { code, stdout } = tollgateIn(folder, 'validate', '--format', 'json', ...paths);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { file: string; code: string; severity: string }[] };
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(code).to.equal(errors.length > 0 ? 1 : 0);
    return [...new Set(diagnostics.map(({ file, code: what }) => `${file} ${what}`))];
  }

  it('reads worlds, scenarios and contracts outside of a repository', () => {
    copy(WORLD, 'worlds/good.yml');
    copy('datasets/benign/load-test.yml', 'benign/honest.yml');
    copy('datasets/malicious/low-and-slow.yml', 'malicious/attack.yml');
    copy('schemas/telemetry/web.access.yml', 'telemetry/web.access.yml');
    expect(codes('worlds', 'benign', 'malicious', 'telemetry')).to.deep.equal([]);
    copy(WORLD, 'worlds/bad.yml', (text) => text.replace(/sends_per_day: \d+/, 'sends_per_day: -1'));
    copy('datasets/benign/load-test.yml', 'benign/dishonest.yml', (text) =>
      text.replace('kind: benign', 'kind: malicious'),
    );
    copy('datasets/malicious/low-and-slow.yml', 'malicious/bad.yml', (text) => text.replace('title:', 'titel:'));
    copy('schemas/telemetry/aws.waf.yml', 'telemetry/bad.yml');
    expect(codes('worlds/bad.yml')).to.deep.equal(['worlds/bad.yml wrong-value']);
    expect(codes('benign/dishonest.yml')).to.include('benign/dishonest.yml wrong-folder');
    expect(codes('malicious')).to.include('malicious/bad.yml unknown-key');
    expect(codes('telemetry/bad.yml')).to.include('telemetry/bad.yml wrong-file-name');
  });

  it('reads what says nothing of itself as what its folder holds', () => {
    const folders = ['worlds', 'benign', 'malicious', 'telemetry', 'cases', 'queries', 'baselines', 'filters'];
    for (const name of folders) write(`${name}/junk.yml`, 'foo: bar\n');
    const found = codes(...folders.map((name) => `${name}/junk.yml`));
    for (const name of folders) expect(found.join(), name).to.contain(`${name}/junk.yml `);
  });

  it('reads every file of a repository, and tells those that nothing would read', () => {
    copy('rules/twilio/twilio_geo_permission_opened.yml', 'rules/twilio/twilio_geo_permission_opened.yml');
    write(
      'datasets/mutants.yml',
      'title: Mutants that survive\nsurvivors:\n  - {rule: no-id, mutant: x, reason: none at all}\n',
    );
    write('datasets/rate-card.yml', 'title: [x]\n');
    write(
      'datasets/baselines/base.yml',
      'title: x\nlogsource: {product: nowhere}\ndetection: {s: {a: b}, condition: s}\n',
    );
    write('measurement/plan.yml', 'units:\n  - {world: nowhere, seeds: 101-102, days: 3}\n');
    write('coverage/attack.yml', 'technique: T1496.003\n');
    write('coverage/stacks.yml', 'stacks:\n  mine: {title: Mine, sources: [], worlds: [nowhere]}\n');
    write('datasets/world/typo.yml', 'title: x\n');
    write('worlds/astray.yml', 'title: x\n');
    expect(codes()).to.include.members([
      'coverage/attack.yml missing-key',
      'coverage/stacks.yml wrong-value',
      'datasets/baselines/base.yml no-contract',
      'datasets/rate-card.yml wrong-type',
      'datasets/world/typo.yml misplaced-file',
      'measurement/plan.yml unknown-world',
      'worlds/astray.yml misplaced-file',
    ]);
    expect(codes('datasets/mutants.yml')).not.to.be.empty;
  });

  it('tells what is no regular file, and blocks on none, in every command that reads a folder', async () => {
    const server: Server = createServer();
    try {
      copy('rules/twilio/twilio_geo_permission_opened.yml', 'mine/twilio_geo_permission_opened.yml');
      execFileSync('mkfifo', [join(folder, 'mine', 'pipe.yml')]);
      await new Promise<void>((ready) => server.listen(join(folder, 'mine', 'socket.yml'), ready));
      symlinkSync('/dev/zero', join(folder, 'mine', 'zero.yml'));
      symlinkSync(resolve('rules/okta'), join(folder, 'mine', 'okta'));
      symlinkSync('.', join(folder, 'mine', 'loop'));
      write('events.ndjson', '{}\n');
      const told = ['mine/pipe.yml', 'mine/socket.yml', 'mine/zero.yml', 'mine/okta', 'mine/loop'];
      for (const args of [
        ['validate', 'mine'],
        ['test', 'mine'],
        ['mutate', 'mine'],
        ['replay', 'mine', '--engine', 'memory', '--world', 'regional-shop'],
        ['match', '--rules', 'mine', '--events', 'events.ndjson'],
        ['compile', '--rules', 'mine'],
      ]) {
        const { code, stdout, stderr } = tollgateIn(folder, ...args);
        expect(code, args.join(' ')).to.equal(1);
        for (const file of told) expect(`${stdout}${stderr}`, args.join(' ')).to.contain(`${file}:1:1: `);
      }
      const hunted = tollgateIn(folder, 'hunt', 'mine/pipe.yml', '--engine', 'memory', '--events', 'events.ndjson');
      expect(hunted.code).to.equal(1);
      expect(hunted.stderr).to.contain('mine/pipe.yml:1:1: error: is not a regular file');
    } finally {
      server.close();
    }
  });

  it('reads a file whose ending is in capitals, and tells that its name is not well', () => {
    copy('rules/twilio/twilio_geo_permission_opened.yml', 'rules/twilio/GEO_PERMISSION.YML');
    expect(codes('rules')).to.include('rules/twilio/GEO_PERMISSION.YML file-name');
    copy(WORLD, 'worlds/bad.YAML', (text) => text.replace(/sends_per_day: \d+/, 'sends_per_day: -1'));
    expect(codes('worlds')).to.deep.equal(['worlds/bad.YAML wrong-value']);
  });

  it('refuses a rule that nobody has measured, in a repository that has worlds', () => {
    for (const path of [
      'rules/twilio/twilio_geo_permission_opened.yml',
      'datasets/cases/twilio_geo_permission_opened.yml',
      WORLD,
    ]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(path, join(folder, path));
    }
    for (const path of ['datasets/benign', 'datasets/malicious']) cpSync(path, join(folder, path), { recursive: true });
    const rule = 'rules/twilio/twilio_geo_permission_opened.yml';
    expect(codes('rules')).to.deep.equal([`${rule} budget-unproven`]);
    expect(codes()).to.include(`${rule} budget-unproven`);
  });
});

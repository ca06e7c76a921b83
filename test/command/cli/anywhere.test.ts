import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { tollgateIn } from './run';

const QUERY = 'twilio_dense_block';

/** The package carries its contracts, rules, queries and datasets. */
describe('tollgate in a folder without content', function () {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  before(() => {
    const sent = (second: number): string =>
      JSON.stringify({
        type: 'com.twilio.messaging.message.sent',
        data: {
          messageSid: `SM${second}`,
          accountSid: 'AC1',
          to: `+99800093000${second}`,
          messageStatus: 'SENT',
          timestamp: `2026-08-04T03:00:0${second}Z`,
        },
      });
    writeFileSync(join(folder, 'events.ndjson'), [1, 2, 3, 4, 5, 6].map((second) => `${sent(second)}\n`).join(''));
  });
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) => tollgateIn(folder, ...args);
  const hunt = (...args: string[]) =>
    run('hunt', ...args, '--engine', 'memory', '--events', 'events.ndjson', '--format', 'json');

  it('hunts with a query by its name, and suggests one for a mistyped name', () => {
    const { code, stdout } = hunt(QUERY, '--param', 'min_numbers=5');
    expect(code).to.equal(0);
    expect((JSON.parse(stdout) as { rows: unknown[] }).rows).to.have.length(1);
    for (const mistyped of ['twilio_dense_blok', 'twilio_dens_block.yml', 'queries/twilio/twilio_dense_blokc.yml']) {
      const { code: wrong, stderr } = hunt(mistyped);
      expect([wrong, stderr]).to.deep.equal([
        2,
        `error: there is no query '${mistyped}'\nhint: did you mean '${QUERY}'?\n`,
      ]);
    }
  });

  it('matches the events of a source, and suggests one for a mistyped name', () => {
    const rules = [
      'match',
      '--rules',
      resolve('rules/twilio/twilio_dead_range.yml'),
      '--events',
      'events.ndjson',
      '--all',
    ];
    const { code, stderr } = run(...rules, '--source', 'twilio.messaging');
    // Of the correlation in this file the other source is not there.
    expect(code).to.equal(0);
    expect(stderr).to.match(
      /^note: '[^']+' \([-\da-f]+\) is not run: it reads another log source[^\n]*\nread: [^\n]*\n$/,
    );
    const wrong = run(...rules, '--source', 'twilio.mesaging');
    expect([wrong.code, wrong.stderr]).to.deep.equal([
      2,
      "error: there is no log source 'twilio.mesaging'\nhint: did you mean 'twilio.messaging'?\n",
    ]);
  });

  it("replays Tollgate's own content, or a file of it, with what it refers to", () => {
    const quick = ['--engine', 'memory', '--world', 'regional-shop', '--scenario', 'protections-weakened-first'];
    const rule = resolve('rules/twilio/twilio_control_change_then_block_burst.yml');
    const { code, stdout } = run('replay', rule, ...quick, '--format', 'json');
    expect(code).to.equal(0);
    expect((JSON.parse(stdout) as { rules: unknown[] }).rules).to.have.length(1);
    expect(run('validate', rule)).to.include({ code: 0, stdout: '1 file, no findings\n' });
    const never = run('replay', rule, ...quick.slice(0, -1), 'okta-protections-off');
    expect([never.code, never.stdout]).to.deep.equal([2, '']);
    expect(never.stderr).to.contain("the scenario 'okta-protections-off' never occurs in 2 days of regional-shop");
    const unseen = run(
      'replay',
      resolve('rules/twilio/twilio_geo_permission_opened.yml'),
      ...quick.slice(0, -1),
      'low-and-slow',
    );
    expect(unseen.code).to.equal(1);
    expect(unseen.stdout).to.contain('1 not tested, 0 fail');
    const [own] = run('replay', ...quick, '--world', 'nowhere').stderr.split('\n');
    expect(own).to.equal("note: there are no rules, queries or datasets here, so Tollgate's own are taken");
  });

  it('judges nothing where nothing is', () => {
    for (const command of ['validate', 'test', 'mutate', 'audit', 'coverage', 'measure']) {
      const { code, stdout } = run(command);
      expect([code, stdout], command).to.deep.equal([2, '']);
    }
  });

  it('has in its package all that this needs', () => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
    ) as [{ files: { path: string }[] }];
    const files = new Set(packed.files.map(({ path }) => path));
    const { files: folders } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
    expect(folders).to.include('dist');
    for (const top of ['rules', 'queries', 'filters', 'datasets', 'schemas', 'coverage'])
      for (const entry of readdirSync(top, { recursive: true, encoding: 'utf8' }))
        if (/\.(ya?ml|json)$/.test(entry)) expect(files.has(join(top, entry)), join(top, entry)).to.equal(true);
    expect([...files]).to.include.members(['bin/tollgate.js', 'measurement/results.json', 'package.json', 'README.md']);
  });
});

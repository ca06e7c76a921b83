import { expect } from 'chai';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Repository } from '../../end-to-end/repository';
import type { Layout } from '../../../tools/command/check/layout';
import { watch } from '../../../tools/command/cli/watch';
import { Started } from './started';

const EXPIRED = 'rules/twilio/twilio_verify_expired_block.yml';
const OPENED = 'rules/twilio/twilio_geo_permission_opened.yml';
const [EXPIRED_CASES, OPENED_CASES] = [EXPIRED, OPENED].map((rule) => rule.replace('rules/twilio', 'datasets/cases'));
const ENDS = '; Ctrl-C ends\n';

describe('what a change affects', function () {
  let repository: Repository;
  let watching: Started;
  beforeEach(() => {
    repository = new Repository();
    for (const path of [OPENED, OPENED_CASES!]) cpSync(path, join(repository.path, path));
  });
  afterEach(() => {
    watching.dispose();
    repository.dispose();
  });

  const start = (...args: string[]): void => {
    watching = Started.tollgate(args, { cwd: repository.path });
  };
  let [runs, told] = [0, 0];
  /** What the next run printed, on both outputs. */
  const next = async (): Promise<{ stdout: string; stderr: string }> => {
    await watching.until(() => watching.stdout.split(ENDS).length - 1 > runs);
    const stdout = watching.stdout.split(ENDS)[runs++]!;
    const stderr = watching.stderr.slice(told);
    told = watching.stderr.length;
    return { stdout, stderr };
  };
  beforeEach(() => ([runs, told] = [0, 0]));
  const edit = (path: string): void => appendFileSync(join(repository.path, path), '# another\n');
  const casesIn = (path: string): number => readFileSync(path, 'utf8').split(/^ +- name:/m).length - 1;
  /** With a text that is no YAML; returns what restores it. */
  const spoil = (path: string): (() => void) => {
    const file = join(repository.path, path);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, 'title: [\n');
    return () => writeFileSync(file, text);
  };

  it('is what `test --watch` runs again, beside what failed; a malformed file is told', async () => {
    const [expired, opened] = [casesIn(EXPIRED_CASES!), casesIn(OPENED_CASES!)];
    start('test', '--watch');
    expect((await next()).stdout).to.contain(`${expired + opened} passed`);
    edit(EXPIRED);
    expect((await next()).stdout).to.contain(`${expired} passed`);
    edit(OPENED_CASES!);
    expect((await next()).stdout).to.contain(`${opened} passed`);
    const restore = spoil(EXPIRED);
    const spoilt = await next();
    expect(spoilt.stderr).to.contain(`${EXPIRED}:2:1: error:`);
    edit(OPENED);
    const beside = await next();
    expect([beside.stdout, beside.stderr]).to.satisfy(
      ([out, err]: string[]) => out!.includes(`${opened} passed`) && err!.includes(`${EXPIRED}:2:1: error:`),
    );
    restore();
    expect((await next()).stdout).to.contain(`${expired} passed`);
    repository.edit(OPENED_CASES!, 'alerts: 1', 'alerts: 2');
    const failed = Number(/(\d+) failed/.exec((await next()).stdout)?.[1]);
    edit(EXPIRED);
    expect((await next()).stdout).to.contain(`: ${expired + opened - failed} passed, ${failed} failed\n`);
    watching.kill('SIGINT');
    expect(await watching.end).to.deep.equal({ code: 130, signal: null });
  });

  it('is what `replay --watch` replays again, and all after a scenario', async () => {
    const title = { expired: 'twilio_verify_expired_block', opened: 'twilio_geo_permission_opened' };
    start('replay', '--watch', '--engine', 'memory', '--days', '1', '--scenario', 'load-test');
    expect((await next()).stdout)
      .to.contain(title.expired)
      .and.to.contain(title.opened);
    edit(EXPIRED);
    expect((await next()).stdout)
      .to.contain(title.expired)
      .and.not.to.contain(title.opened);
    const restore = spoil(OPENED);
    const spoilt = await next();
    expect(spoilt.stderr).to.contain(`${OPENED}:2:1: error:`).and.to.contain('nothing was run');
    restore();
    expect((await next()).stdout)
      .to.contain(title.opened)
      .and.not.to.contain(title.expired);
    edit('datasets/benign/load-test.yml');
    expect((await next()).stdout)
      .to.contain(title.expired)
      .and.to.contain(title.opened);
    watching.kill('SIGTERM');
    expect(await watching.end).to.deep.equal({ code: 143, signal: null });
  });
});

describe('watching', () => {
  const WELL_ENOUGH = new Error('seen enough');

  /** What it writes to a terminal, or elsewhere, for two runs. */
  const written = async (isTTY: boolean): Promise<string> => {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    const file = join(folder, 'a.yml');
    writeFileSync(file, '');
    let text = '';
    const write = (more: string): boolean => {
      text += more;
      if (text.split(ENDS).length > 2) throw WELL_ENOUGH;
      return true;
    };
    const out = { isTTY, write } as unknown as NodeJS.WriteStream;
    const options = { paths: [], find: () => ({}) as Layout, reads: () => [file], out };
    try {
      const run = () => Promise.resolve((appendFileSync(file, 'x'), []));
      await watch(options, run).catch((error: unknown) => expect(error).to.equal(WELL_ENOUGH));
    } finally {
      rmSync(folder, { recursive: true });
    }
    return text;
  };

  it('clears a terminal between runs, and nothing else', async () => {
    expect(await written(true)).to.match(/ends\n\x1b\[2J\x1b\[H── /);
    expect(await written(false)).to.match(/ends\n\n── /);
  });
});

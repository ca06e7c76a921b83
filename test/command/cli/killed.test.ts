import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeManyMatches } from './many-matches';
import { Started } from './started';

describe('a command that is killed', function () {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let started: Started | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    env = { TMPDIR: join(folder, 'temporary'), TOLLGATE_CACHE: join(folder, 'cache') };
    for (const name of ['temporary', 'work']) mkdirSync(join(folder, name));
  });
  afterEach(() => {
    started?.dispose();
    rmSync(folder, { recursive: true });
  });

  async function killWhen(args: string[], condition: () => boolean): Promise<void> {
    started = Started.tollgate(args, { env });
    await started.until(condition);
    started.kill('SIGKILL');
    expect((await started.end).signal).to.equal('SIGKILL');
  }

  /** What the next command says on standard error, which clears away what was left. */
  async function told(): Promise<string> {
    started = Started.tollgate(['--version'], { env });
    expect((await started.end).code).to.equal(0);
    return started.stderr;
  }

  const journals = (): string[] => readdirSync(join(folder, 'cache', 'state', 'journals'));

  it('leaves a half-made dataset to the next one', async () => {
    const work = join(folder, 'work');
    await killWhen(['generate', '--world', 'national-bank', '--days', '30', '--out', join(work, 'out')], () =>
      readdirSync(work).some((name) => readdirSync(join(work, name)).length > 0),
    );
    const [left] = readdirSync(work);
    expect(await told()).to.equal(`note: what a killed command had left is cleared away: ${join(work, left!)}\n`);
    expect([readdirSync(work), journals()]).to.deep.equal([[], []]);
    expect(await told()).to.equal('');
  });

  it('leaves matches that were being sorted to the next one', async () => {
    const args = writeManyMatches(folder);
    const sorted = (): string[] => readdirSync(env['TMPDIR']!).filter((name) => name.startsWith('tollgate-match-'));
    await killWhen(args, () => sorted().length > 0);
    const [left] = sorted();
    expect(await told()).to.include(join(env['TMPDIR']!, left!));
    expect([sorted(), journals()]).to.deep.equal([[], []]);
  });

  it('is not taken for one that runs still', async () => {
    const args = writeManyMatches(folder);
    started = Started.tollgate(args, { env });
    const first = started;
    await first.until(() => readdirSync(env['TMPDIR']!).some((name) => name.startsWith('tollgate-match-')));
    expect(await told()).to.equal('');
    expect(journals()).to.have.length(1);
    expect((await first.end).code, first.stderr).to.be.oneOf([0, 1]);
    expect([readdirSync(env['TMPDIR']!), journals()]).to.deep.equal([[], []]);
  });
});

import { expect } from 'chai';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Started } from './started';

describe('tollgate test --watch', function () {
  let folder: string;
  let watching: Started;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    cpSync(join(__dirname, '../../fixtures/failing-case'), folder, { recursive: true });
    watching = Started.tollgate(['test', '--watch'], { cwd: folder });
    await run(0);
  });
  after(() => {
    watching.dispose();
    rmSync(folder, { recursive: true });
  });

  const cases = (): string => join(folder, 'datasets', 'cases', 'message_failed.yml');
  /** Saves the cases with another text, as editors do. */
  const save = (from: string, to: string): void => {
    writeFileSync(`${cases()}~`, readFileSync(cases(), 'utf8').replace(from, to));
    renameSync(`${cases()}~`, cases());
  };
  const runs = (): number => watching.stdout.split('; Ctrl-C ends\n').length - 1;
  /** What run `n`, from 0, printed, once it has ended. */
  const run = async (n: number): Promise<string> => {
    await watching.until(() => runs() > n);
    return watching.stdout.split('; Ctrl-C ends\n')[n]!;
  };

  it('says that it watches, and how much', async () => {
    expect(await run(0)).to.match(/1 passed, 1 failed\nwatching \d\d files$/);
  });

  it('sees a file that is renamed over another, as editors save', async () => {
    const n = runs();
    save('where two alerts', 'where 2 alerts');
    expect(await run(n))
      .to.match(/^\n── \d\d:\d\d:\d\d ── datasets\/cases\/message_failed\.yml changed\n/)
      .and.to.contain('where 2 alerts');
  });

  it('sees new files in new folders, and that they are gone', async () => {
    const n = runs();
    // All at once, so that no look falls between two steps.
    const beside = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    writeFileSync(join(beside, 'rule.yml'), 'title: [\n');
    renameSync(beside, join(folder, 'rules', 'new'));
    expect(await run(n)).to.contain('── rules/new/rule.yml is new\n');
    expect(watching.stderr).to.contain('rules/new/rule.yml:');
    renameSync(join(folder, 'rules', 'new'), beside);
    expect(await run(n + 1)).to.contain('── rules/new/rule.yml is gone\n');
    rmSync(beside, { recursive: true });
  });

  it('sees what is saved while it runs', async () => {
    const n = runs();
    save('2 alerts', 'a pair of alerts');
    // The line stands there before the run begins.
    await watching.until(() => watching.stdout.split('; Ctrl-C ends\n')[n]!.includes('changed\n'));
    save('a pair of alerts', 'two of them');
    expect(await run(n + 1)).to.contain('where two of them');
  });

  it('ends with 2 for a path that matches nothing', async () => {
    const other = Started.tollgate(['test', 'nowhere.yml', '--watch'], { cwd: folder });
    expect((await other.end).code).to.equal(2);
    expect(other.stderr).to.contain('there is nothing at nowhere.yml');
  });
});

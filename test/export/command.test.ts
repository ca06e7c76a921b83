import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Command } from 'commander';
import { Failure } from '../../tools/foundation/content/failure';
import { configure } from '../../tools/command/cli/export';

describe('tollgate export', () => {
  let out: string;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'tollgate-export-'));
  });
  afterEach(() => rmSync(out, { recursive: true }));

  /** Runs the command in this process: what it prints on stdout, and its exit code. */
  async function run(...args: string[]): Promise<{ text: string; code: number }> {
    const printed: string[] = [];
    const { write } = process.stdout;
    const before = process.exitCode;
    process.exitCode = 0;
    process.stdout.write = ((text: string) => printed.push(text) > 0) as typeof write;
    try {
      const command = new Command();
      configure(command);
      await command.parseAsync(['--out', out, ...args], { from: 'user' });
      return { text: printed.join(''), code: Number(process.exitCode) };
    } finally {
      process.stdout.write = write;
      process.exitCode = before;
    }
  }

  it("filters the rules that a site's filters name", async () => {
    const site = join(out, 'site.yml');
    writeFileSync(site, 'load_test_blocks: ["+1702084"]');
    const written = (): string => readFileSync(join(out, 'elastic', 'rules.ndjson'), 'utf8');
    await run();
    expect(written()).not.to.include('+1702084');
    await run('--placeholders', site);
    expect(written()).to.include('+1702084');
  });

  it('says why a platform has no export', async () => {
    const error = await run('--target', 'secops').catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Failure).and.to.include({ exitCode: 2 });
    expect((error as Failure).message).to.include('Google SecOps has no export');
    expect(readdirSync(out)).to.deep.equal([]);
  });

  it('writes the folder of a target, and checks it without writing', async () => {
    expect(await run('--check')).to.include({ code: 1 });
    expect(readdirSync(out), 'a check writes nothing').to.deep.equal([]);

    expect((await run()).text).to.match(/elastic: \d+ files, \d+ written, 0 removed/);
    expect(readdirSync(join(out, 'elastic'))).to.have.members([
      'README.md',
      'install.sh',
      'uninstall.sh',
      'pipelines',
      'rules',
      'rules.ndjson',
      'templates',
    ]);
    expect(await run('--check')).to.deep.include({ code: 0 });

    writeFileSync(join(out, 'elastic', 'rules.ndjson'), '');
    writeFileSync(join(out, 'elastic', 'rules', 'mine.json'), '{}');
    const { text, code } = await run('--check');
    expect(code).to.equal(1);
    expect(text)
      .to.match(/differs +.*rules\.ndjson\n/)
      .and.match(/surplus +.*mine\.json\n/);
    expect((await run()).text).to.match(/1 written, 1 removed/);
  });
});

import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tollgate } from './run';

/** What bash offers after these words. */
function offeredByBash(script: string, words: string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ');
  const run = `${script}\nCOMP_WORDS=(${list})\nCOMP_CWORD=${words.length - 1}\n_tollgate\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', run], { encoding: 'utf8' });
  expect(stderr).to.equal('');
  return stdout.trim().split('\n');
}

/** What fish offers after a line, in a folder. */
function offeredByFish(script: string, line: string, cwd: string): string[] {
  const env = { ...process.env, HOME: cwd };
  const asked = ['-c', 'source $argv[1]; complete -C $argv[2]', script, line];
  const { stdout, stderr } = spawnSync('fish', asked, { cwd, env, encoding: 'utf8' });
  expect(stderr).to.equal('');
  return stdout.trim().split('\n');
}

/** Types a line, a tab and a return into an interactive zsh, in which `tollgate` says what it was called with. */
const ZSH_TYPIST = String.raw`zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PS2=; source $1; tollgate() { print -r -- got \$* end }; stty -echo cols 80; echo rea''dy"
zpty -r shell seen '*ready*'
zpty -w shell "$2"$'\t'
zpty -r shell seen '*got * end*'
print -r -- "$seen"
zpty -d shell
`;

/** What zsh makes of a line by a tab, in a folder. */
function completedByZsh(script: string, line: string, cwd: string): string {
  const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', ZSH_TYPIST, 'zsh', script, line], {
    cwd,
    env: { ...process.env, HOME: cwd, ZDOTDIR: cwd },
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).to.equal('');
  return /got (.*) end/.exec(stdout)![1]!;
}

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

describe('tollgate completion', () => {
  it('completes commands, subcommands, options and their values in bash', () => {
    const { code, stdout: script } = tollgate('completion', 'bash');
    expect(code).to.equal(0);
    const offered = (...words: string[]): string[] => offeredByBash(script, ['tollgate', ...words]);
    expect(offered('va')).to.deep.equal(['validate']);
    expect(offered('--v')).to.deep.equal(['--version']);
    expect(offered('help', 'va')).to.deep.equal(['validate']);
    expect(offered('new', 'qu')).to.deep.equal(['query']);
    expect(offered('new', 'rule', 'x', '--gr')).to.deep.equal(['--group-by']);
    expect(offered('replay', '--engine', '')).to.have.members(['elasticsearch', 'memory', 'both']);
    expect(offered('list', 'sc')).to.deep.equal(['scenarios']);
    expect(offered('completion', '')).to.include.members(['bash', 'zsh', 'fish']);
  });

  describe('in a shell that is installed', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'tollgate-completion-'));
      mkdirSync(join(folder, 'logs'));
      writeFileSync(join(folder, 'rule.yml'), '');
    });
    after(() => rmSync(folder, { recursive: true }));

    function scriptFor(shell: string): string {
      const file = join(folder, `script.${shell}`);
      writeFileSync(file, tollgate('completion', shell).stdout);
      return file;
    }

    it('completes commands, subcommands, options, their values and files in fish', function () {
      if (!has('fish')) this.skip();
      const script = scriptFor('fish');
      const offered = (line: string): string[] => offeredByFish(script, line, folder);
      expect(offered('tollgate va')).to.deep.equal(['validate']);
      expect(offered('tollgate --v')).to.deep.equal(['--version']);
      expect(offered('tollgate help va')).to.deep.equal(['validate']);
      expect(offered('tollgate new qu')).to.deep.equal(['query']);
      expect(offered('tollgate new rule x --gr')).to.deep.equal(['--group-by']);
      expect(offered('tollgate replay --engine ')).to.have.members(['elasticsearch', 'memory', 'both']);
      expect(offered('tollgate completion ')).to.have.members(['bash', 'zsh', 'fish']);
      expect(offered('tollgate replay ru')).to.deep.equal(['rule.yml']);
      expect(offered('tollgate replay --events lo')).to.deep.equal(['logs/']);
    });

    it('completes commands, subcommands, options, their values and files in zsh', function () {
      if (!has('zsh')) this.skip();
      const script = scriptFor('zsh');
      const completed = (line: string): string => completedByZsh(script, line, folder);
      expect(completed('tollgate va')).to.equal('validate');
      expect(completed('tollgate help va')).to.equal('help validate');
      expect(completed('tollgate new qu')).to.equal('new query');
      expect(completed('tollgate new rule x --gr')).to.equal('new rule x --group-by');
      expect(completed('tollgate replay --engine el')).to.equal('replay --engine elasticsearch');
      expect(completed('tollgate replay ru')).to.equal('replay rule.yml');
    });
  });

  it('refuses another shell', () => {
    expect(tollgate('completion', 'tcsh').code).to.equal(2);
  });
});

import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { tollgate } from './run';

/** What bash offers after these words. */
function offered(script: string, words: string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ');
  const run = `${script}\nCOMP_WORDS=(${list})\nCOMP_CWORD=${words.length - 1}\n_tollgate\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', run], { encoding: 'utf8' });
  expect(stderr).to.equal('');
  return stdout.trim().split('\n');
}

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

describe('tollgate completion', () => {
  it('completes commands, subcommands, options and their values in bash', () => {
    const { code, stdout: script } = tollgate('completion', 'bash');
    expect(code).to.equal(0);
    expect(offered(script, ['tollgate', 'va'])).to.deep.equal(['validate']);
    expect(offered(script, ['tollgate', 'new', 'qu'])).to.deep.equal(['query']);
    expect(offered(script, ['tollgate', 'new', 'rule', 'x', '--gr'])).to.deep.equal(['--group-by']);
    expect(offered(script, ['tollgate', 'replay', '--engine', ''])).to.have.members([
      'elasticsearch',
      'memory',
      'both',
    ]);
    expect(offered(script, ['tollgate', 'list', 'sc'])).to.deep.equal(['scenarios']);
    expect(offered(script, ['tollgate', 'completion', ''])).to.include.members(['bash', 'zsh', 'fish']);
  });

  for (const shell of ['zsh', 'fish'] as const)
    it(`prints what ${shell} can read`, function () {
      if (!has(shell)) this.skip();
      const { stdout: script } = tollgate('completion', shell);
      expect(spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' }).stderr).to.equal('');
    });

  it('refuses another shell', () => {
    expect(tollgate('completion', 'tcsh').code).to.equal(2);
  });
});

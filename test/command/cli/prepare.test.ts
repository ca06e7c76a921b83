import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('what npm runs after an installation', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-prepare-'));
    for (const path of ['bin', 'dist', 'tools', 'schemas', 'packages/sigma/src', 'packages/sigma-elasticsearch/src'])
      mkdirSync(join(folder, path), { recursive: true });
    for (const file of ['prepare.js', 'stale.js']) cpSync(join('bin', file), join(folder, 'bin', file));
    const build = "require('node:fs').writeFileSync('built-now', '')";
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { build: `node -e "${build}"` } }));
    writeFileSync(join(folder, 'tools', 'a.ts'), '');
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Whether it builds, if the build is so many seconds younger than this file or that one, or there is none. */
  const builds = (younger: number | null, file = 'tools/a.ts'): boolean => {
    const [old, stamp] = [1_000_000_000, join(folder, 'dist', 'built')];
    for (const one of ['package.json', 'tools/a.ts'])
      utimesSync(join(folder, one), old, one === file ? old : old - 1000);
    rmSync(stamp, { force: true });
    if (younger !== null) {
      writeFileSync(stamp, '');
      utimesSync(stamp, old + younger, old + younger);
    }
    rmSync(join(folder, 'built-now'), { force: true });
    execFileSync(process.execPath, [join(folder, 'bin', 'prepare.js')], { stdio: 'pipe' });
    return existsSync(join(folder, 'built-now'));
  };

  it('builds where nothing is built, and where a source or a version is newer', () => {
    expect(builds(null)).to.equal(true);
    expect(builds(-5)).to.equal(true);
    expect(builds(-5, 'package.json')).to.equal(true);
  });

  it('leaves a build that is newer than all of them', () => {
    expect(builds(5)).to.equal(false);
    expect(builds(5, 'package.json')).to.equal(false);
  });
});

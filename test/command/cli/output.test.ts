import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../../tools/foundation/content/write';
import { Failure } from '../../../tools/foundation/content/failure';
import { tollgate } from './run';

const ROOT = join(__dirname, '../../..');
const RULE = 'rules/application/otp_block_burst.yml';

/** Runs a command with its outputs where they are given. */
function into(
  stdout: number | 'pipe',
  stderr: number | 'pipe',
  args: string[],
): { code: number | null; stderr: string } {
  const shim = join(ROOT, 'bin', 'tollgate.js');
  const ended = spawnSync(process.execPath, [shim, ...args], {
    cwd: ROOT,
    stdio: ['ignore', stdout, stderr],
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: ended.status, stderr: ended.stderr ?? '' };
}

describe('output that cannot be written', function () {
  let full: number;
  before(function () {
    if (!existsSync('/dev/full')) this.skip(); // A device of Linux that is always full.
    full = openSync('/dev/full', 'w');
  });
  after(() => full !== undefined && closeSync(full));

  for (const args of [
    ['--help'],
    ['--version'],
    ['validate', RULE],
    ['validate', RULE, '--format', 'json'],
    ['validate', 'test/fixtures/bad-input'],
    ['compile', '--rules', RULE],
    ['test', RULE, '--format', 'junit'],
    ['measure', '--check'],
    ['replay', RULE, '--engine', 'memory', '--world', 'regional-shop', '--days', '1'],
  ])
    it(`ends tollgate ${args.join(' ')} with 3 and one sentence`, () => {
      const { code, stderr } = into(full, 'pipe', args);
      expect(stderr).to.equal('error: cannot write standard output: no space left on device\n');
      expect(code).to.equal(3);
    });

  it('is an end with 3 also where the error itself can be told nowhere', () => {
    expect(into('pipe', full, ['validate', 'nowhere']).code).to.equal(3);
  });
});

describe('files that cannot be written', function () {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'))));
  after(() => rmSync(folder, { recursive: true }));

  for (const args of [
    ['coverage'],
    ['export'],
    ['generate', '--world', 'regional-shop', '--days', '1'],
    ['replay', RULE, '--engine', 'memory', '--world', 'regional-shop', '--days', '1'],
  ])
    it(`end tollgate ${args[0]} --out with 3 and one sentence`, () => {
      const file = join(folder, 'file');
      writeFileSync(file, 'kept');
      const { code, stderr } = tollgate(...args, '--out', join(file, 'below'));
      expect(stderr).to.match(/^error: cannot write \S+: (not a directory|file already exists)\nhint: .*\n$/);
      expect(code).to.equal(3);
      expect(readFileSync(file, 'utf8')).to.equal('kept');
    });
});

describe('a file that is replaced', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is there whole, and the folders above it', () => {
    const file = join(folder, 'a', 'b.txt');
    writeWhole(file, 'one');
    writeWhole(file, 'two');
    expect(readFileSync(file, 'utf8')).to.equal('two');
  });

  it('stays behind the link that names it', () => {
    writeFileSync(join(folder, 'file'), 'one');
    symlinkSync('file', join(folder, 'link'));
    writeWhole(join(folder, 'link'), 'two');
    expect(readFileSync(join(folder, 'file'), 'utf8')).to.equal('two');
  });

  it('is no device, which is written as it stands', function () {
    if (!existsSync('/dev/full')) this.skip();
    expect(() => writeWhole('/dev/full', 'text')).to.throw(Failure, 'cannot write /dev/full: no space left on device');
    expect(statSync('/dev/full').isCharacterDevice()).to.equal(true);
  });
});

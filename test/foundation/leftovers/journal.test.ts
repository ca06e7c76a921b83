import { expect } from 'chai';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { deadJournals, removeJournal } from '../../../tools/foundation/leftovers/journal';
import type { Leftover } from '../../../tools/foundation/leftovers/leftover';
import { killedWith } from './killed';

const PATHS: Leftover[] = ['/a', '/b', '/c'].map((path) => ({ kind: 'path', path }));

describe('the journal of what a command would leave', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    folder = join(root, 'cache', 'state', 'journals');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const left = (): Leftover[] => deadJournals(folder).flatMap(({ leftovers }) => leftovers);

  it('says of a killed process what was not gone, the last first', () => {
    killedWith(folder, PATHS, 1);
    expect(left()).to.deep.equal([PATHS[2], PATHS[1]]);
  });

  it('is for the user alone, in a cache that is open, and holds no secret', () => {
    killedWith(folder, [{ kind: 'indices', url: 'http://x', authorization: 'canary', prefix: 'p', isLocal: true }]);
    const modes = ['cache', 'cache/state', 'cache/state/journals'].map(
      (path) => statSync(join(root, path)).mode & 0o777,
    );
    expect(modes).to.deep.equal([0o755, 0o700, 0o700]);
    const [name] = readdirSync(folder);
    expect(statSync(join(folder, name!)).mode & 0o777).to.equal(0o600);
    expect(readFileSync(join(folder, name!), 'utf8'))
      .to.include('http://x')
      .and.not.include('canary');
  });

  it('goes when all is cleared away, and until then forgets what was', () => {
    killedWith(folder, PATHS);
    const [dead] = deadJournals(folder);
    dead!.clear([dead!.leftovers[0]!]);
    expect(left()).to.deep.equal([PATHS[1], PATHS[0]]);
    dead!.clear(dead!.leftovers);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('is read as far as it was written', () => {
    killedWith(folder, PATHS);
    const [name] = readdirSync(folder);
    const forged = [null, 5, {}, { key: 1 }, { key: 'x', leftover: { kind: 'path' } }, { key: 'y', leftover: null }];
    for (const text of ['{"key":"0:0', '\n{"key":"0:1"}\n', ...forged.map((value) => `\n${JSON.stringify(value)}\n`)])
      appendFileSync(join(folder, name!), text);
    expect(left()).to.deep.equal([PATHS[2], PATHS[0]]);
  });

  it('is no dead one while its process lives, whichever of its threads wrote it', async () => {
    const register = "require('./bin/compiler');";
    const leaves = (path: string): string =>
      `require('./tools/foundation/leftovers/registry').leaving({ kind: 'path', path: '${path}' });`;
    const script = `${register}
      require('./tools/foundation/leftovers/journal').keepJournal(${JSON.stringify(folder)});
      ${leaves('/outer')}
      new (require('node:worker_threads').Worker)(${JSON.stringify(register + leaves('/inner'))}, { eval: true });`;
    const thread = new Worker(script, { eval: true });
    await new Promise((resolve) => thread.on('exit', resolve));
    expect(readdirSync(folder)).to.have.length(1);
    const text = readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8');
    expect(text).to.include('/inner').and.include('/outer');
    expect(deadJournals(folder)).to.deep.equal([]);
    removeJournal(folder);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('is kept nowhere, and removed from nowhere, where something else is in the way', () => {
    writeFileSync(join(root, 'file'), '');
    symlinkSync('circle', join(root, 'circle'));
    for (const cache of [join(root, 'file'), join(root, 'circle'), '/dev/null/cache']) {
      const journals = join(cache, 'state', 'journals');
      killedWith(journals, PATHS);
      expect(deadJournals(journals)).to.deep.equal([]);
      removeJournal(journals);
    }
  });

  it('is not believed where others can write', () => {
    killedWith(folder, PATHS);
    chmodSync(folder, 0o777);
    expect(left()).to.deep.equal([]);
    rmSync(folder, { recursive: true });
    mkdirSync(folder, { mode: 0o755 });
    killedWith(folder, PATHS);
    expect(readdirSync(folder)).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Disk } from '../../../../faults/disks/disk';
import { Failure } from '../../../../tools/foundation/content/failure';
import { withLock, type LockOptions } from '../../../../tools/detection/elasticsearch/node/lock';
import { identify } from '../../../../tools/foundation/leftovers/process-identity';
import { remove, temporaryFolder } from './temporary';

const COMPILER = join(__dirname, '../../../../bin/compiler.js');

describe('withLock', () => {
  let folder: string;
  let lock: string;
  let damage: string[];
  let waits: string[];
  beforeEach(() => {
    folder = temporaryFolder();
    lock = join(folder, 'lock');
    [damage, waits] = [[], []];
  });
  afterEach(() => remove(folder));

  const options = (more: Partial<LockOptions> = {}): LockOptions => ({
    doing: 'trying',
    limitMs: 60_000,
    patienceMs: 60_000,
    onWait: (forWhom) => waits.push(forWhom),
    onDamage: (path) => damage.push(path),
    ...more,
  });
  const enter = (): Promise<string> => withLock(folder, options(), () => Promise.resolve('mine'));

  it('leaves nothing where there is no room for it', async function () {
    const disk = Disk.mount(join(folder, 'disk'), 1 << 20);
    if (disk === null) this.skip(); // Only root may mount one.
    try {
      disk.leave(0);
      const error: unknown = await withLock(disk.path, options(), () => Promise.resolve()).catch(
        (error: unknown) => error,
      );
      expect((error as NodeJS.ErrnoException).code).to.equal('ENOSPC');
      disk.free();
      expect(readdirSync(disk.path)).to.deep.equal([]);
    } finally {
      disk.unmount();
    }
  });

  it('lets one in at a time, and each in the end', async () => {
    let inside = 0;
    let most = 0;
    const one = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(5);
      inside--;
    };
    await Promise.all([1, 2, 3, 4, 5].map(() => withLock(folder, options(), one)));
    expect(most).to.equal(1);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('lets one process in at a time', () => {
    // Each adds a line when it goes in and when it goes out, with time for others between.
    const log = join(folder, 'log');
    const script = join(folder, 'script.js');
    writeFileSync(
      script,
      `const { withLock } = require(${JSON.stringify(join(__dirname, '../../../../tools/detection/elasticsearch/node/lock'))});
       const { appendFileSync } = require('node:fs');
       const none = () => undefined;
       const options = { doing: 'trying', limitMs: 60000, patienceMs: 60000, onWait: none, onDamage: none };
       withLock(${JSON.stringify(folder)}, options, async () => {
         appendFileSync(${JSON.stringify(log)}, 'in\\n');
         await new Promise((resolve) => setTimeout(resolve, 20));
         appendFileSync(${JSON.stringify(log)}, 'out\\n');
       });`,
    );
    const command = `"${process.execPath}" -r "${COMPILER}" "${script}"`;
    spawnSync('sh', ['-c', `${command} & ${command} & ${command} & wait`]);
    expect(readFileSync(log, 'utf8')).to.equal('in\nout\n'.repeat(3));
  }).timeout(60_000);

  it('takes over the lock of a process that is dead, also where its number lives on', async () => {
    const dead = { pid: spawnSync('true').pid, started: 'before' };
    const other = { ...identify(process.pid), started: 'another process with our number' };
    for (const owner of [dead, other]) {
      writeFileSync(lock, JSON.stringify(owner));
      expect(await enter()).to.equal('mine');
      mkdirSync(lock);
      writeFileSync(join(lock, '1'), JSON.stringify(owner));
      expect(await enter()).to.equal('mine');
    }
    expect(readdirSync(folder)).to.deep.equal([]);
    expect(damage).to.deep.equal([]);
  });

  for (const text of [
    '',
    'garbage',
    '{}',
    '[]',
    'null',
    '5',
    '"x"',
    '{"pid":"1","started":"x"}',
    '{"pid":-1,"started":""}',
  ]) {
    it(`replaces one that holds ${text || 'nothing'}, and tells of it`, async () => {
      writeFileSync(lock, text);
      expect(await enter()).to.equal('mine');
      mkdirSync(lock);
      writeFileSync(join(lock, '4'), text);
      expect(await enter()).to.equal('mine');
      expect(damage).to.deep.equal([lock, join(lock, '4')]);
      expect(readdirSync(folder)).to.deep.equal([]);
    });
  }

  it('replaces folders, links and what else is there, and follows none of them', async () => {
    const target = join(folder, 'target');
    mkdirSync(target);
    writeFileSync(join(target, 'file'), '');
    for (const to of ['nowhere', 'target', 'target/file']) {
      symlinkSync(join(folder, to), lock);
      expect(await enter()).to.equal('mine');
    }
    mkdirSync(join(lock, '1/below'), { recursive: true });
    symlinkSync(target, join(lock, '2'));
    symlinkSync('/nowhere', join(lock, '3'));
    writeFileSync(join(lock, 'something'), '');
    expect(await enter()).to.equal('mine');
    expect(damage).to.have.length(7);
    expect(readdirSync(target)).to.deep.equal(['file']);
    expect(readdirSync(folder)).to.deep.equal(['target']);
  });

  it('says for whom it waits, and gives up where a living process does not let go', async () => {
    const owner = { ...identify(process.pid), doing: 'starting Elasticsearch', since: Date.now(), limitMs: 100 };
    mkdirSync(lock);
    writeFileSync(join(lock, '1'), JSON.stringify(owner));
    const ended = await enter().catch((error: unknown) => error);
    const whom = new RegExp(`process ${process.pid}, which has been starting Elasticsearch for \\d+ s$`);
    expect(waits[0]).to.match(whom);
    expect(ended).to.be.instanceOf(Failure).with.property('message').that.matches(whom);
    expect(readdirSync(lock), 'what the other one has').to.deep.equal(['1']);
  });

  it('gives up likewise before the file of an earlier version', async () => {
    writeFileSync(lock, JSON.stringify({ ...identify(process.pid), group: 1 }));
    const waiting = withLock(folder, options({ patienceMs: 100 }), () => Promise.resolve());
    const ended = await waiting.catch((error: unknown) => error);
    expect(ended).to.be.instanceOf(Failure).with.property('message', `gave up waiting for process ${process.pid}`);
  });

  it('is free again when the action failed', async () => {
    const failing = (): Promise<void> => Promise.reject(new Error('no'));
    await withLock(folder, options(), failing).catch(() => undefined);
    expect(await enter()).to.equal('mine');
  });
});

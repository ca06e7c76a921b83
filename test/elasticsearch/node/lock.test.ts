import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../tools/content/failure';
import { withLock } from '../../../tools/elasticsearch/node/lock';
import { identify } from '../../../tools/elasticsearch/node/process';
import { remove, temporaryFolder } from './temporary';

const quiet = (): void => undefined;

describe('withLock', () => {
  let folder: string;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => remove(folder));

  it('lets one in at a time, and each in the end', async () => {
    let inside = 0;
    let most = 0;
    const one = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(5);
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(folder, 10_000, quiet, one)));
    expect(most).to.equal(1);
    expect(existsSync(join(folder, 'lock'))).to.equal(false);
  });

  it('takes over the lock of a process that is dead, also where its number lives on', async () => {
    for (const owner of [
      { pid: spawnSync('true').pid, started: 'before', group: 1 },
      { ...identify(process.pid), started: 'another process with our number' },
    ]) {
      writeFileSync(join(folder, 'lock'), JSON.stringify(owner));
      expect(await withLock(folder, 10_000, quiet, () => Promise.resolve('mine'))).to.equal('mine');
    }
  });

  it('gives up where a living process does not let go', async () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify(identify(process.pid)));
    const ended = await withLock(folder, 200, quiet, () => Promise.resolve()).catch((error: unknown) => error);
    expect(ended).to.be.instanceOf(Failure).with.property('message').that.includes(String(process.pid));
  });

  it('is free again when the action failed', async () => {
    const failing = (): Promise<void> => Promise.reject(new Error('no'));
    await withLock(folder, 1_000, quiet, failing).catch(() => undefined);
    expect(await withLock(folder, 1_000, quiet, () => Promise.resolve(1))).to.equal(1);
  });
});

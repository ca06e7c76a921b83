import { expect } from 'chai';
import { readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure } from '../../../../tools/foundation/content/failure';
import { ElasticsearchEngine } from '../../../../tools/detection/elasticsearch/engine';
import {
  cachedDistribution,
  hasMaven,
  obtainDistribution,
} from '../../../../tools/detection/elasticsearch/node/distribution';
import { foldersOf, makeFolders, runAs } from '../../../../tools/detection/elasticsearch/node/folders';
import { findJava } from '../../../../tools/detection/elasticsearch/node/java';
import {
  nodeStatus,
  startNode,
  stopNode,
  type RunningNode,
} from '../../../../tools/detection/elasticsearch/node/manage';
import { identify } from '../../../../tools/foundation/leftovers/process-identity';
import { withLock } from '../../../../tools/detection/elasticsearch/node/lock';
import type { SourcedEvent } from '../../../../tools/detection/engine/execution';
import { CONTRACT } from '../fields';
import { silent } from '../node';
import { remove, temporaryFolder } from './temporary';

const onWait = (): void => undefined;

/** A node of this suite's own, beside the user's, whose distribution it shares. */
describe('A node of the Maven distribution', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let node: RunningNode;

  before(async function () {
    const mine = foldersOf(process.env);
    const possible =
      (await findJava(process.env, runAs())) !== undefined &&
      (cachedDistribution(mine) !== undefined || (await hasMaven(process.env)));
    if (!possible) {
      if (process.env['CI'] === 'true') throw new Error('CI must have Java 21 or newer, and Maven');
      this.skip();
    }
    makeFolders(mine);
    const lock = { doing: 'getting Elasticsearch', limitMs: 600_000, patienceMs: 600_000, onWait, onDamage: onWait };
    const distribution = await withLock(mine.state, lock, () =>
      obtainDistribution(mine, { env: process.env, progress: silent, tell: onWait }),
    );
    folder = temporaryFolder();
    env = { ...process.env, TOLLGATE_CACHE: folder, TOLLGATE_NODE: 'java' };
    symlinkSync(distribution, join(folder, basename(distribution)));
    // Two commands at once.
    const [one, other] = await Promise.all([
      startNode({ env, progress: silent }),
      startNode({ env, progress: silent }),
    ]);
    expect(other).to.deep.equal(one);
    node = one;
  });

  after(async () => {
    if (folder === undefined) return;
    await stopNode({ env, progress: silent });
    remove(folder);
  });

  async function pid(): Promise<number> {
    const status = await nodeStatus(env);
    if (status.state === 'none' || status.state === 'dead' || status.pid === undefined) throw new Error(status.state);
    return status.pid;
  }

  it('runs as no root, listens on loopback and lets nobody in without the password', async () => {
    expect(await nodeStatus(env)).to.include({ state: 'running', way: 'java', url: node.access.url });
    expect(statSync(`/proc/${await pid()}`, { throwIfNoEntry: false })?.uid).not.to.equal(0);
    expect(new URL(node.access.url).hostname).to.equal('127.0.0.1');
    expect((await fetch(`${node.access.url}/_cluster/health`)).status).to.equal(401);
  });

  it("keeps its password in a file that only the user can read, and out of the process's arguments", async function () {
    const state = join(folder, 'state/node.json');
    expect(statSync(state).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder, 'state')).mode & 0o777).to.equal(0o700);
    if (process.platform !== 'linux') this.skip();
    const { password } = node.access.auth as { password: string };
    expect(readFileSync(state, 'utf8')).to.include(password);
    const running = `/proc/${await pid()}`;
    for (const name of ['cmdline', 'environ']) {
      expect(readFileSync(join(running, name), 'latin1'), name).not.to.include(password);
    }
  });

  it('that is killed in the middle of a run ends the run with exit code 3, and the next start replaces it', async () => {
    const victim = await pid();
    const engine = new ElasticsearchEngine(node, new Map([[CONTRACT.id, CONTRACT]]));
    function* events(): Generator<SourcedEvent> {
      for (let n = 0; n < 200_000; n++) {
        if (n === 20_000) process.kill(victim, 'SIGKILL');
        yield { n, source: CONTRACT.id, time: n, ingested: n, event: { name: 'x'.repeat(200), count: n } };
      }
    }
    const ended = await engine.execute('killed', events(), [], silent).catch((error: unknown) => error);
    await engine.close();
    expect(ended).to.be.instanceOf(Failure).with.property('exitCode', 3);
    expect((ended as Failure).message).to.match(/stopped answering during .*\d+ of \d+ sent documents were confirmed/);
    expect(await nodeStatus(env)).to.deep.equal({ state: 'dead', way: 'java' });

    const next = await startNode({ env, progress: silent });
    expect(next.access).not.to.deep.equal(node.access);
    expect(await nodeStatus(env)).to.include({ state: 'running', url: next.access.url });
    expect(await pid()).not.to.equal(victim);
  });

  it('leaves no process and no data when it is stopped', async () => {
    const process = identify(await pid());
    expect(process).not.to.equal(undefined);
    expect(await stopNode({ env, progress: silent })).to.equal(true);
    expect(identify(process!.pid)?.started).not.to.equal(process!.started);
    expect(statSync(join(folder, 'node'), { throwIfNoEntry: false })).to.equal(undefined);
    expect(await nodeStatus(env)).to.deep.equal({ state: 'none' });
  });
});

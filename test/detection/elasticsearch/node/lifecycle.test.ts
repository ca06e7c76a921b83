import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../../../tools/foundation/content/failure';
import { obtainDistribution } from '../../../../tools/detection/elasticsearch/node/distribution';
import { foldersOf, runAs } from '../../../../tools/detection/elasticsearch/node/folders';
import {
  nodeStatus,
  startNode,
  stopNode,
  type RunningNode,
} from '../../../../tools/detection/elasticsearch/node/manage';
import { identify, isAlive, type ProcessIdentity } from '../../../../tools/foundation/leftovers/process-identity';
import { digestOfTree } from '../../../../tools/detection/elasticsearch/node/tree-digest';
import { leftovers } from '../../../../tools/foundation/leftovers/registry';
import { Started } from '../../../command/cli/started';
import { silent } from '../node';
import { fakeJava, writeDistribution, type FakeJava } from './fake-java';
import { program, remove, temporaryFolder } from './temporary';

/** A node that is a small script, so that these tests need no Java. */
describe('The life of a node', function () {
  let folder: string;
  let fake: FakeJava;
  let told: string[];
  let others: ChildProcess[];

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  beforeEach(() => {
    folder = temporaryFolder();
    fake = fakeJava(folder);
    [told, others] = [[], []];
  });
  afterEach(async () => {
    for (const other of others) other.kill('SIGKILL');
    await stop();
    remove(folder);
  });

  const start = (): Promise<RunningNode> =>
    startNode({ ...fake, progress: silent, tell: (line) => told.push(line), patienceMs: 500 });
  const stop = (): Promise<boolean> => stopNode({ ...fake, progress: silent, tell: (line) => told.push(line) });
  const state = (name = 'node.json'): string => join(folder, 'cache/state', name);
  const node = (name: string): string => join(folder, 'cache/node', name);
  const failed = (action: Promise<unknown>): Promise<Failure> =>
    action.then(
      () => expect.fail('it went well'),
      (error: unknown) => {
        expect(error).to.be.instanceOf(Failure).with.property('exitCode', 3);
        return error as Failure;
      },
    );
  const running = (): ProcessIdentity =>
    (JSON.parse(readFileSync(state(), 'utf8')) as { process: ProcessIdentity }).process;
  /** A process that has nothing to do with the node. */
  function foreign(): ProcessIdentity {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
    others.push(child);
    return identify(child.pid!)!;
  }
  function register(user: ProcessIdentity): void {
    mkdirSync(state('users'), { recursive: true });
    writeFileSync(join(state('users'), String(user.pid)), JSON.stringify(user));
  }

  it('begins with a start, goes on with the next one, and ends with nothing left', async () => {
    const first = await start();
    expect(await start()).to.deep.equal(first);
    expect(await nodeStatus(fake.env)).to.include({ state: 'running', pid: running().pid });
    const process = running();
    expect(await stop()).to.equal(true);
    expect(isAlive(process)).to.equal(false);
    expect(await stop()).to.equal(false);
    expect(readdirSync(join(folder, 'cache')).sort()).to.deep.equal(['elasticsearch-9.5.3', 'state']);
    expect(readdirSync(state(''))).to.deep.equal(['start.log']);
    expect(told).to.deep.equal([]);
  });

  it('is found by its process where its state is damaged', async () => {
    await start();
    const { pid } = running();
    for (const text of ['null', '5', '[]', '"x"', '{}', '', '{"way":"java"}', '{"way":"java","process":{"pid":0}}']) {
      writeFileSync(state(), text);
      expect(await nodeStatus(fake.env), text).to.deep.equal({ state: 'lost', way: 'java', pid });
    }
    await start();
    expect(identify(pid), 'the one whose password is lost').to.equal(undefined);
    expect(await nodeStatus(fake.env)).to.include({ state: 'running', pid: running().pid });
    const lost = `the address and password of the local Elasticsearch (process ${pid}) are lost: it is replaced`;
    expect(told).to.deep.equal([`${state()} is damaged: it is replaced`, lost]);
  });

  it('is found by its process where its state is gone', async () => {
    await start();
    const { pid } = running();
    rmSync(state());
    expect(await nodeStatus(fake.env)).to.deep.equal({ state: 'lost', way: 'java', pid });
    expect(await stop()).to.equal(true);
    expect(identify(pid)).to.equal(undefined);
  });

  it('has a state that is no link and no folder', async () => {
    await start();
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'as it was');
    for (const put of [() => symlinkSync(secret, state()), () => mkdirSync(join(state(), 'x'), { recursive: true })]) {
      rmSync(state());
      put();
      await start();
      expect(lstatSync(state()).isFile()).to.equal(true);
    }
    expect(readFileSync(secret, 'utf8')).to.equal('as it was');
  });

  it('goes on while another command uses it, though it does not answer', async () => {
    await start();
    const user = foreign();
    register(user);
    process.kill(running().pid, 'SIGSTOP');
    expect(await nodeStatus(fake.env, 500)).to.include({ state: 'silent', paused: true });
    const { message } = await failed(start());
    expect(message).to.include(`process ${running().pid}, which is paused`).and.include(`process ${user.pid} uses it`);
    expect(isAlive(running())).to.equal(true);
    rmSync(state());
    expect((await failed(start())).message)
      .to.include('are lost')
      .and.include(`process ${user.pid} uses it`);
  });

  it('is replaced where it does not answer and nobody uses it', async () => {
    await start();
    const before = running();
    register({ ...foreign(), started: 'another time' });
    writeFileSync(join(state('users'), '12'), 'damaged');
    process.kill(before.pid, 'SIGSTOP');
    await start();
    expect(isAlive(before)).to.equal(false);
    expect(told.join()).to.include('no other command uses it: it is replaced');
  });

  it('is replaced where it died, whoever used it', async () => {
    await start();
    register(foreign());
    process.kill(running().pid, 'SIGKILL');
    await start();
    expect(await nodeStatus(fake.env)).to.include({ state: 'running' });
  });

  it('is not used by commands that were killed', async () => {
    await start();
    const killed = foreign();
    register({ ...killed, started: 'at another time' });
    await start();
    expect(readdirSync(state('users'))).to.deep.equal([String(process.pid)]);
  });

  it('is not used by a command that was cut off, since whoever clears away after that knows of its file', async () => {
    await start();
    expect(leftovers()).to.deep.include({ kind: 'path', path: state(`users/${process.pid}`) });
  });

  it('does not begin where the command is cut off as it launches it', async () => {
    program(join(fake.distribution, 'bin/elasticsearch'), 'echo > "$ES_TMPDIR/began"; sleep 1000');
    fake.pins.tree = digestOfTree(fake.distribution)!;
    // It comes to no further line once there is a process, and is killed there.
    const command = `
      require('./bin/compiler');
      const processes = require('node:child_process');
      const { spawn } = processes;
      processes.spawn = (program, args, options) => {
        const child = spawn(program, args, options);
        // The launcher leads a group of its own.
        if (!options.detached) return child;
        require('node:fs').writeSync(1, String(child.pid));
        for (;;);
      };
      const progress = { update() {} };
      require('./tools/detection/elasticsearch/node/manage').startNode({ ...${JSON.stringify(fake)}, progress });`;
    const started = new Started(['-e', command]);
    await started.until(() => started.stdout !== '');
    started.kill('SIGKILL');
    await started.end;
    const hasBegun = (): boolean => existsSync(node('tmp/began'));
    while (identify(Number(started.stdout)) !== undefined && !hasBegun()) await sleep(20);
    expect(hasBegun()).to.equal(false);
  });

  it('is ended by what the system tells, and not by what the node writes', async () => {
    await start();
    const victim = foreign();
    writeFileSync(node('logs/pid'), String(victim.pid));
    rmSync(node('logs/http.ports'));
    symlinkSync('/etc/passwd', node('logs/http.ports'));
    rmSync(state());
    expect(await stop()).to.equal(true);
    expect(isAlive(victim)).to.equal(true);
  });

  it('does not count as started where another process has the port that it names', async () => {
    const script = readFileSync(join(fake.distribution, 'bin/node.js'), 'utf8');
    writeFileSync(join(fake.distribution, 'bin/node.js'), script.replace('server.address().port', '1'));
    fake.pins.tree = digestOfTree(fake.distribution)!;
    expect((await failed(start())).message).to.match(/^Elasticsearch did not start/);
    expect(await nodeStatus(fake.env)).to.deep.equal({ state: 'none' });
    expect(existsSync(node(''))).to.equal(false);
  });

  it('tells in a sentence where its disk is full', async () => {
    program(
      join(fake.distribution, 'bin/elasticsearch'),
      'echo "java.io.IOException: No space left on device" >&2; exit 1',
    );
    fake.pins.tree = digestOfTree(fake.distribution)!;
    expect((await failed(start())).message).to.match(/^Elasticsearch did not start in \S+: no space left on device$/);
  });

  describe('whose distribution is damaged', () => {
    const obtain = (): Promise<string> =>
      obtainDistribution(foldersOf(fake.env), { ...fake, progress: silent, tell: (line) => told.push(line) });
    /** Unpacks a distribution as Maven would; without one it fails. */
    function maven(words: string): void {
      program(
        join(folder, 'mvn'),
        `for each; do case "$each" in -Dtollgate.unpack=*) to="\${each#*=}";; esac; done\n${words}`,
      );
    }
    const archive = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

    const damages: [what: string, damage: (distribution: string) => void][] = [
      ['a file with other bytes', (at) => writeFileSync(join(at, 'config/roles.yml'), 'x')],
      ['a file that is gone', (at) => rmSync(join(at, 'config/roles.yml'))],
      ['a file more', (at) => writeFileSync(join(at, 'config/more'), '')],
      ['a file that nobody can execute', (at) => chmodSync(join(at, 'bin/elasticsearch'), 0o644)],
      [
        'a link',
        (at) => (rmSync(join(at, 'config/roles.yml')), symlinkSync('/etc/passwd', join(at, 'config/roles.yml'))),
      ],
      ['nothing in it', (at) => (remove(at), mkdirSync(at))],
      ['a file in its place', (at) => (remove(at), writeFileSync(at, ''))],
    ];
    for (const [what, damage] of damages) {
      it(`gets it anew: ${what}`, async () => {
        const whole = join(folder, 'whole/elasticsearch-9.5.3');
        writeDistribution(whole);
        maven(`cp -r ${whole} "$to/" && printf abc > "$to/elasticsearch-9.5.3.zip"`);
        damage(fake.distribution);
        fake.pins.archive = archive;
        await obtain();
        expect(told).to.deep.equal([`Elasticsearch in ${fake.distribution} is damaged: it is fetched again`]);
        expect(digestOfTree(fake.distribution)).to.equal(fake.pins.tree);
        expect(readdirSync(join(folder, 'cache')).filter((name) => name.startsWith('unpack-'))).to.deep.equal([]);
      });
    }

    it('has nothing beside it that an attempt left which was killed when it had come to its place', async () => {
      mkdirSync(join(folder, 'cache/unpack-killed/part'), { recursive: true });
      await obtain();
      expect(readdirSync(join(folder, 'cache'))).to.deep.equal(['elasticsearch-9.5.3']);
    });

    it('does not start where what comes is damaged too, or where none comes', async () => {
      maven(
        'mkdir "$to/elasticsearch-9.5.3" && cp -r "$(dirname "$0")/whole/bin" "$to/elasticsearch-9.5.3/" && printf abc > "$to/elasticsearch-9.5.3.zip"',
      );
      writeDistribution(join(folder, 'whole'));
      rmSync(join(fake.distribution, 'bin/node.js'));
      fake.pins.archive = archive;
      expect((await failed(obtain())).message).to.include('is not what is in its archive');
      maven('echo the network is down; exit 1');
      expect((await failed(obtain())).message).to.include('the network is down');
    });
  });

  describe('that root starts', () => {
    before(function () {
      if (runAs() === undefined) this.skip();
    });

    it('lies in a folder that its user can neither change nor list, and owns only what is in it', async () => {
      await start();
      expect(lstatSync(node('')).mode & 0o777).to.equal(0o711);
      expect(lstatSync(node('')).uid).to.equal(0);
      for (const name of readdirSync(node(''))) {
        expect(lstatSync(node(name))).to.include({ uid: 65534, gid: 65534 }, name);
      }
      expect(readFileSync(`/proc/${running().pid}/status`, 'utf8')).to.match(/^Uid:\s+65534\s+65534\s+65534\s+65534$/m);
    });

    it('is removed without following the links in it, also where all is its own', async () => {
      await start();
      const precious = join(folder, 'precious');
      mkdirSync(precious);
      writeFileSync(join(precious, 'file'), '');
      symlinkSync(precious, node('data/link'));
      symlinkSync(join(precious, 'file'), node('logs/link'));
      chownSync(node(''), 65534, 65534);
      await stop();
      expect(existsSync(node(''))).to.equal(false);
      expect(readdirSync(precious)).to.deep.equal(['file']);
      expect(lstatSync(precious).uid).to.equal(0);
    });

    it('does not begin in a folder that its user could exchange', async () => {
      chownSync(folder, 65534, 65534);
      expect((await failed(start())).message).to.include(`may change ${folder}`);
      chownSync(folder, 0, 0);
    });
  });
});

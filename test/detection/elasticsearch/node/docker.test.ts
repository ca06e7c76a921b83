import { expect } from 'chai';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../../tools/foundation/content/failure';
import { nodeStatus, startNode, stopNode } from '../../../../tools/detection/elasticsearch/node/manage';
import { FakeServer } from '../fake-server';
import { silent } from '../node';
import { program, remove, temporaryFolder } from './temporary';

/** Records its arguments and the password, and answers as Docker does for a container on that port. */
function fakeDocker(folder: string, port: string): string {
  return `
echo "$@" >> ${folder}/calls
case "$1" in
  version) echo 28.0.0 ;;
  run) echo "$ELASTIC_PASSWORD" > ${folder}/password; touch ${folder}/up; echo 0123456789ab ;;
  port) echo 127.0.0.1:${port} ;;
  inspect) test -e ${folder}/up && echo true || echo false ;;
  ps) test -e ${folder}/up && echo 0123456789ab || true ;;
  rm) rm -f ${folder}/up ;;
  logs) echo 'the last words' ;;
esac`;
}

describe('A node in Docker', () => {
  let folder: string;
  let server: FakeServer;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    folder = temporaryFolder();
    server = await FakeServer.start((_method, path) =>
      path.startsWith('/_nodes') ? { nodes: { x: { version: '9.5.3' } } } : undefined,
    );
    program(join(folder, 'docker'), fakeDocker(folder, new URL(server.node.access.url).port));
    env = { PATH: `${folder}:/usr/bin:/bin`, TOLLGATE_CACHE: join(folder, 'cache') };
  });
  afterEach(async () => {
    await server.stop();
    remove(folder);
  });

  const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

  it('is started from the pinned official image, on loopback, with security and a limit', async () => {
    const node = await startNode({ env, progress: silent });
    const password = readFileSync(join(folder, 'password'), 'utf8').trim();
    expect(node).to.deep.equal({
      access: { url: server.node.access.url, auth: { username: 'elastic', password } },
      version: '9.5.3',
      way: 'docker',
    });
    const run = calls().find((call) => call.startsWith('run '));
    expect(run)
      .to.match(/ docker\.elastic\.co\/elasticsearch\/elasticsearch:9\.5\.3$/)
      .and.include('--publish 127.0.0.1::9200 ')
      .and.include('--memory 2g ')
      .and.include('--env xpack.security.enabled=true ')
      .and.include('--env ELASTIC_PASSWORD ');
    expect(password).to.have.length.greaterThan(30);
    expect(calls().join('\n')).not.to.include(password);
    const state = join(folder, 'cache/state/node.json');
    expect(statSync(state).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder, 'cache/state')).mode & 0o777).to.equal(0o700);
  });

  it('is used again while it runs, replaced when it died, and removed by stop', async () => {
    await startNode({ env, progress: silent });
    await startNode({ env, progress: silent });
    const runs = (): number => calls().filter((call) => call.startsWith('run ')).length;
    expect(runs()).to.equal(1);
    expect(await nodeStatus(env)).to.include({ state: 'running', way: 'docker', version: '9.5.3' });

    rmSync(join(folder, 'up'));
    expect(await nodeStatus(env)).to.deep.equal({ state: 'dead', way: 'docker' });
    await startNode({ env, progress: silent });
    expect(runs()).to.equal(2);

    expect(await stopNode({ env, progress: silent })).to.equal(true);
    expect(existsSync(join(folder, 'up'))).to.equal(false);
    expect(await nodeStatus(env)).to.deep.equal({ state: 'none' });
    expect(await stopNode({ env, progress: silent })).to.equal(false);
  });

  it('that does not come up ends the command with its last words and leaves nothing', async () => {
    program(join(folder, 'docker'), fakeDocker(folder, '1').replace('touch', 'true'));
    const ended = await startNode({ env, progress: silent }).catch((error: unknown) => error);
    expect(ended).to.be.instanceOf(Failure).with.property('exitCode', 3);
    expect((ended as Failure).message).to.include('the last words');
    expect(await nodeStatus(env)).to.deep.equal({ state: 'none' });
  });
});

import { expect } from 'chai';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Failure } from '../../../../tools/foundation/content/failure';
import { accessFrom, isLoopback } from '../../../../tools/detection/elasticsearch/node/access';
import { passwordHash } from '../../../../tools/detection/elasticsearch/node/configuration';
import { findNode } from '../../../../tools/detection/elasticsearch/node/find';
import { foldersOf, reachable } from '../../../../tools/detection/elasticsearch/node/folders';
import { findJava } from '../../../../tools/detection/elasticsearch/node/java';
import { startNode, stopNode } from '../../../../tools/detection/elasticsearch/node/manage';
import { FakeServer } from '../fake-server';
import { silent } from '../node';
import { program, remove, temporaryFolder } from './temporary';

describe('Ways to a node', () => {
  let folder: string;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => remove(folder));

  describe('an address', () => {
    it('is used with the credentials of the environment, or those in it', () => {
      expect(accessFrom('http://localhost:9200/', {})).to.deep.equal({ url: 'http://localhost:9200', auth: undefined });
      expect(accessFrom('http://a:b%40@localhost:9200', {}).auth).to.deep.equal({ username: 'a', password: 'b@' });
      const named = { ELASTICSEARCH_USERNAME: 'u', ELASTICSEARCH_PASSWORD: 'p' };
      expect(accessFrom('http://localhost:9200', named).auth).to.deep.equal({ username: 'u', password: 'p' });
      expect(accessFrom('http://localhost:9200', { ...named, ELASTICSEARCH_API_KEY: 'k' }).auth).to.deep.equal({
        apiKey: 'k',
      });
    });

    it('must be one', () => {
      for (const url of ['', 'localhost:9200', 'ftp://localhost']) {
        expect(() => accessFrom(url, {}))
          .to.throw(Failure)
          .with.property('exitCode', 2);
      }
    });

    it('is this machine or is not', () => {
      for (const url of ['http://localhost:9200', 'http://127.0.0.1:1', 'https://[::1]:9200']) {
        expect(isLoopback(url), url).to.equal(true);
      }
      for (const url of ['http://localhost.example.com', 'http://192.0.2.1:9200', 'http://127.example.com']) {
        expect(isLoopback(url), url).to.equal(false);
      }
    });

    it('goes before everything else, and fails with exit code 3 where no Elasticsearch answers', async () => {
      const server = await FakeServer.start((_method, path) =>
        path.startsWith('/_nodes') ? { nodes: { x: { version: '9.1.2' } } } : undefined,
      );
      const { url } = server.node.access;
      const found = await findNode({ env: { ELASTICSEARCH_URL: url }, progress: silent });
      expect(found).to.deep.equal({ access: { url, auth: undefined }, version: '9.1.2', way: 'url' });
      await server.stop();
      const ended = await findNode({ env: {}, progress: silent, url }).catch((error: unknown) => error);
      expect(ended).to.be.instanceOf(Failure).with.property('exitCode', 3);
    });
  });

  describe('Java', () => {
    function jdk(name: string, version: string): string {
      const home = join(folder, name);
      mkdirSync(join(home, 'bin'), { recursive: true });
      program(join(home, 'bin/java'), 'exit 1');
      writeFileSync(join(home, 'release'), `IMPLEMENTOR="X"\nJAVA_VERSION="${version}"\n`);
      return home;
    }

    it('is the newest in the folders of the system, where the one on the path is too old', async () => {
      const old = jdk('old', '17.0.15');
      jdk('a', '21.0.1');
      const newest = jdk('b', '25.0.3');
      const found = await findJava({ PATH: join(old, 'bin') }, undefined, [folder]);
      expect(found).to.deep.equal({ home: newest, version: 25 });
    });

    it('is the one that the user named, if it is new enough', async () => {
      const named = jdk('a', '21');
      jdk('b', '25');
      expect((await findJava({ ES_JAVA_HOME: named }, undefined, [folder]))?.home).to.equal(named);
      expect((await findJava({ JAVA_HOME: jdk('c', '1.8.0_400') }, undefined, [folder]))?.version).to.equal(25);
    });

    it('is none where none is new enough', async () => {
      expect(await findJava({ PATH: join(jdk('old', '20.0.2'), 'bin') }, undefined, [folder])).to.equal(undefined);
    });
  });

  it('are all named where there is none of them', async () => {
    program(join(folder, 'docker'), 'exit 1');
    const env = { PATH: folder, HOME: folder, TOLLGATE_CACHE: join(folder, 'cache'), TOLLGATE_NODE: 'docker' };
    const ended = await findNode({ env, progress: silent }).catch((error: unknown) => error);
    expect(ended).to.be.instanceOf(Failure).with.property('exitCode', 3);
    const { hint } = ended as Failure;
    for (const way of ['--url', 'ELASTICSEARCH_URL', 'Docker', 'Java', 'Maven', '--engine memory']) {
      expect(hint).to.include(way);
    }
  });

  it('end with exit code 3 and one sentence where the cache can be no folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const none = process.platform === 'linux' ? ['/proc/none'] : [];
    for (const cache of [file, join(file, 'below'), ...none]) {
      const options = { env: { TOLLGATE_CACHE: cache, TOLLGATE_NODE: 'java' }, progress: silent };
      for (const action of [startNode(options), stopNode(options), findNode(options)]) {
        const ended = await action.catch((error: unknown) => error);
        expect(ended, cache).to.be.instanceOf(Failure).with.property('exitCode', 3);
        expect((ended as Failure).message).to.match(/^the local Elasticsearch can't be kept (in|below) .*$/);
        expect((ended as Failure).hint).to.include('TOLLGATE_CACHE');
      }
    }
  });

  it("lie in the user's cache, root's in one that others can reach", () => {
    expect(foldersOf({ HOME: '/home/u' }, 1000).root).to.equal('/home/u/.cache/tollgate');
    expect(foldersOf({ HOME: '/home/u', XDG_CACHE_HOME: '/c' }, 1000).root).to.equal('/c/tollgate');
    expect(foldersOf({ HOME: '/root', XDG_CACHE_HOME: '/root/c' }, 0).root).to.equal('/var/cache/tollgate');
    expect(foldersOf({ TOLLGATE_CACHE: '/t' }, 0).root).to.equal('/t');
    for (const HOME of ['', 'relative'])
      expect(isAbsolute(foldersOf({ HOME, XDG_CACHE_HOME: 'relative' }, 1000).root)).to.equal(true);
  });

  it('are closed to a user who may not pass', () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    const file = join(inner, 'file');
    writeFileSync(file, '');
    const other = { uid: 4_000_000, gid: 4_000_000 };
    expect(reachable(file, other)).to.equal(true);
    chmodSync(inner, 0o700);
    expect(reachable(file, other)).to.equal(false);
    expect(reachable(join(folder, 'nothing'), undefined)).to.equal(false);
  });

  it('store a password in a form from which it cannot be read', () => {
    const salt = Buffer.alloc(32, 1);
    expect(passwordHash('secret', salt)).to.match(/^\{PBKDF2\}10000\$[\w+/]{43}=\$[\w+/]{43}=$/);
    expect(passwordHash('secret', salt))
      .to.equal(passwordHash('secret', salt))
      .and.not.equal(passwordHash('Secret', salt));
    expect(passwordHash('secret')).not.to.equal(passwordHash('secret'));
  });
});

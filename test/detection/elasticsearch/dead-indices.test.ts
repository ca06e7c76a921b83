import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { deleteDeadIndices } from '../../../tools/detection/elasticsearch/dead-indices';
import { journalsOf } from '../../../tools/detection/elasticsearch/node/folders';
import type { RunningNode } from '../../../tools/detection/elasticsearch/node/manage';
import type { Leftover } from '../../../tools/foundation/leftovers/leftover';
import { killedWith } from '../../foundation/leftovers/killed';
import { realNode } from './node';

describe('indices of a command that was killed', function () {
  const node = realNode();
  let env: NodeJS.ProcessEnv;
  let folder: string;
  let told: string[];
  beforeEach(() => {
    env = { TOLLGATE_CACHE: mkdtempSync(join(tmpdir(), 'tollgate-test-')) };
    folder = journalsOf(env)!;
    told = [];
  });
  afterEach(() => rmSync(env['TOLLGATE_CACHE']!, { recursive: true }));

  const of = (url: string, prefix: string, isLocal: boolean): Leftover => ({
    kind: 'indices',
    url,
    authorization: undefined,
    prefix,
    isLocal,
  });
  const clear = (at: RunningNode): Promise<void> => deleteDeadIndices(at, env, (line) => told.push(line));

  it('are deleted by the next one that talks to their cluster, and no others', async () => {
    const id = randomBytes(4).toString('hex');
    const client = openClient(node().access);
    const other = `tollgate-${id}9-other`;
    try {
      for (const index of [`tollgate-${id}-a`, `tollgate-${id}-b`, other]) await client.indices.create({ index });
      killedWith(folder, [of(node().access.url, `tollgate-${id}-`, true)]);
      await clear(node());
      expect(Object.keys(await client.indices.get({ index: `tollgate-${id}*` }))).to.deep.equal([other]);
      expect(told).to.deep.equal([`the indices tollgate-${id}-* of a command that was killed are deleted`]);
      expect(readdirSync(folder)).to.deep.equal([]);
    } finally {
      await client.indices.delete({ index: other });
      await client.close();
    }
  });

  it('are kept in mind while their cluster is not the one at hand, unless they went with a local node', async () => {
    killedWith(folder, [of('http://127.0.0.1:1', 'tollgate-1-', true), of('http://127.0.0.1:2', 'tollgate-2-', false)]);
    await clear({ ...node(), way: 'url' });
    expect(readdirSync(folder)).to.have.length(1);
    killedWith(folder, [of('http://127.0.0.1:1', 'tollgate-3-', true)]);
    expect(readdirSync(folder)).to.have.length(2);
    await clear({ ...node(), way: 'java' });
    expect([readdirSync(folder).length, told]).to.deep.equal([1, []]);
  });

  it('are told of where they can not be deleted, and kept in mind', async () => {
    const server = createServer((_, response) => response.writeHead(403).end('{}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.on('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      killedWith(folder, [of(url, 'tollgate-4-', false)]);
      await clear({ access: { url, auth: undefined }, version: '9.5.3', way: 'url' });
      expect(told).to.deep.equal([
        `the indices tollgate-4-* of a command that was killed could not be deleted in ${url}: GET /_tasks is answered with 403`,
      ]);
      expect(readdirSync(folder)).to.have.length(1);
    } finally {
      server.close();
    }
  });
});

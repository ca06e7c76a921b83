import { expect } from 'chai';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { needsEngine } from '../../export/esql-engine';
import { FakeServer } from './fake-server';

describe('a cluster of another major version', () => {
  it('is asked in no type of content that names a version, which it would refuse', async () => {
    const server = await FakeServer.start();
    const client = openClient(server.node.access);
    try {
      const answer = await client.search({ index: 'logs', query: { match_all: {} } });
      expect(answer.hits.hits).to.deep.equal([]);
      const { errors } = await client.bulk({ index: 'logs', operations: [{ index: {} }, { n: 1 }] });
      expect(errors).to.equal(false);
    } finally {
      await client.close();
      await server.stop();
    }
  });

  it('answers, where the engine that was given is one', async function () {
    needsEngine(this);
    const client = openClient({ url: process.env['TOLLGATE_ESQL_URL']!, auth: undefined });
    try {
      const { hits } = await client.search({ index: 'no-such-index*', query: { match_all: {} } });
      expect(hits.hits).to.deep.equal([]);
    } finally {
      await client.close();
    }
  });
});

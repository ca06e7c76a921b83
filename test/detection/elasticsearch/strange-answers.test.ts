import { expect } from 'chai';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportError } from '../../../tools/command/cli/process';
import { Failure } from '../../../tools/foundation/content/failure';
import { Backoff } from '../../../tools/detection/elasticsearch/backoff';
import { asking, openClient } from '../../../tools/detection/elasticsearch/client';
import { ElasticsearchEngine } from '../../../tools/detection/elasticsearch/engine';
import { askVersion, type Access } from '../../../tools/detection/elasticsearch/node/access';
import { FakeServer, Status } from './fake-server';
import { CONTRACT } from './fields';
import { silent } from './node';

const OWN = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
const PASSWORD = 'canary7b3f';

describe('an answer that no Elasticsearch gives', () => {
  let server: Server;
  let answer: (response: ServerResponse, sent: string) => void;
  let access: Access;
  before((done) => {
    server = createServer((request, response) => answer(response, JSON.stringify(request.headers)));
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      access = { url: `http://127.0.0.1:${port}`, auth: { username: 'user', password: PASSWORD } };
      done();
    });
  });
  afterEach(() => server.closeAllConnections());
  after((done) => void server.close(done));

  /** How a search ends. */
  async function ended(requestTimeout = 60_000): Promise<Failure> {
    const client = openClient(access);
    const search = asking('a search', () => client.search({}, { requestTimeout }));
    const error: unknown = await search.catch((error: unknown) => error);
    await client.close();
    expect(error).to.be.instanceOf(Failure);
    return error as Failure;
  }

  for (const [name, body] of [
    ['no error', '{}'],
    ['null', 'null'],
    ['an error that is null', '{"error": null}'],
    ['an error that is a number', '{"error": 5}'],
    ['causes that are none', '{"error": {"root_cause": 5, "caused_by": "x"}}'],
  ] as const)
    it(`is told in a sentence: an error with ${name}`, async () => {
      answer = (response) => response.writeHead(500, OWN).end(body);
      const { exitCode, message } = await ended();
      expect([exitCode, message]).to.deep.equal([
        3,
        'Elasticsearch refused a search: its answer has status 500 and names no reason',
      ]);
    });

  for (const [name, body] of [
    ['a cause that is null', '{"error": {"root_cause": [null], "type": {}, "reason": []}}'],
    ['a deep body', `{"error": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ] as const)
    it(`is told as one that cannot be read: an error with ${name}`, async () => {
      answer = (response) => response.writeHead(500, OWN).end(body);
      const { exitCode, message } = await ended();
      expect([exitCode, message]).to.deep.equal([
        3,
        'Elasticsearch stopped answering during a search: its answer cannot be read',
      ]);
    });

  it('is told briefly', async () => {
    const error = { type: 'long', reason: 'x'.repeat(1_000_000) };
    answer = (response) => response.writeHead(500, OWN).end(JSON.stringify({ error }));
    expect((await ended()).message.length).to.be.lessThan(1_000);
  });

  it('is an end where it is packed otherwise than it says', async () => {
    answer = (response) => response.writeHead(200, { ...OWN, 'content-encoding': 'gzip' }).end('{}');
    expect((await ended()).message).to.match(
      /^Elasticsearch stopped answering during a search: its answer cannot be read/,
    );
  });

  it('has its time as a whole, also where it begins at once', async () => {
    let writing: NodeJS.Timeout | undefined;
    answer = (response) => {
      response.writeHead(200, OWN);
      writing = setInterval(() => response.write(' '), 20);
    };
    try {
      expect((await ended(500)).message).to.equal('Elasticsearch stopped answering during a search: Request timed out');
    } finally {
      clearInterval(writing);
    }
  });

  it('is no version where it is without end', async () => {
    answer = (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(' '.repeat(100_000)));
      };
      response.writeHead(200, OWN).on('drain', more);
      more();
    };
    const error: unknown = await askVersion(access, 60_000).catch((error: unknown) => error);
    expect((error as Failure).message).to.match(/^what answers at \S+ is not an Elasticsearch \(200\)$/);
  });

  it('does not bring a password back that it was sent', async () => {
    answer = (response, sent) =>
      response.writeHead(400, OWN).end(JSON.stringify({ error: { type: 'bad', reason: `${sent} ${PASSWORD}` } }));
    let told = '';
    expect(reportError(await ended(), (text) => (told += text))).to.equal(3);
    expect(told).to.include('bad: ').and.include('(concealed)');
    for (const form of [PASSWORD, Buffer.from(`user:${PASSWORD}`).toString('base64')])
      expect(told).not.to.include(form);
  });
});

describe('indices of which a node does not say that they are deleted', () => {
  const error = { root_cause: [{ type: 'refused', reason: 'no' }], type: 'refused', reason: 'no' };
  for (const [what, status, body, why] of [
    ['a refusal', 400, { error }, 'refused: no'],
    ['a way to another address', 301, {}, 'what was asked of .* is answered with a way to another address \\(301\\)'],
    ['nothing', 200, {}, 'it is not said that they were'],
    ['null', 200, null, 'it is not said that they were'],
    ['that they are, falsely', 200, { acknowledged: true }, 'it is said that they were, and they are there'],
    ['that they are not', 200, { acknowledged: false }, 'it is not said that they were'],
  ] as const)
    it(`are named in one line: ${what}`, async () => {
      const server = await FakeServer.start((method) => (method === 'DELETE' ? new Status(status, body) : undefined));
      try {
        const engine = new ElasticsearchEngine(server.node, new Map([[CONTRACT.id, CONTRACT]]));
        const event = { n: 0, source: CONTRACT.id, time: 0, ingested: 0, event: { name: 'a' } };
        const ended: unknown = await engine.execute('run', [event], [], silent).catch((error: unknown) => error);
        expect(ended).to.be.instanceOf(Failure);
        expect((ended as Failure).message).to.match(RegExp(`^these indices could not be deleted: \\S+ \\(${why}\\)$`));
      } finally {
        await server.stop();
      }
    });
});

describe('the pauses of a busy node', () => {
  it('are never none, whatever it asks for', () => {
    expect(new Backoff().next(0)).to.be.greaterThan(0);
    expect(new Backoff().next(7)).to.equal(7_000);
    expect(new Backoff().next(1e9)).to.equal(null);
  });
});

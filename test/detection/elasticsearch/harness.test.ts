import { expect } from 'chai';
import { Failure } from '../../../tools/foundation/content/failure';
import { ElasticsearchEngine } from '../../../tools/detection/elasticsearch/engine';
import { Stages } from '../../../tools/evidence/replay/stages';
import type { Engine, EngineResult, MatchRequest, SourcedEvent } from '../../../tools/detection/engine/execution';
import { FakeServer, type Trouble } from './fake-server';
import { CONTRACT } from './fields';
import { silent } from './node';

const CONTRACTS = new Map([[CONTRACT.id, CONTRACT]]);
const REQUEST: MatchRequest = {
  source: CONTRACT.id,
  plan: { expr: { op: 'test', test: { kind: 'exists', field: 'name', present: true } }, fields: ['name'] },
  fields: ['name'],
};

function events(count: number): SourcedEvent[] {
  return Array.from({ length: count }, (_, n) => ({
    n,
    source: CONTRACT.id,
    time: n,
    ingested: n,
    event: { name: `event ${n}` },
  }));
}

/** Runs ten events against a server with this trouble, and gives what came of it and what the server was asked. */
async function run(trouble?: Trouble, progress = silent): Promise<{ ended: EngineResult | Failure; paths: string[] }> {
  const server = await FakeServer.start(trouble);
  const engine = new ElasticsearchEngine(server.node, CONTRACTS);
  try {
    const ended = await engine.execute('self-test', events(10), [REQUEST], progress).catch((error: unknown) => error);
    if (ended instanceof Error && !(ended instanceof Failure)) throw ended;
    return { ended: ended as EngineResult | Failure, paths: server.paths };
  } finally {
    await engine.close();
    await server.stop();
  }
}

async function failure(trouble: Trouble): Promise<Failure> {
  const { ended } = await run(trouble);
  expect(ended).to.be.instanceOf(Failure);
  expect((ended as Failure).exitCode).to.equal(3);
  return ended as Failure;
}

describe('A run in Elasticsearch', () => {
  it('ends well, having counted, and deletes the index that it made and no other', async () => {
    const { ended, paths } = await run();
    expect((ended as EngineResult).events).to.deep.equal({ [CONTRACT.id]: { expected: 10, indexed: 10 } });
    const made = paths.filter((path) => path.startsWith('PUT ')).map((path) => path.slice(4));
    const deleted = paths.filter((path) => /^DELETE \/tollgate/.test(path)).map((path) => path.slice(7));
    expect(made).to.have.length(1);
    expect(made[0]).to.match(/^\/tollgate-[0-9a-f]{8}-self-test-test\.source$/);
    expect(deleted).to.deep.equal(made);
  });

  it('tells how far it is, by stages that the progress of a run knows', async () => {
    const told: unknown[][] = [];
    const progress = new Stages(
      { update: (stage, done, _total, share) => told.push([stage, done, share]) },
      [{ name: 'elasticsearch' } as Engine],
      { share: 0 },
    );
    await run(undefined, progress);
    expect(told).to.deep.equal([
      ['indexing', 10, 2 / 3],
      ['searching', 10, 2 / 3],
      ['searching', 10, 1],
    ]);
  });

  it('fails when a document is rejected, and says how many and why', async () => {
    const error = { type: 'document_parsing_exception', reason: 'no such field' };
    const { message } = await failure((_method, path) =>
      path.includes('/_bulk')
        ? {
            errors: true,
            items: events(10).map(({ n }) => ({
              index: { _id: String(n), status: n === 3 ? 400 : 201, ...(n === 3 && { error }) },
            })),
          }
        : undefined,
    );
    expect(message).to.include('1 of 10 documents').and.include('event 3').and.include('no such field');
  });

  it('fails when a request is answered for fewer documents than it had, or not as a request for documents is', async () => {
    const few = await failure((_method, path) =>
      path.includes('/_bulk') ? { errors: true, items: [{ index: { _id: '0', status: 201 } }] } : undefined,
    );
    expect(few.message).to.include('no answer for 9 of 10 documents');
    const other = await failure((_method, path) => (path.includes('/_bulk') ? { took: 3 } : undefined));
    expect(other.message).to.include('no word on errors');
  });

  it('fails when the index holds fewer documents than were sent', async () => {
    const { message } = await failure((_method, path) =>
      path.includes('/_count') ? { count: 9, _shards: { failed: 0 } } : undefined,
    );
    expect(message).to.include('1 documents of test.source were lost').and.include('expected 10');
  });

  for (const [at, path] of [
    ['refreshing', '/_refresh'],
    ['counting', '/_count'],
    ['searching', '/_search'],
  ] as const) {
    it(`fails when a shard fails at ${at}`, async () => {
      const failed = { total: 1, failed: 1, failures: [{ reason: { reason: 'disk on fire' } }] };
      const { message } = await failure((_method, asked) =>
        asked.includes(path) ? { count: 10, timed_out: false, _shards: failed, hits: { hits: [] } } : undefined,
      );
      expect(message).to.include('disk on fire');
    });
  }

  it('fails when a search runs out of time', async () => {
    const { message } = await failure((_method, path) =>
      path.includes('/_search') ? { timed_out: true, _shards: { failed: 0 }, hits: { hits: [] } } : undefined,
    );
    expect(message).to.include('ran out of time');
  });

  it('fails when the node is gone while indexing, and says how much was confirmed', async () => {
    const { message } = await failure((_method, path) => (path.includes('/_bulk') ? 'hang up' : undefined));
    expect(message).to.include('stopped answering').and.include('0 of 10 sent documents were confirmed');
  });

  it('fails when the node is gone while searching', async () => {
    const { message } = await failure((_method, path) => (path.includes('/_search') ? 'hang up' : undefined));
    expect(message).to.include('stopped answering');
  });

  it('takes no more events than requests can carry, however many there are', async () => {
    const count = 2000;
    let taken = 0;
    let answered = 0;
    let most = 0;
    function* large(): Generator<SourcedEvent> {
      for (const event of events(count)) {
        taken++;
        yield { ...event, event: { name: 'x'.repeat(20_000) } };
      }
    }
    const server = await FakeServer.start((_method, path, body) => {
      if (!path.includes('/_bulk')) return undefined;
      most = Math.max(most, taken - answered);
      answered += body.split('\n').length >> 1;
      return undefined;
    });
    const engine = new ElasticsearchEngine(server.node, CONTRACTS);
    try {
      const counts = await engine.load('self-test', large(), [REQUEST], silent);
      expect(counts).to.deep.equal({ [CONTRACT.id]: { expected: count, indexed: count } });
    } finally {
      await engine.close();
      await server.stop();
    }
    // Three requests on their way and one that is being filled, of 2 MiB and a hundred such events each.
    expect(most).to.be.within(100, 4 * 106);
  });

  it('asks for the removal of all its indices in one request', async () => {
    let allAsked = (names: string): void => void names;
    const all = new Promise<string>((resolve) => (allAsked = resolve));
    const server = await FakeServer.start((method, path) => {
      if (method !== 'DELETE') return undefined;
      allAsked(path);
      return 'silence';
    });
    const other = { ...CONTRACT, id: `${CONTRACT.id}.other` };
    const engine = new ElasticsearchEngine(server.node, new Map([...CONTRACTS, [other.id, other]]));
    const sources = [...events(2)].map((event, n) => ({ ...event, source: n === 0 ? CONTRACT.id : other.id }));
    const run = engine.load('self-test', sources, [], silent).catch(() => undefined);
    expect(decodeURIComponent(await all).match(/tollgate-\w+-self-test-test\.source/g)).to.have.length(2);
    await server.stop();
    await run;
    await engine.close();
  });

  it('writes to no cluster that is not on this machine, unless it may', () => {
    const node = {
      access: { url: 'https://cluster.example:9200', auth: undefined },
      version: '9',
      way: 'url' as const,
    };
    expect(() => new ElasticsearchEngine(node, CONTRACTS)).to.throw(Failure, 'not on this machine');
    expect(() => new ElasticsearchEngine(node, CONTRACTS, { allowRemoteWrite: true })).not.to.throw();
  });
});

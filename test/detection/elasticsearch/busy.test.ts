import { expect } from 'chai';
import { Failure } from '../../../tools/foundation/content/failure';
import { ElasticsearchEngine } from '../../../tools/detection/elasticsearch/engine';
import type { EngineResult, MatchRequest, SourcedEvent } from '../../../tools/detection/engine/execution';
import { FakeServer, Status, type Trouble } from './fake-server';
import { CONTRACT } from './fields';
import { kindOf, type Kind } from './lying-proxy';
import { silent } from './node';

const REQUEST: MatchRequest = {
  source: CONTRACT.id,
  plan: { expr: { op: 'test', test: { kind: 'exists', field: 'name', present: true } }, fields: ['name'] },
  fields: ['name'],
};

function* events(): Generator<SourcedEvent> {
  for (let n = 0; n < 10; n++) yield { n, source: CONTRACT.id, time: n, ingested: n, event: { name: `event ${n}` } };
}

async function run(trouble: Trouble): Promise<{ ended: EngineResult | Failure; server: FakeServer }> {
  const server = await FakeServer.start(trouble);
  const engine = new ElasticsearchEngine(server.node, new Map([[CONTRACT.id, CONTRACT]]));
  try {
    const ended = await engine.execute('busy', events(), [REQUEST], silent).catch((error: unknown) => error);
    if (ended instanceof Error && !(ended instanceof Failure)) throw ended;
    return { ended: ended as EngineResult | Failure, server };
  } finally {
    await engine.close();
    await server.stop();
  }
}

/** A trouble that comes once, at the first request of a kind. */
function once(kind: Kind, trouble: (healthy: () => unknown, body: string) => unknown): Trouble {
  let came = false;
  return (method, path, body, healthy) => {
    if (came || kindOf(method, path) !== kind) return undefined;
    came = true;
    return trouble(healthy, body);
  };
}

const WHOLE = { [CONTRACT.id]: { expected: 10, indexed: 10 } };

describe('A node that is busy, or whose answer is lost', () => {
  for (const kind of ['create', 'look', 'bulk', 'refresh', 'count', 'search'] as const) {
    for (const code of [429, 503]) {
      it(`is asked again: ${kind}, status ${code}`, async () => {
        const { ended, server } = await run(once(kind, () => new Status(code, {}, { 'retry-after': '0' })));
        expect((ended as EngineResult).events).to.deep.equal(WHOLE);
        expect([...server.indices.keys()], 'left behind').to.deep.equal([]);
      });
    }

    it(`is asked again: ${kind}, whose answer is lost after it was done`, async () => {
      const lost = (healthy: () => unknown): string => {
        healthy();
        return 'hang up';
      };
      const { ended, server } = await run(once(kind, lost));
      expect((ended as EngineResult).events).to.deep.equal(WHOLE);
      expect([...server.indices.keys()], 'left behind').to.deep.equal([]);
    });
  }

  it('is sent those documents again for which it was too busy, and no others', async () => {
    const sent: number[] = [];
    let requests = 0;
    const { ended } = await run((method, path, body, healthy) => {
      if (kindOf(method, path) !== 'bulk') return undefined;
      sent.push(body.split('\n').length >> 1);
      requests++;
      const answer = healthy() as { items: { index: object }[] };
      if (requests === 1) return { errors: true };
      if (requests > 2) return answer;
      const error = { type: 'es_rejected_execution_exception', reason: 'queue is full' };
      const items = answer.items.map((item, i) => (i < 3 ? { index: { ...item.index, status: 429, error } } : item));
      return { errors: true, items };
    });
    expect((ended as EngineResult).events).to.deep.equal(WHOLE);
    expect(sent).to.deep.equal([10, 10, 3]);
  });

  it('is given no index of the same name that somebody else made', async () => {
    const { ended } = await run(
      once('create', () => new Status(400, { error: { type: 'resource_already_exists_exception' } })),
    );
    expect(ended).to.be.instanceOf(Failure).and.include({ exitCode: 3 });
  });

  it('ends a run whose index was replaced under way', async () => {
    let looks = 0;
    const replaced = await run((method, path, _body, healthy) => {
      if (kindOf(method, path) !== 'look' || ++looks !== 3) return undefined;
      const [[name, index]] = Object.entries(healthy() as Record<string, { settings: object }>) as [[string, object]];
      return { [name]: { ...index, settings: { index: { uuid: 'another' } } } };
    });
    expect(replaced.ended).to.be.instanceOf(Failure);
    expect((replaced.ended as Failure).message).to.include('deleted or replaced under way');
  });

  it('ends a run at once where it has no room, and says how much there is', async () => {
    const disk = { available_in_bytes: 373_000_000, total_in_bytes: 10_000_000_000 };
    const about: Trouble = (_method, path) => {
      if (path.startsWith('/_nodes/stats/fs')) return { nodes: { a: { name: 'one', fs: { total: disk } } } };
      if (path.startsWith('/_cluster/settings'))
        return { defaults: { 'cluster.routing.allocation.disk.watermark.low': '1gb' } };
      return undefined;
    };
    const unready: Trouble = (method, path, body, healthy) =>
      kindOf(method, path) === 'create'
        ? { ...(healthy() as object), shards_acknowledged: false }
        : about(method, path, body, healthy);
    const item = { _id: '0', status: 503, error: { type: 'unavailable_shards_exception', reason: 'not active' } };
    const full: Trouble = (method, path, body, healthy) =>
      kindOf(method, path) === 'bulk'
        ? { errors: true, items: Array.from({ length: 10 }, () => ({ index: item })) }
        : about(method, path, body, healthy);
    for (const trouble of [unready, full]) {
      const { ended, server } = await run(trouble);
      expect(ended).to.be.instanceOf(Failure).and.include({ exitCode: 3 });
      expect((ended as Failure).message)
        .to.include('cannot write')
        .and.include('373 MB free of 10,000 MB')
        .and.include('1gb');
      expect(server.paths.filter((path) => path.endsWith('/_bulk')).length).to.be.at.most(2);
    }
  });

  it('names the indices that it could not delete', async () => {
    const { ended, server } = await run((method) =>
      method === 'DELETE' ? new Status(403, { error: { type: 'security_exception', reason: 'no' } }) : undefined,
    );
    expect(ended).to.be.instanceOf(Failure).and.include({ exitCode: 3 });
    const [left] = [...server.indices.keys()];
    expect((ended as Failure).message).to.include(`could not be deleted: ${left}`);
  });

  it('keeps no index that a request makes whose answer was not waited for', async () => {
    let late: (() => unknown) | undefined;
    let isMade = false;
    const { ended, server } = await run((method, path, _, healthy) => {
      const kind = kindOf(method, path);
      if (kind === 'create' && late === undefined) {
        late = healthy;
        return new Status(500, { error: { type: 'timeout_exception', reason: 'not made yet' } });
      }
      // By then it has been deleted once, which found nothing.
      if (path.startsWith('/_tasks') && !isMade) {
        isMade = true;
        late?.();
      }
      return undefined;
    });
    expect(ended).to.be.instanceOf(Failure).and.include({ exitCode: 3 });
    expect([...server.indices.keys()]).to.deep.equal([]);
    expect(server.paths.filter((path) => path.startsWith('DELETE'))).to.have.length.above(1);
  });

  it('says that its disk is full where it refuses to show the documents and names no reason', async () => {
    const disk =
      (free: number): Trouble =>
      (method, path) => {
        if (kindOf(method, path) === 'refresh') return new Status(500, {});
        if (!path.startsWith('/_nodes/stats/fs')) return undefined;
        return { nodes: { a: { name: 'a', fs: { total: { available_in_bytes: free, total_in_bytes: 2e9 } } } } };
      };
    const said = async (free: number): Promise<string> => ((await run(disk(free))).ended as Failure).message;
    expect(await said(1e6)).to.match(/cannot write to \S+: the disk of node a has 1 MB free of 2,000 MB/);
    expect(await said(1e9)).to.include('refused refreshing an index: its answer has status 500');
  });
});

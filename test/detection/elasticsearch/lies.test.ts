import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { Failure } from '../../../tools/foundation/content/failure';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { ElasticsearchEngine } from '../../../tools/detection/elasticsearch/engine';
import { indexFor } from '../../../tools/detection/elasticsearch/run-index';
import { huntInCluster } from '../../../tools/detection/hunt/cluster';
import type { MatchRequest, SourcedEvent } from '../../../tools/detection/engine/execution';
import { CONTRACT as HUNTED, HOUR, query } from '../hunt/fixture';
import { CONTRACT } from './fields';
import { changed, LIES, LIES_OF } from './lies';
import { LyingProxy, type Kind } from './lying-proxy';
import { realNode, silent } from './node';

const REQUEST: MatchRequest = {
  source: CONTRACT.id,
  plan: { expr: { op: 'test', test: { kind: 'exists', field: 'name', present: true } }, fields: ['name'] },
  fields: ['name'],
};
const EVENTS: SourcedEvent[] = Array.from({ length: 20 }, (_, n) => ({
  n,
  source: CONTRACT.id,
  time: n,
  ingested: n,
  event: { name: `event ${n}` },
}));
const NOON = Date.UTC(2026, 7, 4, 12);

/** Each lie about each kind of answer of which it is one. */
function trials(kinds: Kind[]): [Kind, string, (body: unknown) => unknown][] {
  return kinds.flatMap((kind) =>
    [...LIES, ...(LIES_OF[kind] ?? [])].map(([name, lie]): [Kind, string, typeof lie] => [kind, name, lie]),
  );
}

/** These change nothing that is read of such an answer, so that the truth is right. */
const HARMLESS = new Set([
  ...['create', 'look', 'bulk', 'refresh'].map((kind) => `${kind}: a silent shard`),
  ...['create', 'look', 'bulk', 'refresh', 'count', 'open', 'fields'].map((kind) => `${kind}: no shard counted`),
  ...['an empty object', 'an empty list', 'null', 'a number', 'a text'].map((lie) => `refresh: ${lie}`),
  'bulk: items in another order',
  'bulk: items that failed, and no errors',
  'bulk: errors, and no item that failed',
]);

describe('an Elasticsearch whose answers are changed on the way', function () {
  const node = realNode();

  /** What came of it, and whether there was a lie. */
  async function through(kind: Kind, lie: (body: unknown) => unknown, act: (proxy: LyingProxy) => Promise<unknown>) {
    const proxy = await LyingProxy.start(node(), { kind, deceit: changed(lie) });
    try {
      return { ended: await act(proxy).catch((error: unknown) => error), lies: proxy.lies };
    } finally {
      await proxy.stop();
    }
  }

  function expectRight(ended: unknown, lies: number, trial: string, truth: unknown): void {
    expect(lies, `${trial}: ${String(ended)}`).to.be.greaterThan(0);
    if (HARMLESS.has(trial) && !(ended instanceof Error)) return expect(ended, trial).to.deep.equal(truth) as never;
    expect(ended, trial).to.be.instanceOf(Failure);
    expect((ended as Failure).exitCode, trial).to.equal(3);
  }

  it('is no reason to find less: a run', async () => {
    const run = async (of: { node: ReturnType<typeof node> }): Promise<unknown> => {
      const engine = new ElasticsearchEngine(of.node, new Map([[CONTRACT.id, CONTRACT]]));
      try {
        return (await engine.execute('lies', EVENTS, [REQUEST], silent)).matches;
      } finally {
        await engine.close();
      }
    };
    const truth = await run({ node: node() });
    expect((truth as unknown[][])[0]).to.have.length(20);
    for (const [kind, name, lie] of trials(['create', 'look', 'bulk', 'refresh', 'count', 'search'])) {
      const { ended, lies } = await through(kind, lie, run);
      expectRight(ended, lies, `${kind}: ${name}`, truth);
    }
  });

  for (const mapped of [true, false]) {
    it(`is no reason to find less: a hunt by ${mapped ? 'aggregations' : 'documents'}`, async () => {
      const index = `tollgate-test-lies-${randomBytes(4).toString('hex')}`;
      const client = openClient(node().access);
      const of = query({
        parameters:
          '{min_sends: {type: integer, default: 1, unit: messages, description: Fewest messages that say something.}}',
        having: 'sends >= $min_sends',
      });
      const act = async (proxy: { node: ReturnType<typeof node> }): Promise<unknown> => {
        const asking = openClient(proxy.node.access);
        try {
          const options = { at: NOON + 24 * HOUR, from: NOON - HOUR, to: NOON + HOUR };
          return await huntInCluster(asking, index, of, HUNTED, options);
        } finally {
          await asking.close();
        }
      };
      try {
        await client.indices.create({
          index,
          ...(mapped ? indexFor(HUNTED) : { settings: { number_of_replicas: 0 } }),
        });
        const operations = Array.from({ length: 20 }, (_, i) => [
          { index: { _index: index } },
          {
            '@timestamp': new Date(NOON).toISOString(),
            timestamp: new Date(NOON).toISOString(),
            event: { action: 'otp_sent', ingested: new Date(NOON).toISOString() },
            otp: { id: `o${i}` },
            destination: { block: '+99400010', country: 'AZ', number: `+9940001000${10 + i}` },
          },
        ]).flat();
        await client.bulk({ operations, refresh: true });
        const truth = (await act({ node: node() })) as { by: string; rows: unknown[] };
        expect([truth.by, truth.rows.length]).to.deep.equal([mapped ? 'aggregations' : 'documents', 1]);
        for (const [kind, name, lie] of trials(mapped ? ['search', 'open', 'fields'] : ['search', 'fields'])) {
          // Of aggregations no hit is read.
          if (mapped && LIES_OF.search!.some(([each]) => each === name && !/ total /.test(` ${name} `))) continue;
          const { ended, lies } = await through(kind, lie, act);
          expectRight(ended, lies, `${kind}: ${name}`, truth);
        }
      } finally {
        await client.indices.delete({ index, ignore_unavailable: true });
        await client.close();
      }
    });
  }
});

import { expect } from 'chai';
import fc from 'fast-check';
import type { Event } from '@tollgate/sigma/values/event';
import { ElasticsearchEngine } from '../../../tools/detection/elasticsearch/engine';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import type { MatchRequest, SourcedEvent } from '../../../tools/detection/engine/execution';
import { event, plainEvent, plan, wildEvent } from './arbitrary';
import { CONTRACT } from './fields';
import { realNode, silent } from './node';

const START = Date.UTC(2025, 0, 1);
const FIELDS = ['name', 'deep.er.name', 'tags', 'address', 'count', 'price', 'ok', 'at'];
/** More runs find what a few don't; `TOLLGATE_SEED` and `TOLLGATE_RUNS` ask for others. */
const SEED = Number(process.env['TOLLGATE_SEED'] ?? 20_250_101);
const RUNS = Number(process.env['TOLLGATE_RUNS'] ?? 200);
const UNTYPED = 'untyped';

function sourced(events: fc.Arbitrary<Event>, count: number, source = CONTRACT.id): SourcedEvent[] {
  return fc.sample(events, { numRuns: count, seed: SEED }).map((each, n) => {
    const time = START + (n % 7) * 1000;
    return { n, source, time, ingested: time + n, event: each };
  });
}

/** Each plan with other fields: some with a list among them, some without. */
function requestsOf(count: number, source = CONTRACT.id): MatchRequest[] {
  return fc
    .sample(plan, { numRuns: count, seed: SEED })
    .map((each, i) => ({ source, plan: each, fields: FIELDS.slice(i % FIELDS.length) }));
}

describe('Elasticsearch and memory find the same events with the same values', () => {
  const node = realNode();

  async function expectEqual(events: SourcedEvent[], requests: MatchRequest[]): Promise<number> {
    const engine = new ElasticsearchEngine(
      node(),
      new Map<string, typeof CONTRACT | null>([
        [CONTRACT.id, CONTRACT],
        [UNTYPED, null],
      ]),
    );
    try {
      const inMemory = await new MemoryEngine().execute('equality', events, requests, silent);
      const indexed = await engine.execute('equality', events, requests, silent);
      for (const [i, request] of requests.entries()) {
        expect(indexed.matches[i], JSON.stringify(request.plan)).to.deep.equal(inMemory.matches[i]);
      }
      expect(indexed.events).to.deep.equal(inMemory.events);
      return indexed.decidedAlone;
    } finally {
      await engine.close();
    }
  }

  it('on events as no contract describes them', async () => {
    await expectEqual(sourced(event, 300), requestsOf(RUNS));
  });

  it('on events as the contract describes them, many of them decided by the index alone', async () => {
    const alone = await expectEqual(sourced(plainEvent, 300), requestsOf(RUNS));
    expect(alone).to.be.greaterThan(50);
  });

  it('on events of any shape, of which nothing is known', async () => {
    await expectEqual(sourced(wildEvent, 300, UNTYPED), requestsOf(RUNS, UNTYPED));
  });

  it('on plain events of which nothing is known, many of them decided by the index alone', async () => {
    const alone = await expectEqual(sourced(plainEvent, 300, UNTYPED), requestsOf(RUNS, UNTYPED));
    expect(alone).to.be.greaterThan(RUNS / 4);
  });
});

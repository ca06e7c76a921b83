import { expect } from 'chai';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import type { MatchRequest, SourcedEvent } from '../../../tools/detection/engine/execution';
import type { Plan } from '@tollgate/sigma/rules/plan';

const plan = (value: string): Plan => ({
  expr: { op: 'test', test: { kind: 'pattern', field: 'a', parts: [value], cased: false } },
  fields: ['a'],
});
const event = (n: number, source: string, time: number, record: Record<string, unknown>): SourcedEvent => ({
  n,
  source,
  time,
  ingested: time + 5,
  event: record,
});

describe('MemoryEngine', () => {
  const events = [
    event(0, 's', 20, { a: 'x', b: 1 }),
    event(1, 't', 10, { a: 'x' }),
    event(2, 's', 10, { a: 'X', b: [1, null, 'two'] }),
    event(3, 's', 10, { a: 'y' }),
  ];

  async function execute(requests: MatchRequest[]) {
    const engine = new MemoryEngine();
    const stages: string[] = [];
    const result = await engine.execute('run', events, requests, { update: (stage) => stages.push(stage) });
    await engine.close();
    expect(stages).to.not.deep.equal([]);
    return result;
  }

  it('answers each request from its own source, in the order of time, with the fields it asks for', async () => {
    const result = await execute([
      { source: 's', plan: plan('x'), fields: ['b', 'c'] },
      { source: 't', plan: plan('x'), fields: [] },
      { source: 's', plan: plan('y'), fields: ['a'] },
      { source: 's', plan: plan('x'), fields: ['a'] },
      { source: 'none', plan: plan('x'), fields: [] },
    ]);
    expect(result.matches).to.deep.equal([
      [
        { event: 2, time: 10, ingested: 15, values: [[1, 'two'], null] },
        { event: 0, time: 20, ingested: 25, values: [1, null] },
      ],
      [{ event: 1, time: 10, ingested: 15, values: [] }],
      [{ event: 3, time: 10, ingested: 15, values: ['y'] }],
      [
        { event: 2, time: 10, ingested: 15, values: ['X'] },
        { event: 0, time: 20, ingested: 25, values: ['x'] },
      ],
      [],
    ]);
    expect(result.decidedAlone).to.equal(5);
  });

  it('counts the events of each source, also of one that has none', async () => {
    const { events: counts } = await execute([{ source: 'none', plan: plan('x'), fields: [] }]);
    expect(counts).to.deep.equal({
      none: { expected: 0, indexed: 0 },
      s: { expected: 3, indexed: 3 },
      t: { expected: 1, indexed: 1 },
    });
  });

  it('has a name and a version', () => {
    expect(new MemoryEngine().name).to.equal('memory');
    expect(new MemoryEngine().version).to.match(/^\d+\.\d+\.\d+/);
  });
});

import { expect } from 'chai';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { Stages } from '../../../tools/evidence/replay/stages';
import { Steps } from '../../../tools/evidence/replay/steps';
import type { Engine, Progress } from '../../../tools/detection/engine/execution';

/** A progress that keeps what it is told. */
function keeping(): { told: Parameters<Progress['update']>[]; progress: Progress } {
  const told: Parameters<Progress['update']>[] = [];
  return { told, progress: { update: (...report) => told.push(report) } };
}

describe('the progress of steps', () => {
  it('is that of one work, in which each step has its weight', () => {
    const { told, progress } = keeping();
    const steps = new Steps(
      progress,
      [
        { name: 'small', weight: 1 },
        { name: 'large', weight: 3 },
      ],
      'world',
    );
    steps.next().update('matching', 1, 2);
    const large = steps.next();
    large.update('', 0);
    large.update('matching', 2, 2);
    expect(told).to.deep.equal([
      ['world 1 of 2, small · matching', 0, undefined, 0.125],
      ['world 2 of 2, large', 0, undefined, 0.25],
      ['world 2 of 2, large · matching', 0, undefined, 1],
    ]);
  });

  it('estimates the events of all from those that are known, and adds those that have passed', () => {
    const { told, progress } = keeping();
    const steps = new Steps(progress, [
      { name: 'a', weight: 1 },
      { name: 'b', weight: 1 },
    ]);
    steps.next().update('matching', 100, 200, 0.5);
    steps.next().update('matching', 50, 100, 0.5);
    expect(told).to.deep.equal([
      ['a · matching', 100, 400, 0.25],
      ['b · matching', 150, 200, 0.75],
    ]);
  });
});

describe('the progress through the stages of two engines', () => {
  it('only goes on, and counts an event once', () => {
    const { told, progress } = keeping();
    const stream = { share: 0 };
    const engines = [{ name: 'elasticsearch' } as Engine, new MemoryEngine()];
    const stages = new Stages(progress, engines, stream, { judging: 1 });
    stages.update('indexing', 0);
    stream.share = 0.5;
    stages.update('indexing', 100);
    stages.update('indexing', 210, 210);
    stages.update('searching', 1, 2);
    stages.update('matching', 100);
    stages.update('matching', 210, 210);
    stages.update('judging', 0, 0);
    expect(told.map(([stage, done, total]) => [stage, done, total])).to.deep.equal([
      ['indexing', 0, undefined],
      ['indexing', 100, 200],
      ['indexing', 210, 210],
      ['searching', 210, 210],
      ['matching', 210, 210],
      ['matching', 210, 210],
      ['judging', 210, 210],
    ]);
    const shares = told.map(([, , , share]) => share!);
    expect(shares).to.deep.equal([...shares].sort((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).to.deep.equal([0, 1]);
  });
});

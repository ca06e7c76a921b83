import { expect } from 'chai';
import { TerminalProgress } from '../../../tools/command/cli/progress';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { replay } from '../../../tools/evidence/replay/run';
import { widthOf } from '../../../tools/command/report/width';
import type { Progress } from '../../../tools/detection/engine/execution';
import { contracts, runOf } from '../../simulate/run';

type Report = Parameters<Progress['update']>;

/** What a terminal of so many columns shows after each report of progress. */
function drawn(columns: number, ...reports: Report[]): string[] {
  const written: string[] = [];
  const stream = { isTTY: true, columns, write: (text: string) => written.push(text) };
  const progress = new TerminalProgress(stream as never as NodeJS.WriteStream);
  for (const report of reports) progress.update(...report);
  progress.clear();
  expect(written.pop()).to.equal('\r\u001b[K');
  return written.map((text) => /^\r(.*)\u001b\[K$/.exec(text)![1]!);
}

describe('the line of progress', () => {
  const whole: Report = ['world 2 of 8, parcel-service · indexing', 312_000, 1_091_118, 0.25];

  it('has a bar where the total or a share is known', () => {
    expect(drawn(200, ['searching', 1, 4])).to.deep.equal([`${'█'.repeat(6)}${'░'.repeat(18)}  25 %  searching`]);
    expect(drawn(200, whole)).to.deep.equal([
      `${'█'.repeat(6)}${'░'.repeat(18)}  25 %  world 2 of 8, parcel-service · indexing · 312,000 of about 1,090,000 events`,
    ]);
    expect(drawn(200, ['indexing', 5000])).to.deep.equal(['indexing · 5,000']);
  });

  it('is never wider than the terminal, and says the more telling first', () => {
    for (let columns = 10; columns <= 120; columns++)
      for (const line of drawn(columns, whole, ['検知ルール'.repeat(20), 1, 2], ['検知ルール'.repeat(20), 1]))
        expect(widthOf(line), line).to.be.below(columns);
    expect(drawn(80, whole)[0]).to.match(/^█+░+ {2}25 % {2}world 2 of 8, parcel-service · indexing$/);
    expect(drawn(40, whole)[0]).to.match(/^ 25 % {2}world 2 of 8, parcel-service$/);
  });

  it('is not driven by what stands in a title', () => {
    expect(drawn(200, ['mutating a\u001b[2Jb', 0])).to.deep.equal(['mutating a\\u{1b}[2Jb']);
  });

  it('goes on once through all worlds of a replay, and tells their events', async () => {
    const told: { stage: string; done: number; total: number | undefined; share: number }[] = [];
    const progress: Progress = {
      update: (stage, done, total, share) => told.push({ stage, done, total, share: share! }),
    };
    const datasets = ['b2b-service', 'regional-shop'].map((world) => runOf(world, { days: 1, scenarios: [] }));
    const engines = [new MemoryEngine()] as [MemoryEngine];
    const { events } = await replay({ rules: [], queries: [], contracts, engines, progress, datasets });
    const shares = told.map(({ share }) => share);
    expect(shares).to.deep.equal([...shares].sort((a, b) => a - b));
    expect(shares[0]).to.be.within(0, 0.5);
    expect(shares.at(-1)).to.equal(1);
    expect(told[0]!.stage).to.equal('world 1 of 2, b2b-service · matching');
    expect(told.at(-1)).to.include({ stage: 'world 2 of 2, regional-shop · judging', done: events.expected });
    for (const { done, total } of told) expect(total ?? Infinity).to.be.at.least(done);
  });
});

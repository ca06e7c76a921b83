import { expect } from 'chai';
import { TerminalProgress } from '../../tools/cli/progress';
import { MemoryEngine } from '../../tools/memory/engine';
import { runUnit } from '../../tools/replay/unit';
import { contracts, runOf } from '../simulate/run';

/** What a terminal is sent for one report of progress. */
function drawn(...report: Parameters<TerminalProgress['update']>): string {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 200, write: (text: string) => written.push(text) };
  new TerminalProgress(stream as never as NodeJS.WriteStream).update(...report);
  return written.join('');
}

describe('the line of progress', () => {
  it('has a bar where the total or a share is known', () => {
    expect(drawn('Searching', 1, 4)).to.include(`${'█'.repeat(6)}${'░'.repeat(18)}  25 %  Searching`);
    expect(drawn('Indexing', 5000, undefined, 0.5)).to.include(
      `${'█'.repeat(12)}${'░'.repeat(12)}  50 %  Indexing  5000`,
    );
    expect(drawn('Indexing', 5000)).to.include('\rIndexing  5000').and.not.include('%');
  });

  it('knows how far a stream of events has come', async () => {
    const shares: number[] = [];
    const progress = {
      update: (_stage: string, _done: number, total?: number, share?: number) => {
        if (total === undefined) shares.push(share!);
      },
    };
    const options = { rules: [], queries: [], contracts, engines: [new MemoryEngine()] as [MemoryEngine], progress };
    await runUnit(options, runOf('b2b-service', { days: 1, scenarios: [] }));
    expect(shares).to.have.length.greaterThan(0);
    expect(shares).to.deep.equal([...shares].sort((a, b) => a - b));
    expect(shares[0]).to.be.within(0.01, 1);
    expect(shares.at(-1)).to.be.within(0.3, 1);
  });
});

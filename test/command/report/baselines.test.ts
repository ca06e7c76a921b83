import { expect } from 'chai';
import type { Comparisons, Side } from '../../../tools/evidence/baseline/equal';
import { markdownBaselines, prettyBaselines } from '../../../tools/command/report/baselines';

function side(perDay: number, caught: number): Side {
  return {
    benign: { perDay, world: 'bank' },
    campaigns: { present: 8, caught, blind: 1 },
    loud: { present: 5, caught: Math.min(5, caught) },
    slow: { present: 3, caught: Math.max(0, caught - 5) },
    usd: { lost: 1234.5, present: 5000 },
    medianSeconds: caught > 0 ? 93 : null,
  };
}

const comparisons: Comparisons = {
  pack: side(0.5, 7),
  baselines: [
    {
      name: 'limit',
      title: 'A limit',
      published: side(0.25, 2),
      packAtItsRate: { ...side(0.2, 6), used: 9, of: 12 },
      atPackRate: { ...side(0.5, 3), factor: 0.5 },
      blind: ['stolen-api-key'],
    },
    {
      name: 'other',
      title: 'Another',
      published: side(0, 0),
      packAtItsRate: { ...side(0, 4), used: 3, of: 12 },
      atPackRate: null,
      blind: [],
    },
  ],
};

describe('the table of baselines', () => {
  it('sets each beside the part of the pack that is no noisier', () => {
    const lines = prettyBaselines(comparisons).split('\n');
    expect(lines[1]).to.match(/^The whole pack +0\.50 \(bank\) +7\/8 +1 +5\/5 +2\/3 +1m 33s +\$1,235 of \$5,000$/);
    expect(lines[3]).to.match(/^ {2}the pack's 9 quietest of 12, no noisier than it +0\.20 \(bank\) +6\/8/);
    expect(lines[4]).to.match(/^ {2}it with thresholds ×0\.5, no noisier than the pack +0\.50 \(bank\) +3\/8/);
    expect(lines[5]).to.match(/^Another +0\.00 +0\/8 +1 +0\/5 +0\/3 +– /);
    expect(lines.slice(-3)).to.deep.equal([
      'A limit: blind to stolen-api-key.',
      'Another: sees every campaign in some world.',
      '',
    ]);
  });

  it('is Markdown with as many cells in each row', () => {
    const rows = markdownBaselines(comparisons)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).to.have.lengthOf(2 + 1 + 3 + 2);
    expect(new Set(rows.map((line) => line.split('|').length))).to.deep.equal(new Set([10]));
  });
});

import { expect } from 'chai';
import type { MeasuredSet, PackCampaigns, Results } from '../../../tools/evidence/measure/results';
import {
  caughtSentences,
  independentCampaigns,
  independentDays,
} from '../../../tools/command/report/measured-independent';

const campaign = (scenario: string, world: string, more: Partial<PackCampaigns> = {}): PackCampaigns => ({
  scenario,
  world,
  pace: 'slow',
  caught: 4,
  missed: 0,
  blind: 0,
  atHigh: 2,
  beforeHalf: 3,
  beforeNineTenths: 4,
  byTwoSources: 1,
  alerts: [3, 9],
  incidents: [1, 1],
  cost: 100,
  lost: 10,
  lostBeforeHigh: 60,
  lostAtBound: 3,
  ...more,
});
const setOf = (campaigns: PackCampaigns[]) => ({ pack: [{ campaigns }] }) as unknown as Results;

describe('the independent scenarios', () => {
  it('are told before those written alongside the rules, and none without the other', () => {
    const own = setOf([campaign('flood', 'shop')]);
    const apart = setOf([campaign('drip', 'shop', { caught: 1, missed: 2, blind: 1, atHigh: 0, lost: 80 })]);
    const [first, second] = caughtSentences({ ...own, independent: apart });
    expect(first).to.match(
      /^Of the independent campaigns, 1 of 4 \(25 %\) are caught, 0 of 4 \(0 %\) as a high incident;/,
    );
    expect(first).to.include('80 % of the money is lost before the first alert, 60 % before an incident becomes high');
    expect(second).to.match(/^Of those written alongside the rules, which flatter them, 4 of 4 \(100 %\)/);
    expect(caughtSentences({ ...own, independent: null })).to.have.length(1);
  });

  it('have a row a campaign, with the worlds in which it was missed', () => {
    const rows = independentCampaigns(
      setOf([campaign('drip', 'shop'), campaign('drip', 'bank', { caught: 3, blind: 1 }), campaign('burst', 'shop')]),
    );
    expect(rows.slice(2).map((row) => row.split('|').map((cell) => cell.trim()))).to.deep.equal([
      ['', 'burst', '4 of 4', '2', '3', '1 (1)', '10 %', '60 %', '3 %', '–', ''],
      ['', 'drip', '7 of 8', '4', '6', '1 (1)', '10 %', '60 %', '3 %', 'bank', ''],
    ]);
  });

  it('have a row an honest day, with the incidents of all worlds', () => {
    const day = (incidents: number, high: number) => [
      { scenario: 'sale', perYear: 5, occurrences: 2, incidents, high },
    ];
    const pack = [
      { world: 'shop', campaigns: [], honest: day(2, 0) },
      { world: 'bank', campaigns: [], honest: day(4, 1) },
    ];
    const rows = independentDays({ pack } as unknown as MeasuredSet);
    expect(
      rows
        .at(-1)!
        .split('|')
        .map((cell) => cell.trim()),
    ).to.deep.equal(['', 'sale', '1.5', '0.3', 'bank (2.0)', 'bank', '']);
  });
});

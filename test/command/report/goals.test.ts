import { expect } from 'chai';
import type { MeasuredPack } from '../../../tools/evidence/measure/results';
import { goalRows } from '../../../tools/command/report/goals';

const campaigns = (pace: 'loud' | 'slow', caught: number, missed: number, more: Partial<CampaignRow> = {}) => ({
  ...{ world: 'shop', scenario: pace, pace, caught, missed, blind: 0 },
  ...{ atHigh: caught, beforeHalf: caught, beforeNineTenths: caught, byTwoSources: 0, alerts: [], incidents: [] },
  ...{ cost: 100, lost: 5, lostBeforeHigh: 15, lostAtBound: 1 },
  ...more,
});
type CampaignRow = MeasuredPack['campaigns'][number];

const day = (scenario: string, incidents: number, high: number) => {
  return { scenario, perYear: 5, occurrences: 2, incidents, high };
};

const days = new Map([
  ['launch', { file: 'launch.yml' }],
  ['load-test', { file: 'load-test.yml', reason: 'nobody enters the codes' }],
]);

function rowOf(more: Partial<MeasuredPack> = {}): string[] {
  const pack: MeasuredPack = {
    world: 'shop',
    days: 100,
    sends: 1000,
    episodes: [],
    campaigns: [campaigns('loud', 19, 1, { atHigh: 16 }), campaigns('slow', 17, 3, { atHigh: 16 })],
    until: { loud: null, slow: null },
    incidents: { incidents: 12, high: 0 },
    honest: [day('launch', 2, 0)],
    ...more,
  };
  return goalRows([pack], days)[0]!;
}

describe('the goals of the content', () => {
  it('are reached at their very bounds', () => {
    expect(rowOf()).to.deep.equal([
      ...['shop', '19 of 20 ✔', '17 of 20 ✔', '32 of 40 ✔', '15 % ✔', '0.19 ✔', '1.0 ✔', 'none ✔'],
    ]);
  });

  it('are not where a campaign too many is missed; those that no source sees do not count', () => {
    expect(rowOf({ campaigns: [campaigns('loud', 18, 2)] })[1]).to.equal('**18 of 20 ✘**');
    expect(rowOf({ campaigns: [campaigns('slow', 16, 4)] })[2]).to.equal('**16 of 20 ✘**');
    expect(rowOf({ campaigns: [campaigns('loud', 19, 1, { blind: 50 })] })[1]).to.equal('19 of 20 ✔');
    expect(rowOf({ campaigns: [campaigns('loud', 0, 0, { blind: 50 })] }).slice(1, 4)).to.deep.equal(['–', '–', '–']);
    expect(rowOf({ campaigns: [campaigns('loud', 20, 0, { atHigh: 15 })] })[3]).to.equal('**15 of 20 ✘**');
    expect(rowOf({ campaigns: [campaigns('loud', 20, 0, { lostBeforeHigh: 16 })] })[4]).to.equal('**16 % ✘**');
  });

  it('need enough days for their bounds', () => {
    expect(rowOf({ incidents: { incidents: 0, high: 0 }, days: 10 })[5]).to.equal('**0.30 ✘**');
    expect(rowOf({ incidents: { incidents: 0, high: 0 }, days: 15 })[5]).to.equal('0.20 ✔');
  });

  it('hold the worst honest day against them, and name those that become high', () => {
    const row = rowOf({ honest: [day('launch', 2, 1), day('sale', 3, 0)] });
    expect(row[6]).to.equal('**1.5 ✘**');
    expect(row[7]).to.equal('launch **✘**');
    expect(rowOf({ honest: [day('load-test', 2, 1)] })[7]).to.equal('with a reason: load-test ✔');
    expect(rowOf({ honest: [day('load-test', 2, 1), day('launch', 2, 1)] })[7]).to.equal(
      'launch **✘**; with a reason: load-test ✔',
    );
    expect(rowOf({ honest: [] })[6]).to.equal('–');
  });
});

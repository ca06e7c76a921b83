import { expect } from 'chai';
import type { MeasuredDetector, MeasuredPack, Results } from '../../../tools/evidence/measure/results';
import { goalRows } from '../../../tools/command/report/goals';

const campaigns = (pace: 'loud' | 'slow', caught: number, missed: number, blind = 0) => {
  const counts = { atHigh: caught, beforeHalf: caught, beforeNineTenths: caught, byTwoSources: 0 };
  return {
    world: 'shop',
    scenario: pace,
    pace,
    caught,
    missed,
    blind,
    ...counts,
    cost: 100,
    lost: 5,
    lostBeforeHigh: 5,
  };
};
const until = (usd: number) => ({ seconds: { median: 60, p95: 90 }, messages: 10, usd });

function rowOf(more: Partial<MeasuredPack> = {}, specials: MeasuredDetector['specials'] = []): string[] {
  const pack: MeasuredPack = {
    world: 'shop',
    days: 100,
    sends: 1000,
    episodes: [{ level: 'high', episodes: 0, days: 100 }],
    campaigns: [campaigns('loud', 19, 1), campaigns('slow', 8, 2)],
    until: { loud: until(24), slow: until(100) },
    ...more,
  };
  const detector = { specials } as MeasuredDetector;
  return goalRows({ pack: [pack], detectors: [detector] } as unknown as Results).rows[0]!;
}

describe('the goals of the content', () => {
  it('are reached at their very bounds', () => {
    expect(rowOf()).to.deep.equal(['shop', '19 of 20 ✔', '8 of 10 ✔', '0.030 ✔', '0.0', '0.21 ✔', '$24.00 ✔']);
  });

  it('are not where a campaign too many is missed; those that no source sees do not count', () => {
    expect(rowOf({ campaigns: [campaigns('loud', 18, 2)] })[1]).to.equal('**18 of 20 ✘**');
    expect(rowOf({ campaigns: [campaigns('slow', 7, 3)] })[2]).to.equal('**7 of 10 ✘**');
    expect(rowOf({ campaigns: [campaigns('loud', 19, 1, 50)] })[1]).to.equal('19 of 20 ✔');
    expect(rowOf({ campaigns: [campaigns('loud', 0, 0, 50)] })[1]).to.equal('–');
  });

  it('need enough days for their bounds', () => {
    const [all, high] = [3, 5].map((column) => rowOf({ episodes: [{ level: 'low', episodes: 0, days: 10 }] })[column]);
    expect(all).to.equal('0.30 ✔');
    expect(high, 'three in ten days are more than two a week').to.equal('**2.1 ✘**');
    const episodes = [
      { level: 'high', episodes: 0, days: 100 },
      { level: 'low', episodes: 0, days: 4 },
    ];
    expect(rowOf({ episodes })[3], 'bounds of different days add up').to.equal('0.78 ✔');
  });

  it('count special scenarios as often as they are met, and know no price where nothing was caught', () => {
    const special = { world: 'shop', scenario: 'launch', perYear: 73, occurrences: 10, episodes: 5 };
    expect(rowOf({}, [special, { ...special, world: 'bank' }])[4]).to.equal('0.10');
    expect(rowOf({ until: { loud: null, slow: null } })[6]).to.equal('–');
    expect(rowOf({ until: { loud: until(25), slow: null } })[6]).to.equal('**$25.00 ✘**');
  });
});

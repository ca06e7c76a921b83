import { expect } from 'chai';
import { compare, type ComparedUnit } from '../../../tools/evidence/baseline/equal';
import { benignRates } from '../../../tools/evidence/baseline/rate';
import type { CampaignOutcome } from '../../../tools/evidence/replay/judge';

/** What a detector did in a unit: ordinary episodes; episodes in one launch (of 73 a year); seconds to each campaign, or what else. */
type Did = [ordinary: number, launches: number, ...campaigns: (number | 'missed' | 'blind')[]];

/** Campaigns cost 10 dollars each, of which one is gone at the first alert; the first is loud, the others are slow. */
const SCENARIOS = ['flood', 'drip', 'rotation'];

function unit(world: string, days: number, detectors: Record<string, Did>): ComparedUnit {
  return {
    world,
    days,
    campaigns: SCENARIOS.map((scenario, n) => {
      return { scenario, occurrence: n + 1, messages: 100, usd: 10, busiestHour: n === 0 ? 500 : 499, usdAtBound: 1 };
    }),
    detectors: Object.entries(detectors).map(([id, [ordinary, launches, ...campaigns]]) => ({
      detector: {
        id,
        kind: id.startsWith('base') ? 'baseline' : 'rule',
        level: 'high',
        shows: [],
        sources: ['shop.log'],
      },
      judgement: {
        world,
        seed: 1,
        days,
        sends: 1000,
        benignEvents: 1000,
        ordinary: { episodes: ordinary, alerts: ordinary, spans: [] },
        specials: [{ world, scenario: 'launch', perYear: 73, occurrences: 1, episodes: launches, spans: [] }],
        campaigns: campaigns.map((done, n): CampaignOutcome => {
          const caught = typeof done === 'number';
          return {
            world,
            seed: 1,
            scenario: SCENARIOS[n]!,
            occurrence: n + 1,
            outcome: caught ? 'caught' : done,
            seconds: caught ? done : null,
            messages: caught ? 10 : 100,
            usd: caught ? 1 : 10,
            spans: [],
          };
        }),
        truePositives: 0,
        induced: 0,
        excluded: 0,
        nearness: null,
        nearest: null,
      },
    })),
  };
}

const baseline = {
  name: 'base',
  title: 'A published limit',
  detectors: ['base'],
  thresholds: [
    { factor: 2, detectors: ['base×2'] },
    { factor: 1, detectors: ['base'] },
    { factor: 0.5, detectors: ['base×0.5'] },
  ],
};

describe('the benign rate of some detectors', () => {
  it('is that of the worst world, ordinary days and special scenarios by their number in a year', () => {
    const units = [
      unit('a', 10, { r: [2, 1], s: [1, 0] }),
      unit('a', 10, { r: [0, 0], s: [0, 0] }),
      unit('b', 5, { r: [1, 0], s: [0, 0] }),
    ];
    // In a: 2 in 20 days, and one episode in two launches, of which a year has 73.
    expect(benignRates(units)(['r'])).to.deep.equal({ perDay: 0.1 + 0.1, world: 'a' });
    expect(benignRates(units)(['s'])).to.deep.equal({ perDay: 0.05, world: 'a' });
    expect(benignRates(units)(['r', 's']).perDay).to.be.closeTo(0.25, 1e-12);
    expect(benignRates(units)([]).perDay).to.equal(0);
  });
});

describe('a baseline at equal false positives', () => {
  it('meets the quietest rules whose rates add up to no more than its own', () => {
    const units = [
      unit('a', 10, {
        quiet: [0, 0, 'missed', 60, 'blind'],
        middle: [2, 0, 30, 'missed', 'blind'],
        noisy: [9, 0, 10, 10, 10],
        base: [3, 0, 'missed', 'missed', 'blind'],
      }),
    ];
    const { baselines, pack } = compare(units, [baseline]);
    const [{ packAtItsRate, published, blind }] = baselines as [(typeof baselines)[0]];
    expect(published.benign.perDay).to.equal(0.3);
    expect(published.campaigns).to.deep.equal({ present: 3, caught: 0, blind: 1 });
    expect(published.usd).to.deep.equal({ lost: 30, present: 30 });
    expect(blind).to.deep.equal(['rotation']);
    expect(packAtItsRate).to.deep.include({ used: 2, of: 3, medianSeconds: 30 });
    expect(packAtItsRate.benign.perDay).to.equal(0.2);
    expect(packAtItsRate.campaigns).to.deep.equal({ present: 3, caught: 2, blind: 1 });
    expect(packAtItsRate.loud).to.deep.equal({ present: 1, caught: 1 });
    expect(packAtItsRate.slow).to.deep.equal({ present: 2, caught: 1 });
    expect(packAtItsRate.usd).to.deep.equal({ lost: 12, present: 30 });
    expect(pack.campaigns.caught).to.equal(3);
    expect(pack.benign.perDay).to.be.closeTo(1.1, 1e-12);
  });

  it('meets the whole pack where that is quieter', () => {
    const units = [unit('a', 10, { r: [0, 0, 5], s: [1, 0, 'missed'], base: [1, 0, 'missed'] })];
    expect(compare(units, [baseline]).baselines[0]!.packAtItsRate).to.deep.include({ used: 2, of: 2 });
  });

  it('orders rules by other units, so that the choice does not see what it is judged on', () => {
    const development = [unit('a', 10, { r: [5, 0, 1], s: [0, 0, 2], base: [0, 0, 'missed'] })];
    const units = [unit('a', 10, { r: [0, 0, 1], s: [1, 0, 2], base: [1, 0, 'missed'] })];
    expect(compare(units, [baseline], development).baselines[0]!.packAtItsRate.used).to.equal(2);
    const [quieter] = compare(
      [unit('a', 10, { r: [0, 0, 1], s: [2, 0, 2], base: [1, 0, 'missed'] })],
      [baseline],
      development,
    ).baselines;
    expect(quieter!.packAtItsRate.used, 's comes first and is too noisy').to.equal(0);
    expect(quieter!.packAtItsRate.campaigns.caught).to.equal(0);
  });

  it('is tried at other thresholds: the lowest that costs no more than the pack', () => {
    const detectors: Record<string, Did> = {
      r: [1, 0, 1],
      'base×0.5': [4, 0, 1, 1],
      base: [2, 0, 1, 'missed'],
      'base×2': [1, 0, 9, 'missed'],
    };
    const raised = compare([unit('a', 10, detectors)], [baseline]).baselines[0]!.atPackRate!;
    expect(raised).to.deep.include({ factor: 2, medianSeconds: 9 });
    const lowered = compare([unit('a', 10, { ...detectors, r: [4, 0, 1] })], [baseline]).baselines[0]!.atPackRate!;
    expect(lowered.factor).to.equal(0.5);
    expect(lowered.campaigns.caught).to.equal(2);
    expect(compare([unit('a', 10, { ...detectors, r: [0, 0, 1] })], [baseline]).baselines[0]!.atPackRate).to.equal(
      null,
    );
  });
});

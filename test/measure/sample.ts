import type { UnitSpec } from '../../tools/measure/plan';
import type { CampaignOutcome, Judgement } from '../../tools/replay/judge';
import type { UnitResult } from '../../tools/replay/unit';

export const unitOf = (more: Partial<UnitSpec> = {}): UnitSpec => ({
  world: 'shop',
  seed: 101,
  days: 4,
  detectors: 'all',
  engine: 'memory',
  ...more,
});

export const judgement = (more: Partial<Judgement> = {}): Judgement => ({
  world: 'shop',
  seed: 101,
  days: 4,
  sends: 8000,
  benignEvents: 100,
  ordinary: { episodes: 0, alerts: 0 },
  specials: [],
  campaigns: [],
  truePositives: 0,
  induced: 0,
  excluded: 0,
  nearness: 0.5,
  nearest: null,
  ...more,
});

export const outcome = (more: Partial<CampaignOutcome> = {}): CampaignOutcome => ({
  world: 'shop',
  seed: 101,
  scenario: 'attack',
  occurrence: 1,
  outcome: 'caught',
  seconds: 60,
  messages: 10,
  usd: 2,
  ...more,
});

/** A unit of one rule, `rule`, that caught its only campaign, which is loud. */
export const unitResult = (more: Partial<UnitResult> = {}, judged: Partial<Judgement> = {}): UnitResult => ({
  world: 'shop',
  seed: 101,
  days: 4,
  engine: { name: 'memory', version: '0' },
  events: { expected: 10, indexed: 10 },
  decided: { alone: 1, requests: 1 },
  detectors: [detectorUnit('rule', { campaigns: [outcome()], truePositives: 1, ...judged })],
  campaigns: [{ scenario: 'attack', occurrence: 1, messages: 900, usd: 90, busiestHour: 600 }],
  differences: [],
  ...more,
});

export const detectorUnit = (id: string, judged: Partial<Judgement> = {}): UnitResult['detectors'][number] => ({
  detector: {
    id,
    title: `The ${id}`,
    kind: 'rule',
    path: `rules/${id}.yml`,
    level: 'high',
    status: 'test',
    sources: ['s'],
    alertsOn: 'episode',
    catches: [],
  },
  judgement: judgement(judged),
  others: [],
});

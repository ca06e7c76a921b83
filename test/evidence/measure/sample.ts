import type { UnitSpec } from '../../../tools/evidence/measure/plan';
import type { Judgement } from '../../../tools/evidence/replay/judge';
import type { UnitResult } from '../../../tools/evidence/replay/unit';
import { judgement, outcome } from '../replay/judgements';

export const unitOf = (more: Partial<UnitSpec> = {}): UnitSpec => ({
  world: 'shop',
  seed: 101,
  days: 4,
  detectors: 'all',
  engine: 'memory',
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
  campaigns: [{ scenario: 'attack', occurrence: 1, messages: 900, usd: 90, busiestHour: 600, usdAtBound: 1 }],
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
    shows: ['volume'],
    sources: ['s'],
    alertsOn: 'episode',
    catches: [],
  },
  judgement: judgement(judged),
  others: [],
});

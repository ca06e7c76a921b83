import type { CampaignOutcome, Judgement } from '../../../tools/evidence/replay/judge';

/** What a detector did in one world and seed: nothing, unless told otherwise. */
export const judgement = (more: Partial<Judgement> = {}): Judgement => ({
  world: 'shop',
  seed: 101,
  days: 4,
  sends: 8000,
  benignEvents: 100,
  ordinary: { episodes: 0, alerts: 0, spans: [] },
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
  spans: [{ from: 60_000, to: 60_000, alerts: 1, usd: 2 }],
  ...more,
});

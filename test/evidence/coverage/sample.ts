import type { MeasuredDetector, MeasuredSet } from '../../../tools/evidence/measure/results';

export type Caught = Record<string, [caught: number, of: number] | 'blind'>;

/** A detector in the world `shop`, with what it caught of each scenario. */
export function detector(
  id: string,
  sources: string[],
  caught: Caught,
  { level = 'medium', episodes = 0, world = 'shop' } = {},
): MeasuredDetector {
  const campaigns = Object.entries(caught).map(([scenario, one]) => ({
    world,
    scenario,
    pace: 'loud' as const,
    ...(one === 'blind' ? { caught: 0, missed: 0, blind: 2 } : { caught: one[0], missed: one[1] - one[0], blind: 0 }),
  }));
  const worlds = [{ world, episodes, days: 14, sends: 700, nearness: 0.5, nearest: null }];
  const specials = [{ world, scenario: 'launch', perYear: 26, occurrences: 2, episodes }];
  return { id, title: `Rule ${id}`, path: `rules/${id}.yml`, sources, level, campaigns, worlds, specials } as never;
}

/** What was measured in the world `shop`: scenario → caught by all, of so many, with what they cost and what was lost. */
export function measured(
  pack: Record<string, { caught: number; of: number; cost: number; lost: number }>,
  detectors: MeasuredDetector[],
): MeasuredSet {
  const campaigns = Object.entries(pack).map(([scenario, { caught, of, cost, lost }]) => ({
    world: 'shop',
    scenario,
    pace: 'loud' as const,
    caught,
    missed: of - caught,
    blind: 0,
    cost,
    lost,
  }));
  const honest = [{ scenario: 'launch', perYear: 26, occurrences: 2, incidents: 2, high: 0 }];
  const incidents = { incidents: 3, high: 0 };
  return { detectors, pack: [{ world: 'shop', days: 14, campaigns, honest, incidents }] } as never;
}

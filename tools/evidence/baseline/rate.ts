import type { Judgement } from '../replay/judge';

/** Benign episodes a day in the world where there are most. */
export interface WorstRate {
  perDay: number;
  /** Empty where nothing was measured. */
  world: string;
}

/** What of a unit a rate is made of. */
export interface RatedUnit {
  world: string;
  days: number;
  detectors: { detector: { id: string }; judgement: Pick<Judgement, 'ordinary' | 'specials'> }[];
}

/**
 * What some detectors together cost an analyst: the episodes of a day of ordinary traffic and, for each special scenario, those
 * of an occurrence times the occurrences of a year over 365. Seeds of a world add up; the worst world counts. A world that does not
 * run a detector's sources has none of its episodes.
 */
export function benignPerDay(units: RatedUnit[], ids: readonly string[]): WorstRate {
  const chosen = new Set(ids);
  const worlds = new Map<string, World>();
  for (const { world: name, days, detectors } of units) {
    let world = worlds.get(name);
    if (!world) worlds.set(name, (world = { days: 0, ordinary: 0, specials: new Map() }));
    world.days += days;
    for (const { detector, judgement } of detectors) {
      if (!chosen.has(detector.id)) continue;
      world.ordinary += judgement.ordinary.episodes;
      for (const { scenario, perYear, occurrences, episodes } of judgement.specials) {
        const key = JSON.stringify([detector.id, scenario]);
        const known = world.specials.get(key) ?? { perYear, occurrences: 0, episodes: 0 };
        known.occurrences += occurrences;
        known.episodes += episodes;
        world.specials.set(key, known);
      }
    }
  }
  let worst: WorstRate = { perDay: 0, world: '' };
  for (const [world, { days, ordinary, specials }] of worlds) {
    let perDay = ordinary / days;
    for (const { perYear, occurrences, episodes } of specials.values())
      perDay += ((episodes / occurrences) * perYear) / 365;
    if (worst.world === '' || perDay > worst.perDay) worst = { perDay, world };
  }
  return worst;
}

interface World {
  days: number;
  ordinary: number;
  /** By detector and scenario. */
  specials: Map<string, { perYear: number; occurrences: number; episodes: number }>;
}

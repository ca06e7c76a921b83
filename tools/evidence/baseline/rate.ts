import { sum } from '../../foundation/statistics/sum';
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

/** What the detectors with these ids together cost. */
export type BenignRates = (ids: readonly string[]) => WorstRate;

/**
 * What detectors together cost an analyst, on these units: the episodes of a day of ordinary traffic and, for each special scenario,
 * those of an occurrence times the occurrences of a year over 365. Seeds of a world add up; the worst world counts. A world that does
 * not run a detector's sources has none of its episodes.
 */
export function benignRates(units: RatedUnit[]): BenignRates {
  const worlds = new Map<string, { days: number; detectors: Map<string, Episodes> }>();
  for (const { world: name, days, detectors } of units) {
    let world = worlds.get(name);
    if (!world) worlds.set(name, (world = { days: 0, detectors: new Map() }));
    world.days += days;
    for (const { detector, judgement } of detectors) {
      const known = world.detectors.get(detector.id) ?? { ordinary: 0, specials: new Map() };
      world.detectors.set(detector.id, known);
      known.ordinary += judgement.ordinary.episodes;
      for (const { scenario, perYear, occurrences, episodes } of judgement.specials) {
        const special = known.specials.get(scenario) ?? { perYear, occurrences: 0, episodes: 0 };
        special.occurrences += occurrences;
        special.episodes += episodes;
        known.specials.set(scenario, special);
      }
    }
  }
  const rates = [...worlds].map(([world, { days, detectors }]) => {
    const perDay = new Map([...detectors].map(([id, episodes]) => [id, rateOf(episodes, days)]));
    return { world, perDay };
  });
  return (ids) => {
    let worst: WorstRate = { perDay: 0, world: '' };
    for (const { world, perDay: rateBy } of rates) {
      const perDay = sum([...new Set(ids)].map((id) => rateBy.get(id) ?? 0));
      if (worst.world === '' || perDay > worst.perDay) worst = { perDay, world };
    }
    return worst;
  };
}

interface Episodes {
  ordinary: number;
  specials: Map<string, { perYear: number; occurrences: number; episodes: number }>;
}

function rateOf({ ordinary, specials }: Episodes, days: number): number {
  const special = [...specials.values()].map(
    ({ perYear, occurrences, episodes }) => (episodes / occurrences) * perYear,
  );
  return ordinary / days + sum(special) / 365;
}

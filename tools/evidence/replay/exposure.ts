import type { FalsePositiveBudget } from '../../detection/rules/section';
import type { Judgement } from './judge';

/** What one world had of ordinary traffic, and the episodes of a detector in it; seeds add up. */
export interface WorldExposure {
  world: string;
  episodes: number;
  /** Measured days. */
  days: number;
  /** Benign sends that one of the detector's sources saw. */
  sends: number;
}

/** Ordinary episodes and what they are held against, by world. Worlds that don't run the detector's sources are left out. */
export function exposures(judgements: Pick<Judgement, 'world' | 'ordinary' | 'days' | 'sends'>[]): WorldExposure[] {
  const worlds = new Map<string, WorldExposure>();
  for (const { world, ordinary, days, sends } of judgements) {
    if (days === 0) continue;
    const known = worlds.get(world) ?? { world, episodes: 0, days: 0, sends: 0 };
    known.episodes += ordinary.episodes;
    known.days += days;
    known.sends += sends;
    worlds.set(world, known);
  }
  return [...worlds.values()];
}

/** How much of a budget's unit a world's exposure is. */
export function exposureIn(
  per: FalsePositiveBudget['per'],
  { days, sends }: Pick<WorldExposure, 'days' | 'sends'>,
): number {
  switch (per) {
    case 'day':
      return days;
    case '100k_sends':
      return sends / 100_000;
    case 'day_or_100k_sends':
      return Math.max(days, sends / 100_000);
    default:
      return per satisfies never;
  }
}

/** The unit as a rate is told in: `a day`. */
export const UNIT_WORDS: Record<FalsePositiveBudget['per'], string> = {
  day: 'a day',
  '100k_sends': 'per 100,000 sends',
  day_or_100k_sends: 'a day or 100,000 sends',
};

/** The worlds whose exposure a budget is held against. */
export function worldsOf(budget: Pick<FalsePositiveBudget, 'world'>, worlds: WorldExposure[]): WorldExposure[] {
  return budget.world === 'worst' ? worlds : worlds.filter(({ world }) => world === budget.world);
}

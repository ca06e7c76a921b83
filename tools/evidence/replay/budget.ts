import type { FalsePositiveBudget } from '../../detection/rules/section';
import { lower95, upper95 } from '../../foundation/statistics/poisson';
import { exposureIn, UNIT_WORDS, worldsOf, type WorldExposure } from './exposure';

/** A budget held against what one world had. */
export interface BudgetFinding {
  world: string;
  episodes: number;
  /** In the budget's unit. */
  exposure: number;
  /** One-sided exact 95 % bounds of the rate, in the budget's unit. */
  low: number;
  high: number;
  /** `over`: even the lower bound is above the budget; `inside`: the upper bound is not; `open` otherwise. */
  state: 'inside' | 'open' | 'over';
}

/** Holds a budget against the worlds that it is about; one without exposure says nothing and is left out. */
export function holdBudget(
  budget: Pick<FalsePositiveBudget, 'max' | 'per' | 'world'>,
  worlds: WorldExposure[],
): BudgetFinding[] {
  return worldsOf(budget, worlds).flatMap((world): BudgetFinding[] => {
    const exposure = exposureIn(budget.per, world);
    if (exposure === 0) return [];
    const [low, high] = [lower95(world.episodes) / exposure, upper95(world.episodes) / exposure];
    const state = low > budget.max ? 'over' : high > budget.max ? 'open' : 'inside';
    return [{ world: world.world, episodes: world.episodes, exposure, low, high, state }];
  });
}

/** The finding with the highest upper bound; undefined where there is none. */
export function worstOf(findings: BudgetFinding[]): BudgetFinding | undefined {
  return findings.reduce<BudgetFinding | undefined>((a, b) => (a && a.high >= b.high ? a : b), undefined);
}

/** `12 benign episodes, at least 1.7 a day where 0.5 are allowed`. */
export function overText(
  { episodes, low }: BudgetFinding,
  { max, per }: Pick<FalsePositiveBudget, 'max' | 'per'>,
): string {
  return `${episodes} benign episodes, at least ${Number(low.toPrecision(2))} ${UNIT_WORDS[per]} where ${max} are allowed`;
}

/** `at most 0.75 a day in shop`. */
export function mostText({ high, world }: BudgetFinding, { per }: Pick<FalsePositiveBudget, 'per'>): string {
  return `at most ${Number(high.toPrecision(2))} ${UNIT_WORDS[per]} in ${world}`;
}

import { sectionOf, type FalsePositiveBudget } from '../../detection/rules/section';
import type { HuntQuery } from '../../detection/hunt/types';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { DetectorFacts } from './detector';
import { UNIT_WORDS } from './exposure';

/** What a rule or query declares of itself and what decides nothing that it finds: only what that comes to. */
export type Declared = Pick<DetectorFacts, 'title' | 'level' | 'status' | 'shows' | 'catches' | 'budget'>;

/** A budget as far as it is whole: a file that was never validated may say anything. */
function wholeBudget(budget: Partial<FalsePositiveBudget> | undefined): FalsePositiveBudget | undefined {
  const isWhole = typeof budget?.max === 'number' && budget.per !== undefined && budget.per in UNIT_WORDS;
  return isWhole && budget.world !== undefined ? (budget as FalsePositiveBudget) : undefined;
}

export function declaredByRule(rule: Rule): Declared {
  const section = sectionOf(rule);
  return {
    title: rule.title,
    level: rule.level ?? 'medium',
    status: rule.status ?? 'experimental',
    shows: section?.shows ?? [],
    catches: section?.catches ?? [],
    budget: wholeBudget(section?.budget),
  };
}

export function declaredByQuery({ title, level, status, tollgate }: HuntQuery): Declared {
  const { shows = [], catches = [], budget } = tollgate ?? {};
  return { title, level, status, shows, catches, budget };
}

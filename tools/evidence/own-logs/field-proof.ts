import { holdBudget, mostText, overText } from '../replay/budget';
import type { WorldExposure } from '../replay/exposure';
import type { FalsePositiveBudget } from '../../detection/rules/section';
import type { FieldEvidence } from './field-evidence';

/** What is to be proved of a rule or query. */
export interface Claim {
  id: string;
  digest: string;
  budget: Pick<FalsePositiveBudget, 'max' | 'per' | 'world'> | undefined;
}

/** Sites that are needed: what one site sees may be its own. */
export const SITES = 2;

/**
 * Why evidence from real logs does not carry a rule to `stable`; null where it does: two sites or more ran it as it is, none of them
 * is over its budget, and together they prove it.
 */
export function fieldDoubt({ id, digest, budget }: Claim, evidence: readonly FieldEvidence[]): string | null {
  if (budget === undefined) return 'it has no budget that a site could be held against';
  const ofIt = evidence.flatMap(({ site, detectors }) =>
    detectors.filter((one) => one.id === id).map((one) => ({ ...one, world: site })),
  );
  const sites = ofIt.filter((one) => one.digest === digest && one.days > 0);
  if (sites.length < SITES) {
    const others = ofIt.length - sites.length;
    const changed = others > 0 ? `, and ${others} of it as it was before, or of no day` : '';
    return `there is evidence of ${sites.length} of ${SITES} sites${changed}`;
  }
  // A budget of one of our worlds is one of any site here.
  const asked = { ...budget, world: 'worst' };
  const over = holdBudget(asked, sites).find(({ state }) => state === 'over');
  if (over) return `the site ${over.world} has it over its budget: ${overText(over, budget)}`;
  const [together] = holdBudget(asked, [sites.reduce(added, { ...NOTHING, world: 'all sites together' })]);
  if (together?.state === 'inside') return null;
  return `the sites are too few days to prove its budget${together ? `: ${mostText(together, budget)}, where ${budget.max} is allowed` : ''}`;
}

const NOTHING: WorldExposure = { world: '', episodes: 0, days: 0, sends: 0 };

function added(a: WorldExposure, b: WorldExposure): WorldExposure {
  return { ...a, episodes: a.episodes + b.episodes, days: a.days + b.days, sends: a.sends + b.sends };
}

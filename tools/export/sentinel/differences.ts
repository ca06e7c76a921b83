import { EXACT } from '../plan/curves';
import type { DetectorPlan } from '../plan/types';

/** In which ways what is written finds other than the engine in memory; whole sentences. */
export function differencesOf(plan: DetectorPlan): string[] {
  if (plan.kind !== 'hunt') return [];
  return plan.hunt.derived.some(({ op }) => op === 'look-up')
    ? [
        `A limit above ${EXACT}, and a rate of more than ${EXACT} events, lies between two points of a table and may be lower by a fraction, a limit by one.`,
      ]
    : [];
}

import { NotExportable } from '../target';
import type { SlidingWindow } from '../plan/types';

/**
 * The number from which a counting condition holds. Throws `NotExportable` for any but "at least" and "more than": only
 * they still hold in a window that is longer than the rule's.
 */
export function lowerBound(window: SlidingWindow): number {
  refuseUpperBounds(window);
  const { gt, gte } = window.condition;
  return Math.max(gte === undefined ? 1 : Math.ceil(Number(gte)), gt === undefined ? 1 : Math.floor(Number(gt)) + 1);
}

/** Throws `NotExportable` for a condition that a higher value could end. */
export function refuseUpperBounds({ condition, quantity }: SlidingWindow): void {
  const { gt, gte, lt, lte, eq, neq } = condition;
  const upper = [lt, lte, eq, neq].some((bound) => bound !== undefined);
  if (upper || (gt === undefined && gte === undefined) || 'expression' in quantity) {
    throw new NotExportable('Of what is counted, only conditions with gt or gte alone can be written for Elastic.');
  }
}

/** Throws `NotExportable` for a chain in order of other than two rules: of more, what lies between would have to be remembered. */
export function refuseMoreThanTwo(window: SlidingWindow, rules: number): void {
  if (rules === 2 && lowerBound(window) >= rules) return;
  throw new NotExportable('A temporal_ordered correlation must be of two rules and want both for Elastic.');
}

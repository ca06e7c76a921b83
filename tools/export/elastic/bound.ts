import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { NotExportable } from '../target';

/**
 * The number from which a counting condition holds. Throws `NotExportable` for any but "at least" and "more than": only
 * they still hold in a window that is longer than the rule's.
 */
export function lowerBound({ condition, type }: CorrelationRule): number {
  const { gt, gte } = condition;
  refuseUpperBounds({ condition, type });
  return Math.max(gte === undefined ? 1 : Math.ceil(Number(gte)), gt === undefined ? 1 : Math.floor(Number(gt)) + 1);
}

/** For a correlation in order: all of its rules must be wanted. */
export function wantsAll(correlation: CorrelationRule): void {
  if (lowerBound(correlation) < correlation.rules.length) {
    throw new NotExportable('A temporal_ordered correlation must want all of its rules for Elastic.');
  }
}

/** Throws `NotExportable` for a condition that a higher value could end. */
export function refuseUpperBounds({ condition, type }: Pick<CorrelationRule, 'condition' | 'type'>): void {
  const { gt, gte, lt, lte, eq, neq } = condition;
  const upper = [lt, lte, eq, neq].some((bound) => bound !== undefined);
  if (upper || (gt === undefined && gte === undefined)) {
    throw new NotExportable(`Of a ${type}, only conditions with gt or gte alone can be written for Elastic.`);
  }
}

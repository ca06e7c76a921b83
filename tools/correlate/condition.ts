import type { Numeric } from '../content/scalar';
import type { CorrelationCondition } from '../sigma/model';

/** Whether a window without any event would satisfy the condition. */
export function isMetBySilence(condition: CorrelationCondition): boolean {
  return condition.expression === undefined && isMet(condition, 0);
}

/** Whether a value satisfies the condition. No value (the mean of nothing) satisfies none. */
export function isMet(condition: CorrelationCondition, value: Numeric | null): boolean {
  if (value === null) return false;
  const { gt, gte, lt, lte, eq, neq } = condition;
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte) &&
    (eq === undefined || isEqual(value, eq)) &&
    (neq === undefined || !isEqual(value, neq))
  );
}

/** A double and an integer that it does not keep are told apart as numbers. */
function isEqual(left: Numeric, right: Numeric): boolean {
  return left <= right && left >= right;
}

import type { Numeric } from '../values/scalar';
import type { CorrelationCondition, CorrelationRule } from '../rules/model';

/** Whether the condition holds of a count or sum of nothing. An average, a percentile and an expression have no value then. */
export function isMetBySilence({ type, condition }: CorrelationRule): boolean {
  if (type === 'value_avg' || type === 'value_percentile' || type === 'value_median') return false;
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

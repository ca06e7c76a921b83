import type { Numeric } from '../values/scalar';
import type { CorrelationCondition, CorrelationType } from './model';

/** Whether there is a number that satisfies a condition. */
export function satisfiable({ gt, gte, lt, lte, eq, neq }: CorrelationCondition): boolean {
  const low = larger(gt ?? -Infinity, gte ?? -Infinity);
  const high = -larger(-(lt ?? Infinity), -(lte ?? Infinity));
  const closed = low !== gt && high !== lt;
  if (low > high || (low === high && !closed)) return false;
  if (eq === undefined) return !(low === high && low === neq);
  return eq !== neq && eq >= low && eq <= high && eq !== gt && eq !== lt;
}

function larger(left: Numeric, right: Numeric): Numeric {
  return left >= right ? left : right;
}

/**
 * The least and the highest count that a correlation over so many rules can have when an event comes, which is when its condition
 * is evaluated; null for what is not counted.
 */
export function countsOf(type: CorrelationType, rules: number): { least: number; most: number } | null {
  switch (type) {
    case 'event_count':
      return { least: 1, most: Infinity };
    case 'value_count':
      return { least: 0, most: Infinity };
    case 'temporal':
    case 'temporal_ordered':
      return { least: 1, most: rules };
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile':
    case 'value_median':
      return null;
  }
}

/** Whether a whole number from `least` to `most` satisfies a condition. */
export function metByCount(
  { gt, gte, lt, lte, eq, neq }: CorrelationCondition,
  { least, most }: { least: number; most: number },
): boolean {
  const low = Math.max(least, gte === undefined ? least : Math.ceil(Number(gte)), gt === undefined ? least : above(gt));
  const high = Math.min(
    most,
    lte === undefined ? most : Math.floor(Number(lte)),
    lt === undefined ? most : -above(-lt),
  );
  if (low > high) return false;
  if (eq === undefined) return !(low === high && low === Number(neq));
  return Number.isInteger(Number(eq)) && eq >= low && eq <= high && eq !== neq;
}

/** The least whole number above another. */
function above(bound: Numeric): number {
  return Math.floor(Number(bound)) + 1;
}

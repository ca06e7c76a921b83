import { numberOf, truthOf, type NumberOf, type Scope } from './formula-value';
import type { Formula } from './types';

type NearnessOf = (scope: Scope) => number;

/** Formulas as functions, as in `formula-value.ts`. */
const known = new WeakMap<Formula, NearnessOf>();

/**
 * How near a row comes to `having`, from 0 to 1 (it holds, or stands right at the limit): for a comparison how much of the limit is
 * reached (20 of `>= 30` is 0.67, a conversion of 0.4 against `< 0.1` is 0.25), 0 where a side is null or zero; for `and`
 * the least of its parts, for `or` the greatest, for `not` 1 or 0.
 */
export function nearness(formula: Formula, scope: Scope): number {
  return nearnessOf(formula)(scope);
}

function nearnessOf(formula: Formula): NearnessOf {
  let of = known.get(formula);
  if (!of) known.set(formula, (of = compile(formula)));
  return of;
}

function compile(formula: Formula): NearnessOf {
  switch (formula.op) {
    case 'and':
    case 'or': {
      const choose = formula.op === 'and' ? Math.min : Math.max;
      const [left, right] = [nearnessOf(formula.left), nearnessOf(formula.right)];
      return (scope) => choose(left(scope), right(scope));
    }
    case '<':
      return reached(numberOf(formula.right), numberOf(formula.left), (limit, value) => value < limit);
    case '<=':
      return reached(numberOf(formula.right), numberOf(formula.left), (limit, value) => value <= limit);
    case '>':
      return reached(numberOf(formula.left), numberOf(formula.right), (value, limit) => value > limit);
    case '>=':
      return reached(numberOf(formula.left), numberOf(formula.right), (value, limit) => value >= limit);
    case '==': {
      const [left, right] = [numberOf(formula.left), numberOf(formula.right)];
      const isEqual = (one: number, other: number): boolean => one === other;
      const [up, down] = [reached(left, right, isEqual), reached(right, left, isEqual)];
      return (scope) => Math.min(up(scope), down(scope));
    }
    default:
      return (scope) => (truthOf(formula, scope) === true ? 1 : 0);
  }
}

/** What part of `limit` is reached by `value`; 1 where the comparison, which takes them in this order, holds. */
function reached(valueOf: NumberOf, limitOf: NumberOf, holds: (value: number, limit: number) => boolean): NearnessOf {
  return (scope) => {
    const value = valueOf(scope);
    const limit = limitOf(scope);
    if (value === null || limit === null) return 0;
    if (holds(value, limit)) return 1;
    return value <= 0 || limit <= 0 ? 0 : Math.min(1, value / limit);
  };
}

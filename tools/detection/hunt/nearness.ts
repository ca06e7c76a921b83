import { formulaValue, truthOf, type Scope } from './formula-value';
import type { Formula } from './types';

/**
 * How near a row comes to `having`, from 0 to 1 (it holds, or stands right at the limit): for a comparison how much of the limit is
 * reached (20 of `>= 30` is 0.67, a conversion of 0.4 against `< 0.1` is 0.25), 0 where a side is null or zero; for `and`
 * the least of its parts, for `or` the greatest, for `not` 1 or 0.
 */
export function nearness(formula: Formula, scope: Scope): number {
  switch (formula.op) {
    case 'and':
      return Math.min(nearness(formula.left, scope), nearness(formula.right, scope));
    case 'or':
      return Math.max(nearness(formula.left, scope), nearness(formula.right, scope));
    case '<':
    case '<=':
      return reached(formula, formulaValue(formula.right, scope), formulaValue(formula.left, scope), scope);
    case '>':
    case '>=':
      return reached(formula, formulaValue(formula.left, scope), formulaValue(formula.right, scope), scope);
    case '==': {
      const left = formulaValue(formula.left, scope);
      const right = formulaValue(formula.right, scope);
      return Math.min(reached(formula, left, right, scope), reached(formula, right, left, scope));
    }
    default:
      return truthOf(formula, scope) === true ? 1 : 0;
  }
}

function reached(formula: Formula, value: number | null, limit: number | null, scope: Scope): number {
  if (truthOf(formula, scope) === true) return 1;
  return value === null || limit === null || value <= 0 || limit <= 0 ? 0 : Math.min(1, value / limit);
}

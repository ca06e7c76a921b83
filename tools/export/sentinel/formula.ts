import type { Arithmetic } from '../plan/types';
import { identifier, real } from './kql';

/** A formula over the columns of a row, all of which are doubles; a division by zero and what has no value are null. */
export function arithmetic(formula: Arithmetic): string {
  switch (formula.op) {
    case 'number':
      return real(formula.value);
    case 'column':
      return identifier(formula.name);
    case 'not':
      return `not(${arithmetic(formula.formula)})`;
    case '/': {
      const right = arithmetic(formula.right);
      return `iff(${right} == 0, real(null), ${arithmetic(formula.left)} / ${right})`;
    }
    case 'greatest':
    case 'least': {
      const [left, right] = [arithmetic(formula.left), arithmetic(formula.right)];
      const choose = formula.op === 'greatest' ? 'max_of' : 'min_of';
      return `iff(isnull(${left}) or isnull(${right}), real(null), ${choose}(${left}, ${right}))`;
    }
    default:
      return `(${arithmetic(formula.left)} ${formula.op} ${arithmetic(formula.right)})`;
  }
}

import type { Arithmetic } from '../plan/types';
import type { Dialect } from './dialect';

/** A formula over the columns of a row, all of which are doubles. */
export function arithmetic(dialect: Dialect, formula: Arithmetic): string {
  const both = (by: { left: Arithmetic; right: Arithmetic }) =>
    [arithmetic(dialect, by.left), arithmetic(dialect, by.right)] as const;
  switch (formula.op) {
    case 'number':
      return formula.value < 0 ? `(${dialect.double(formula.value)})` : dialect.double(formula.value);
    case 'column':
      return dialect.identifier(formula.name);
    case 'not':
      return `(NOT ${arithmetic(dialect, formula.formula)})`;
    case '/': {
      const [left, right] = both(formula);
      return `(${left} / nullif(${right}, ${dialect.double(0)}))`;
    }
    case 'greatest':
    case 'least': {
      // Engines' own functions take nulls in different ways.
      const [left, right] = both(formula);
      return `CASE WHEN ${left} ${formula.op === 'greatest' ? '>=' : '<='} ${right} THEN ${left} WHEN ${right} IS NOT NULL AND ${left} IS NOT NULL THEN ${right} END`;
    }
    default: {
      const [left, right] = both(formula);
      return `(${left} ${WORDS[formula.op]} ${right})`;
    }
  }
}

const WORDS = {
  '+': '+',
  '-': '-',
  '*': '*',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '==': '=',
  '!=': '<>',
  and: 'AND',
  or: 'OR',
} as const;

import { formulaValue, truthOf, type Scope } from '../../detection/hunt/formula-value';
import { nearness } from '../../detection/hunt/nearness';
import type { Formula } from '../../detection/hunt/types';
import { writtenFormula } from '../mutate/formula';

/** A truth of a query on one row, with those that it is made of. */
export interface ExplainedFormula {
  op: string;
  /** As a query has it. */
  text: string;
  /** Null where a value is null. */
  holds: boolean | null;
  /** How near it comes, from 0 to 1 (`nearness`). */
  nearness: number;
  /** Of a comparison, what it compares. */
  left?: number | null;
  right?: number | null;
  parts: ExplainedFormula[];
}

/** Explains a formula that is true or false: `and`, `or`, `not` and comparisons. */
export function explainFormula(formula: Formula, scope: Scope): ExplainedFormula {
  const whole = {
    op: formula.op,
    text: writtenFormula(formula),
    holds: truthOf(formula, scope),
    nearness: nearness(formula, scope),
  };
  switch (formula.op) {
    case 'and':
    case 'or':
      return { ...whole, parts: chained(formula.op, formula).map((part) => explainFormula(part, scope)) };
    case 'not':
      return { ...whole, parts: [explainFormula(formula.formula, scope)] };
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=':
      return {
        ...whole,
        left: formulaValue(formula.left, scope),
        right: formulaValue(formula.right, scope),
        parts: [],
      };
    default:
      throw new TypeError(`'${formula.op}' is not a truth`); // The parser lets none through.
  }
}

/** The parts of `a and b and c`, which is parsed as pairs. */
function chained(op: 'and' | 'or', formula: Formula): Formula[] {
  return formula.op === op ? [...chained(op, formula.left), ...chained(op, formula.right)] : [formula];
}

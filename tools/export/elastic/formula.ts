import type { Arithmetic, Derived } from '../plan/types';
import { identifier } from './expression';
import { countLimitOf, upper95Of, type Tabled } from './step-tables';

/**
 * Columns of a hunt's formulas as ES|QL. Its three values of truth, its null and its division by zero are those of the closed grammar, and all numbers are
 * doubles. What a curve is looked up at becomes a column, since its text stands there many times.
 */
export class FormulaWriter {
  private columns = 0;

  /** The commands that make a column. */
  column(step: Derived): string[] {
    if (step.op === 'derive') {
      const { before, text } = this.write(step.formula);
      return [...before, `EVAL ${identifier(step.name)} = ${text}`];
    }
    const at = this.asColumn(step.at);
    const { curve } = step;
    const found = curve.kind === 'upper95' ? upper95Of(at.text) : countLimitOf(at.text, curve.spread, curve.chance);
    return [...at.before, ...found.before, `EVAL ${identifier(step.name)} = ${found.text}`];
  }

  private write(formula: Arithmetic): Tabled {
    switch (formula.op) {
      case 'number':
        return { before: [], text: double(formula.value) };
      case 'column':
        return { before: [], text: identifier(formula.name) };
      case 'not': {
        const { before, text } = this.write(formula.formula);
        return { before, text: `NOT (${text})` };
      }
      case 'greatest':
      case 'least': {
        const [left, right] = [this.asColumn(formula.left), this.asColumn(formula.right)];
        const text = `CASE(${left.text} IS NULL OR ${right.text} IS NULL, null, ${formula.op.toUpperCase()}(${left.text}, ${right.text}))`;
        return { before: [...left.before, ...right.before], text };
      }
      default: {
        const [left, right] = [this.write(formula.left), this.write(formula.right)];
        const op = formula.op === 'and' || formula.op === 'or' ? formula.op.toUpperCase() : formula.op;
        return { before: [...left.before, ...right.before], text: `(${left.text} ${op} ${right.text})` };
      }
    }
  }

  private asColumn(formula: Arithmetic): Tabled {
    const { before, text } = this.write(formula);
    const name = `argument_${++this.columns}`;
    return { before: [...before, `EVAL ${name} = ${text}`], text: name };
  }
}

function double(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

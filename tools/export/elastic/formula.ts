import type { Formula } from '../../detection/hunt/types';
import { NotExportable } from '../target';
import { identifier } from './expression';
import { countLimitOf, upper95Of, type Tabled } from './step-tables';

/**
 * Formulas of a query as ES|QL. Its three values of truth, its null and its division by zero are those of the closed grammar; all numbers are doubles, and
 * a function's argument becomes a column, since its text stands there many times.
 */
export class FormulaWriter {
  private columns = 0;

  constructor(private readonly parameters: Record<string, number>) {}

  /** The commands that make a column of a formula. */
  column(name: string, formula: Formula): string[] {
    const { before, text } = this.write(formula);
    return [...before, `EVAL ${identifier(name)} = ${text}`];
  }

  private write(formula: Formula): Tabled {
    switch (formula.op) {
      case 'number':
        return { before: [], text: double(formula.value) };
      case 'measure':
        return { before: [], text: identifier(formula.name) };
      case 'parameter':
        return { before: [], text: double(this.parameters[formula.name]!) };
      case 'call':
        return this.call(formula);
      case 'not': {
        const { before, text } = this.write(formula.formula);
        return { before, text: `NOT (${text})` };
      }
      default: {
        const [left, right] = [this.write(formula.left), this.write(formula.right)];
        const op = formula.op === 'and' || formula.op === 'or' ? formula.op.toUpperCase() : formula.op;
        return { before: [...left.before, ...right.before], text: `(${left.text} ${op} ${right.text})` };
      }
    }
  }

  private call({ name, args }: Formula & { op: 'call' }): Tabled {
    const [first, ...rest] = args;
    if (name === 'max' || name === 'min') {
      const [left, right] = [this.asColumn(args[0]!), this.asColumn(args[1]!)];
      const text = `CASE(${left.text} IS NULL OR ${right.text} IS NULL, null, ${name === 'max' ? 'GREATEST' : 'LEAST'}(${left.text}, ${right.text}))`;
      return { before: [...left.before, ...right.before], text };
    }
    const { before, text } = this.asColumn(first!);
    if (name === 'upper95') return after(before, upper95Of(text));
    if (name === 'count_limit')
      return after(before, countLimitOf(text, this.constant(rest[0]!), this.constant(rest[1]!)));
    throw new NotExportable(`The function ${name} is not written for Elastic.`);
  }

  private asColumn(formula: Formula): Tabled {
    const { before, text } = this.write(formula);
    const name = `argument_${++this.columns}`;
    return { before: [...before, `EVAL ${name} = ${text}`], text: name };
  }

  private constant(formula: Formula): number {
    if (formula.op === 'number') return formula.value;
    if (formula.op === 'parameter') return this.parameters[formula.name]!;
    throw new NotExportable(
      'Spread and chance of count_limit must be numbers or parameters: ES|QL has a table for each.',
    );
  }
}

function after(before: string[], made: Tabled): Tabled {
  return { before: [...before, ...made.before], text: made.text };
}

function double(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

import type { Arithmetic } from '../plan/types';
import { identifier, number } from './spl';

const COMPARED = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '==': '=', '!=': '!=' } as const;
const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '=' } as const;

/** The value of a formula over the columns of a row, all of which are numbers; a division by zero and what has no value are null. */
export function arithmetic(formula: Arithmetic): string {
  switch (formula.op) {
    case 'number':
      return number(formula.value);
    case 'column':
      return identifier(formula.name);
    case '+':
    case '-':
    case '*':
      return `(${arithmetic(formula.left)} ${formula.op} ${arithmetic(formula.right)})`;
    case '/': {
      const right = arithmetic(formula.right);
      return `if(${right}=0, null(), ${arithmetic(formula.left)} / ${right})`;
    }
    case 'greatest':
    case 'least': {
      const both = [formula.left, formula.right];
      const chosen = `${formula.op === 'greatest' ? 'max' : 'min'}(${both.map(arithmetic).join(', ')})`;
      const tests = both.flatMap((one) => (one.op === 'number' ? [] : [`isnull(${arithmetic(one)})`]));
      return tests.length === 0 ? chosen : `if(${tests.join(' OR ')}, null(), ${chosen})`;
    }
    default:
      return `if(${holds(formula)}, 1, if(${fails(formula)}, 0, null()))`;
  }
}

/** Whether a formula is true; what is null is not. A comparison with null is null, for which `if` takes its third argument. */
export function holds(formula: Arithmetic): string {
  switch (formula.op) {
    case 'and':
      return `(${holds(formula.left)} AND ${holds(formula.right)})`;
    case 'or':
      return `(${holds(formula.left)} OR ${holds(formula.right)})`;
    case 'not':
      return fails(formula.formula);
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=':
      return compared(formula.left, COMPARED[formula.op], formula.right);
    default:
      return compared(formula, '!=', { op: 'number', value: 0 });
  }
}

/** Whether a formula is false; what is null is not. */
function fails(formula: Arithmetic): string {
  switch (formula.op) {
    case 'and':
      return `(${fails(formula.left)} OR ${fails(formula.right)})`;
    case 'or':
      return `(${fails(formula.left)} AND ${fails(formula.right)})`;
    case 'not':
      return holds(formula.formula);
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=':
      return compared(formula.left, OPPOSITE[formula.op], formula.right);
    default:
      return compared(formula, '=', { op: 'number', value: 0 });
  }
}

function compared(left: Arithmetic, op: string, right: Arithmetic): string {
  return `if(${arithmetic(left)} ${op} ${arithmetic(right)}, 1, 0)=1`;
}

import { FUNCTIONS } from './functions';
import type { Formula } from './types';

/** What a formula reads: measures and derived values by name (null where there is none), and the bound parameters. */
export interface Scope {
  values: Record<string, number | null>;
  parameters: Record<string, number>;
}

/**
 * The number of a formula. Null where it reads a null, divides by zero, overflows, or calls a function with what that does not take, so that no row
 * is ever chosen because of a number that nobody measured.
 */
export function formulaValue(formula: Formula, scope: Scope): number | null {
  switch (formula.op) {
    case 'number':
      return formula.value;
    case 'measure':
      return scope.values[formula.name] ?? null;
    case 'parameter':
      return scope.parameters[formula.name] ?? null;
    case 'call': {
      const args = formula.args.map((arg) => formulaValue(arg, scope));
      if (args.includes(null)) return null;
      const result = FUNCTIONS[formula.name]!.of(...(args as number[]));
      return result !== null && Number.isFinite(result) ? result : null;
    }
    case '+':
    case '-':
    case '*':
    case '/': {
      const left = formulaValue(formula.left, scope);
      const right = formulaValue(formula.right, scope);
      if (left === null || right === null) return null;
      const result = arithmetic(formula.op, left, right);
      return Number.isFinite(result) ? result : null;
    }
    default:
      throw new TypeError(`'${formula.op}' is not a number`); // The parser lets none through.
  }
}

function arithmetic(op: '+' | '-' | '*' | '/', left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return op satisfies never;
  }
}

/**
 * The truth of a formula, in the three values of SQL, ES|QL and KQL, so that an exported query means the same: a comparison
 * with null is null; `false and null` is false, `true or null` is true, any other `and`, `or` or `not` of a null is null.
 */
export function truthOf(formula: Formula, scope: Scope): boolean | null {
  switch (formula.op) {
    case 'and':
    case 'or': {
      const decides = formula.op === 'or';
      const left = truthOf(formula.left, scope);
      if (left === decides) return decides;
      const right = truthOf(formula.right, scope);
      if (right === decides) return decides;
      return left === null || right === null ? null : !decides;
    }
    case 'not': {
      const inner = truthOf(formula.formula, scope);
      return inner === null ? null : !inner;
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=': {
      const left = formulaValue(formula.left, scope);
      const right = formulaValue(formula.right, scope);
      return left === null || right === null ? null : compare(formula.op, left, right);
    }
    default:
      throw new TypeError(`'${formula.op}' is not a truth`); // The parser lets none through.
  }
}

function compare(op: '<' | '<=' | '>' | '>=' | '==' | '!=', left: number, right: number): boolean {
  switch (op) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    default:
      return op satisfies never;
  }
}

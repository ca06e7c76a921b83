import { FUNCTIONS } from './functions';
import type { Formula } from './types';

/** What a formula reads: measures and derived values by name (null where there is none), and the bound parameters. */
export interface Scope {
  values: Record<string, number | null>;
  parameters: Record<string, number>;
}

export type NumberOf = (scope: Scope) => number | null;
type TruthOf = (scope: Scope) => boolean | null;

/** Formulas as functions: each is asked for every group at every run. */
const numbers = new WeakMap<Formula, NumberOf>();
const truths = new WeakMap<Formula, TruthOf>();

/**
 * The number of a formula. Null where it reads a null, divides by zero, overflows, or calls a function with what that does not take, so that no row
 * is ever chosen because of a number that nobody measured.
 */
export function formulaValue(formula: Formula, scope: Scope): number | null {
  return numberOf(formula)(scope);
}

/**
 * The truth of a formula, in the three values of SQL, ES|QL and KQL, so that an exported query means the same: a comparison
 * with null is null; `false and null` is false, `true or null` is true, any other `and`, `or` or `not` of a null is null.
 */
export function truthOf(formula: Formula, scope: Scope): boolean | null {
  return truth(formula)(scope);
}

/** The same as a function of the scope. */
export function numberOf(formula: Formula): NumberOf {
  let known = numbers.get(formula);
  if (!known) numbers.set(formula, (known = compileNumber(formula)));
  return known;
}

function truth(formula: Formula): TruthOf {
  let known = truths.get(formula);
  if (!known) truths.set(formula, (known = compileTruth(formula)));
  return known;
}

function compileNumber(formula: Formula): NumberOf {
  switch (formula.op) {
    case 'number': {
      const { value } = formula;
      return () => value;
    }
    case 'measure': {
      const { name } = formula;
      return ({ values }) => values[name] ?? null;
    }
    case 'parameter': {
      const { name } = formula;
      return ({ parameters }) => parameters[name] ?? null;
    }
    case 'call': {
      const { of } = FUNCTIONS[formula.name]!;
      const args = formula.args.map(numberOf);
      const [only] = args;
      if (args.length === 1)
        return (scope) => {
          const value = only!(scope);
          return value === null ? null : finite(of(value));
        };
      return (scope) => {
        const given: number[] = [];
        for (const arg of args) {
          const value = arg(scope);
          if (value === null) return null;
          given.push(value);
        }
        return finite(of(...given));
      };
    }
    case '+':
      return both(formula, (left, right) => left + right);
    case '-':
      return both(formula, (left, right) => left - right);
    case '*':
      return both(formula, (left, right) => left * right);
    case '/':
      return both(formula, (left, right) => left / right);
    default:
      throw new TypeError(`'${formula.op}' is not a number`); // The parser lets none through.
  }
}

/** Two formulas that are numbers. */
interface Pair {
  left: Formula;
  right: Formula;
}

function both(pair: Pair, of: (left: number, right: number) => number): NumberOf {
  const [leftOf, rightOf] = [numberOf(pair.left), numberOf(pair.right)];
  return (scope) => {
    const left = leftOf(scope);
    const right = rightOf(scope);
    return left === null || right === null ? null : finite(of(left, right));
  };
}

function finite(result: number | null): number | null {
  return result !== null && Number.isFinite(result) ? result : null;
}

function compileTruth(formula: Formula): TruthOf {
  switch (formula.op) {
    case 'and':
    case 'or': {
      const decides = formula.op === 'or';
      const [leftOf, rightOf] = [truth(formula.left), truth(formula.right)];
      return (scope) => {
        const left = leftOf(scope);
        if (left === decides) return decides;
        const right = rightOf(scope);
        if (right === decides) return decides;
        return left === null || right === null ? null : !decides;
      };
    }
    case 'not': {
      const innerOf = truth(formula.formula);
      return (scope) => {
        const inner = innerOf(scope);
        return inner === null ? null : !inner;
      };
    }
    case '<':
      return compared(formula, (left, right) => left < right);
    case '<=':
      return compared(formula, (left, right) => left <= right);
    case '>':
      return compared(formula, (left, right) => left > right);
    case '>=':
      return compared(formula, (left, right) => left >= right);
    case '==':
      return compared(formula, (left, right) => left === right);
    case '!=':
      return compared(formula, (left, right) => left !== right);
    default:
      throw new TypeError(`'${formula.op}' is not a truth`); // The parser lets none through.
  }
}

function compared(pair: Pair, holds: (left: number, right: number) => boolean): TruthOf {
  const [leftOf, rightOf] = [numberOf(pair.left), numberOf(pair.right)];
  return (scope) => {
    const left = leftOf(scope);
    const right = rightOf(scope);
    return left === null || right === null ? null : holds(left, right);
  };
}

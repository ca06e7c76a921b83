import type { Formula } from '../../detection/hunt/types';
import { nearby } from './change';

/** The comparison that differs at the limit, and the one that is its contrary. */
const COMPARISONS = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
} as const;
const ARITHMETIC = { '+': '-', '-': '+', '*': '/', '/': '*' } as const;

/**
 * Every formula that one change makes of a formula: a part of `and` or `or` left out, one for the other, a `not` left out, a
 * comparison at its limit or turned round, arithmetic the other way, a constant moved.
 */
export function changedFormulas(formula: Formula): Formula[] {
  switch (formula.op) {
    case 'number':
      return nearby(formula.value).map((value) => ({ op: 'number', value }));
    case 'measure':
    case 'parameter':
      return [];
    case 'call':
      return formula.args.flatMap((arg, index) =>
        changedFormulas(arg).map((next) => ({ ...formula, args: formula.args.with(index, next) })),
      );
    case 'not':
      return [
        formula.formula,
        ...changedFormulas(formula.formula).map((next) => ({ op: 'not', formula: next }) as const),
      ];
    case 'and':
    case 'or': {
      const other = formula.op === 'and' ? 'or' : 'and';
      return [formula.right, formula.left, { ...formula, op: other }, ...inParts(formula)];
    }
    case '+':
    case '-':
    case '*':
    case '/':
      return [{ ...formula, op: ARITHMETIC[formula.op] }, ...inParts(formula)];
    default:
      return [...COMPARISONS[formula.op].map((op): Formula => ({ ...formula, op })), ...inParts(formula)];
  }
}

function inParts<Whole extends Extract<Formula, { left: Formula }>>(whole: Whole): Formula[] {
  return [
    ...changedFormulas(whole.left).map((left) => ({ ...whole, left })),
    ...changedFormulas(whole.right).map((right) => ({ ...whole, right })),
  ];
}

const STRENGTH: Partial<Record<Formula['op'], number>> = { or: 1, and: 2, not: 3, '+': 5, '-': 5, '*': 6, '/': 6 };

/** A formula as a query writes it. */
export function writtenFormula(formula: Formula): string {
  switch (formula.op) {
    case 'number':
      return String(formula.value);
    case 'measure':
      return formula.name;
    case 'parameter':
      return `$${formula.name}`;
    case 'call':
      return `${formula.name}(${formula.args.map(writtenFormula).join(', ')})`;
    case 'not':
      return `not (${writtenFormula(formula.formula)})`;
    default: {
      const left = within(formula, formula.left, 0);
      // `a - (b - c)` needs its parentheses, `(a - b) - c` doesn't; `and` and `or` need none either way.
      const right = within(formula, formula.right, formula.op === 'and' || formula.op === 'or' ? 0 : 1);
      return `${left} ${formula.op} ${right}`;
    }
  }
}

function within(whole: Formula, part: Formula, least: number): string {
  const strength = ({ op }: Formula): number => STRENGTH[op] ?? (op in COMPARISONS ? 4 : 7);
  const text = writtenFormula(part);
  return strength(part) >= strength(whole) + least ? text : `(${text})`;
}

/** The measures and derived values that a formula reads. */
export function readBy(formula: Formula): string[] {
  switch (formula.op) {
    case 'measure':
      return [formula.name];
    case 'number':
    case 'parameter':
      return [];
    case 'call':
      return formula.args.flatMap(readBy);
    case 'not':
      return readBy(formula.formula);
    default:
      return [...readBy(formula.left), ...readBy(formula.right)];
  }
}

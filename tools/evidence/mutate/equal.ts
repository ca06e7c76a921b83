import { compileGlob } from '@tollgate/sigma/memory/glob';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import { foldCase } from '@tollgate/sigma/values/fold';

/**
 * An expression as a text that is equal for expressions of which it is plain that they hold of the same events: parts in
 * any order, said twice (also in another case, where that is the same), nested in a part of the same kind, or, in an `or`, a whole text that a pattern beside it matches.
 */
export function canonical(expr: Expr): string {
  switch (expr.op) {
    case 'and':
    case 'or': {
      const parts = flat(expr.op, expr);
      const left = expr.op === 'or' ? parts.filter((part) => !parts.some((other) => isCovered(part, other))) : parts;
      const texts = [...new Set(left.map(canonical))].sort();
      return texts.length === 1 ? texts[0]! : `${expr.op}(${texts.join(',')})`;
    }
    case 'not':
      return expr.expr.op === 'not' ? canonical(expr.expr.expr) : `not(${canonical(expr.expr)})`;
    case 'test':
      return JSON.stringify(folded(expr.test));
    default:
      return expr satisfies never;
  }
}

function flat(op: 'and' | 'or', expr: Expr): Expr[] {
  if (expr.op !== op) return [expr];
  return (expr.op === 'and' ? expr.all : expr.any).flatMap((part) => flat(op, part));
}

/** Whether a part holds only where another does, which is not the same one. */
function isCovered(part: Expr, other: Expr): boolean {
  if (part === other || part.op !== 'test' || other.op !== 'test') return false;
  const [small, large] = [part.test, other.test];
  if (small.kind !== 'pattern' || large.kind !== 'pattern' || small.field !== large.field) return false;
  const text = literal(small);
  if (text === null || (large.cased && !small.cased)) return false;
  // Of two equal texts the first stays, which the set of texts takes care of.
  if (literal(large) !== null) return false;
  const fold = (one: string): string => (large.cased ? one : foldCase(one));
  return compileGlob(large.parts.map((piece) => (typeof piece === 'string' ? fold(piece) : piece)))(fold(text));
}

/** A pattern that takes any case holds of the same values in any case. */
function folded(test: Test): Test {
  if (test.kind !== 'pattern' || test.cased) return test;
  return { ...test, parts: test.parts.map((part) => (typeof part === 'string' ? foldCase(part) : part)) };
}

function literal({ parts }: Extract<Test, { kind: 'pattern' }>): string | null {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : null;
}

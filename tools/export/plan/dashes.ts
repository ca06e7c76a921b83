import { MAX_ALTERNATIVES } from '@tollgate/sigma/rules/limits';
import { writeDashes } from '@tollgate/sigma/rules/pattern';
import type { Expr } from '@tollgate/sigma/rules/plan';
import { NotExportable } from '../target';

/**
 * An expression that holds of the same events, in which no pattern takes any dash: each is an `or` of what it stands for, since
 * the languages of queries have no sign for one of several characters. Throws `NotExportable` where that would be too many.
 */
export function withoutDashes(expr: Expr): Expr {
  switch (expr.op) {
    case 'and':
      return { op: 'and', all: expr.all.map(withoutDashes) };
    case 'or':
      return { op: 'or', any: expr.any.map(withoutDashes) };
    case 'not':
      return { op: 'not', expr: withoutDashes(expr.expr) };
    case 'test': {
      const { test } = expr;
      if (test.kind !== 'pattern') return expr;
      const written = writeDashes(test.parts, MAX_ALTERNATIVES);
      if (written === null)
        throw new NotExportable(`A value with so many dashes stands for more than ${MAX_ALTERNATIVES} texts.`);
      if (written.length === 1) return expr;
      return { op: 'or', any: written.map((parts) => ({ op: 'test', test: { ...test, parts } })) };
    }
    default:
      return expr satisfies never;
  }
}

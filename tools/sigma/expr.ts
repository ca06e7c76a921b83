import { MAX_TESTS } from './limits';
import type { Expr, Plan, Tree } from './plan';

/** An `and` or `or` of parts; the part itself where there is only one. */
export function allOf<Leaf>(op: 'and' | 'or', parts: Tree<Leaf>[]): Tree<Leaf> {
  if (parts.length === 1) return parts[0]!;
  return op === 'and' ? { op, all: parts } : { op, any: parts };
}

/** The plan of an expression; `null` when it has more than `MAX_TESTS` tests. */
export function planOf(expr: Expr): Plan | null {
  const fields = new Set<string>();
  let tests = 0;
  const pending: Expr[] = [expr];
  while (pending.length > 0) {
    const next = pending.pop()!;
    switch (next.op) {
      case 'and':
        pending.push(...next.all);
        break;
      case 'or':
        pending.push(...next.any);
        break;
      case 'not':
        pending.push(next.expr);
        break;
      case 'test':
        tests++;
        if (next.test.field !== null) fields.add(next.test.field);
        if (next.test.kind === 'ref') fields.add(next.test.other);
        break;
      default:
        next satisfies never;
    }
    if (tests > MAX_TESTS) return null;
  }
  return { expr, fields: [...fields].sort() };
}

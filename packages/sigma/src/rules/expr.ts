import { FileBudget } from './budget';
import { MAX_TESTS } from './limits';
import type { Expr, Plan, BooleanTree } from './plan';

/** An `and` or `or` of parts; the part itself where there is only one. */
export function allOf<Leaf>(op: 'and' | 'or', parts: BooleanTree<Leaf>[]): BooleanTree<Leaf> {
  if (parts.length === 1) return parts[0]!;
  return op === 'and' ? { op, all: parts } : { op, any: parts };
}

/** The plan of an expression; `null` when it has more than `MAX_TESTS` tests. A loop, since a list may be longer than a call's arguments. */
export function planOf(expr: Expr, budget = new FileBudget()): Plan | null {
  const fields = new Set<string>();
  let tests = 0;
  const pending: Expr[] = [expr];
  while (pending.length > 0) {
    const next = pending.pop()!;
    switch (next.op) {
      case 'and':
        for (const part of next.all) pending.push(part);
        break;
      case 'or':
        for (const part of next.any) pending.push(part);
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
  if (!budget.use(tests)) return null;
  return { expr, fields: [...fields].sort() };
}

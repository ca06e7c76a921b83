import type { Event } from '../values/event';
import type { Expr, Plan } from '../rules/plan';
import { compileTest, type EventTest } from './test';

/** Compiles a plan once into a test of events (`docs/semantics.md` says what it means). Never throws for any event. */
export function compilePredicate(plan: Plan): (event: Event) => boolean {
  return compileExpr(plan.expr);
}

function compileExpr(expr: Expr): EventTest {
  switch (expr.op) {
    case 'and': {
      const parts = expr.all.map(compileExpr);
      return (event) => {
        for (const part of parts) if (!part(event)) return false;
        return true;
      };
    }
    case 'or': {
      const parts = expr.any.map(compileExpr);
      return (event) => {
        for (const part of parts) if (part(event)) return true;
        return false;
      };
    }
    case 'not': {
      const inner = compileExpr(expr.expr);
      return (event) => !inner(event);
    }
    case 'test':
      return compileTest(expr.test);
  }
}

import { ManyPlans } from '@tollgate/sigma/memory/many';
import type { Expr, Plan } from '@tollgate/sigma/rules/plan';
import type { Event } from '@tollgate/sigma/values/event';

/** A test of whether an event is what a plan means; every event is without one. */
export function secondLook(plan: Plan | null): (event: Event) => boolean {
  if (plan === null) return () => true;
  const plans = new ManyPlans([plan]);
  return (event) => plans.matching(event).length > 0;
}

/** The fields that a plan tests; null where it looks for a text in whatever field. */
export function fieldsTested({ expr }: Plan): string[] | null {
  const found = testedIn(expr);
  const fields = found.filter((field) => field !== null);
  return fields.length < found.length ? null : [...new Set(fields)];
}

function testedIn(expr: Expr): (string | null)[] {
  switch (expr.op) {
    case 'and':
      return expr.all.flatMap(testedIn);
    case 'or':
      return expr.any.flatMap(testedIn);
    case 'not':
      return testedIn(expr.expr);
    case 'test':
      return expr.test.kind === 'ref' ? [expr.test.field, expr.test.other] : [expr.test.field];
    default:
      return expr satisfies never;
  }
}

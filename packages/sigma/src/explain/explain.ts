import { compileTest, type EventTest } from '../memory/test';
import type { Expr, Plan, Test } from '../rules/plan';
import { fieldReader, type Event } from '../values/event';
import { reasonOf, type Reason } from './reason';

/** Where a part of a plan stands in its rule. */
export interface NamedSelection {
  /** Of the selection. */
  name: string;
  /** 1-based; of the selection's key. */
  line: number;
}

/** A part of a plan on one event: whether it holds, and the same of its own parts. `named` is the selection that it is. */
export type Explained = { holds: boolean; named: NamedSelection | null } & (
  | { op: 'and' | 'or'; parts: Explained[] }
  | { op: 'not'; part: Explained }
  | {
      op: 'test';
      test: Test;
      /** Every value of the test's field, with whether it satisfies the test alone; empty of a keyword. */
      readonly found: { value: unknown; holds: boolean }[];
      /** Why the test does not hold; null where it does. This and `found` are worked out when they are asked for. */
      readonly reason: Reason | null;
    }
);

/** Says which selection a part of a plan is; null where it is none. */
export type Namer = (expr: Expr) => NamedSelection | null;

/**
 * Compiles a plan into what explains it on events. All parts are looked at, also those that decide nothing any more; each test is the one
 * that the predicate of the plan makes, so that `holds` of the whole is what the predicate answers.
 */
export function explainer(plan: Plan, nameOf: Namer = () => null): (event: Event) => Explained {
  return explainExpr(plan.expr, nameOf);
}

function explainExpr(expr: Expr, nameOf: Namer): (event: Event) => Explained {
  const named = nameOf(expr);
  switch (expr.op) {
    case 'and':
    case 'or': {
      const { op } = expr;
      const explain = (op === 'and' ? expr.all : expr.any).map((part) => explainExpr(part, nameOf));
      return (event) => {
        const parts = explain.map((part) => part(event));
        const holds = op === 'and' ? parts.every((part) => part.holds) : parts.some((part) => part.holds);
        return { op, holds, named, parts };
      };
    }
    case 'not': {
      const explain = explainExpr(expr.expr, nameOf);
      return (event) => {
        const part = explain(event);
        return { op: 'not', holds: !part.holds, named, part };
      };
    }
    case 'test': {
      const { test } = expr;
      const holdsOn = compileTest(test);
      return (event) => ({
        op: 'test',
        holds: holdsOn(event),
        named,
        test,
        get found() {
          return valuesFound(test, event, holdsOn);
        },
        get reason() {
          return this.holds ? null : reasonOf(test, event);
        },
      });
    }
  }
}

function valuesFound(test: Test, event: Event, holdsOn: EventTest): { value: unknown; holds: boolean }[] {
  if (test.field === null) return [];
  return fieldReader(test.field)(event).map((value) => ({ value, holds: holdsOn(withValue(test, value, event)) }));
}

/** An event with one value of the test's field and, where another field is compared with, that one as it is. */
function withValue(test: Test, value: unknown, event: Event): Event {
  if (test.field === null) return event;
  if (test.kind !== 'ref' || test.other === test.field) return { [test.field]: value };
  return { [test.other]: fieldReader(test.other)(event), [test.field]: value };
}

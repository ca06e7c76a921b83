import type { Expr, Test } from '@tollgate/sigma/rules/plan';

/** How a language says that several predicates hold, that one does not, and that a field satisfies a test. */
export interface PredicatePrinter {
  /** What stands between predicates that must all hold, with the spaces around it. */
  and: string;
  /** The same of predicates of which one must hold. */
  or: string;
  /** Holds always, and never. */
  always: string;
  never: string;
  not(inside: string): string;
  /** Throws `NotExportable` for what the language can't say. `negated`: below an odd number of negations. */
  test(test: Test, negated: boolean): string;
  /** A shorter way to say that one of several holds; null where these have none. */
  either?(any: readonly Expr[]): string | null;
}

/** A predicate in a language. */
export function printPredicate(expr: Expr, printer: PredicatePrinter, negated = false): string {
  const joined = (parts: readonly Expr[], between: string, none: string): string => {
    const [first = none, ...others] = parts.map((part) => printPredicate(part, printer, negated));
    return others.length === 0 ? first : `(${[first, ...others].join(between)})`;
  };
  switch (expr.op) {
    case 'and':
      return joined(expr.all, printer.and, printer.always);
    case 'or':
      return printer.either?.(expr.any) ?? joined(expr.any, printer.or, printer.never);
    case 'not':
      return printer.not(printPredicate(expr.expr, printer, !negated));
    case 'test':
      return printer.test(expr.test, negated);
    default:
      return expr satisfies never;
  }
}

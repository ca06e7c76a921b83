import { formulaValue, truthOf } from './formula-value';
import { nearness } from './nearness';
import type { Formula, HuntQuery } from './types';

/** What a group's row gives with one setting of the parameters. */
export interface TestedRow {
  /** Every measure and derived value. */
  values: Record<string, number | null>;
  /** How near the row comes to `having`, see `nearness`. */
  near: number;
  /** Whether `having` is true. */
  found: boolean;
}

/** Derives values and asks `having`, for each of several settings of a query's parameters; what is derived from none that differs is derived once. */
export class RowTests {
  /** Derived values that the settings may not have in common, in their order. */
  private readonly differing: [name: string, formula: Formula][];
  private readonly derived: [name: string, formula: Formula][];

  /** @param settings a value for every parameter of the query, in each of them. */
  constructor(
    private readonly query: HuntQuery,
    readonly settings: Record<string, number>[],
  ) {
    const [first, ...others] = settings;
    const differs = (name: string) => others.some((other) => other[name] !== first![name]);
    const known = new Set<string>();
    this.derived = Object.entries(query.derive);
    this.differing = this.derived.filter(([name, formula]) => {
      const reads = readsAny(formula, (read) => (read.op === 'parameter' ? differs(read.name) : known.has(read.name)));
      if (reads) known.add(name);
      return reads;
    });
  }

  /** One for each setting, of the measures of a row. */
  of(measures: Record<string, number | null>): TestedRow[] {
    const [first, ...others] = this.settings;
    const values = withDerived(this.derived, measures, first!);
    return [
      this.finding(values, first!),
      ...others.map((parameters) =>
        this.finding(
          this.differing.length === 0 ? values : withDerived(this.differing, values, parameters),
          parameters,
        ),
      ),
    ];
  }

  private finding(values: TestedRow['values'], parameters: Record<string, number>): TestedRow {
    const scope = { values, parameters };
    const near = nearness(this.query.having, scope);
    // What stands right at the limit is as near as what is beyond it.
    return { values, near, found: near === 1 && truthOf(this.query.having, scope) === true };
  }
}

function readsAny(
  formula: Formula,
  isMeant: (read: Extract<Formula, { op: 'measure' | 'parameter' }>) => boolean,
): boolean {
  switch (formula.op) {
    case 'number':
      return false;
    case 'measure':
    case 'parameter':
      return isMeant(formula);
    case 'call':
      return formula.args.some((arg) => readsAny(arg, isMeant));
    case 'not':
      return readsAny(formula.formula, isMeant);
    default:
      return readsAny(formula.left, isMeant) || readsAny(formula.right, isMeant);
  }
}

/** Measures with values that are derived of them, each of those before it. */
export function withDerived(
  derive: [name: string, formula: Formula][],
  measures: Record<string, number | null>,
  parameters: Record<string, number>,
): Record<string, number | null> {
  const values = { ...measures };
  for (const [name, formula] of derive) values[name] = formulaValue(formula, { values, parameters });
  return values;
}

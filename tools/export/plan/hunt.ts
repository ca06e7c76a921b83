import { bindParameters } from '../../detection/hunt/evaluate';
import type { Formula, HuntQuery } from '../../detection/hunt/types';
import { NotExportable, type ExportContent } from '../target';
import { withoutDashes } from './dashes';
import type { Arithmetic, NamedCurve, Derived, Hunt } from './types';

/** The plan of a query with the defaults of its parameters. */
export function huntPlan(query: HuntQuery, { contracts }: ExportContent): Hunt {
  const contract = contracts.get(query.source);
  if (!contract) throw new NotExportable(`There is no telemetry contract ${query.source}.`);
  const lowering = new Lowering(bindParameters(query, {}));
  for (const [name, formula] of Object.entries(query.derive)) lowering.derive(name, formula);
  const filter = lowering.lower(query.having);
  return {
    op: 'hunt',
    contract,
    selections: Object.entries(query.selections).map(([name, { expr }]) => ({
      name,
      source: { op: 'source', contract, predicate: withoutDashes(expr) },
    })),
    by: query.groupBy,
    windowMs: query.window.defaultMs,
    settleMs: query.window.settleMs,
    baselineMs: query.baselineMs,
    schedule: query.schedule ?? null,
    measures: Object.entries(query.measures).map(([name, measure]) => ({ name, ...measure })),
    derived: lowering.steps,
    columns: [...Object.keys(query.measures), ...Object.keys(query.derive)],
    filter,
    sort: query.sort,
  };
}

/** Binds parameters, and takes calls of curves out of formulas, as columns of their own before these. */
class Lowering {
  readonly steps: Derived[] = [];
  private curves = 0;

  constructor(private readonly parameters: Record<string, number>) {}

  derive(name: string, formula: Formula): void {
    const curve = this.curveOf(formula);
    this.steps.push(
      curve
        ? { op: 'look-up', name, curve: curve.curve, at: this.lower(curve.at) }
        : { op: 'derive', name, formula: this.lower(formula) },
    );
  }

  lower(formula: Formula): Arithmetic {
    switch (formula.op) {
      case 'number':
        return formula;
      case 'measure':
        return { op: 'column', name: formula.name };
      case 'parameter':
        return { op: 'number', value: this.parameters[formula.name]! };
      case 'not':
        return { op: 'not', formula: this.lower(formula.formula) };
      case 'call':
        return this.call(formula);
      default:
        return { op: formula.op, left: this.lower(formula.left), right: this.lower(formula.right) };
    }
  }

  private call(formula: Formula & { op: 'call' }): Arithmetic {
    const { name, args } = formula;
    if (name === 'max' || name === 'min') {
      const [left, right] = [this.lower(args[0]!), this.lower(args[1]!)];
      return { op: name === 'max' ? 'greatest' : 'least', left, right };
    }
    const column = `curve_${++this.curves}`;
    this.derive(column, formula);
    return { op: 'column', name: column };
  }

  private curveOf(formula: Formula): { curve: NamedCurve; at: Formula } | null {
    if (formula.op !== 'call' || formula.name === 'max' || formula.name === 'min') return null;
    const [at, ...rest] = formula.args as [Formula, ...Formula[]];
    if (formula.name === 'upper95') return { curve: { kind: 'upper95' }, at };
    if (formula.name !== 'count_limit') throw new NotExportable(`No target has the function ${formula.name}.`);
    const [spread, chance] = rest.map((each) => this.constant(each)) as [number, number];
    if (!(spread >= 0 && chance > 0 && chance < 1))
      throw new NotExportable(`count_limit takes no spread of ${spread} with a chance of ${chance}.`);
    return { curve: { kind: 'count_limit', spread, chance }, at };
  }

  private constant(formula: Formula): number {
    const lowered = this.lower(formula);
    if (lowered.op === 'number') return lowered.value;
    throw new NotExportable(
      'The spread and the chance of count_limit must be numbers or parameters: its values come from a table.',
    );
  }
}

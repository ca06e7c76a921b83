import { FUNCTIONS } from '../../../tools/detection/hunt/functions';
import type { Scalar } from '@tollgate/sigma/values/event';
import type { HuntInput } from '../../../tools/detection/hunt/groups';
import type { Formula, HuntQuery, HuntRow, HuntRun, Measure } from '../../../tools/detection/hunt/types';

/**
 * A hunt as its definition reads, one run at a time and every event looked at for every measure of every group. It shares
 * no code with the evaluator that it checks.
 */
export function naiveHunt(
  query: HuntQuery,
  inputs: HuntInput[],
  run: HuntRun,
  parameters: Record<string, number> = {},
): HuntRow[] {
  const end = Math.max(run.from, Math.min(run.to, run.at - query.window.settleMs));
  const bound = Object.fromEntries(Object.entries(query.parameters).map(([name, { default: value }]) => [name, value]));
  Object.assign(bound, parameters);
  const events = inputs.flatMap(({ selection, fields, matches }) =>
    matches
      .filter(({ ingested }) => ingested <= run.at)
      .map((match) => ({
        selection,
        time: match.time,
        get: (field: string) => match.values[fields.indexOf(field)] ?? null,
      })),
  );
  const groups = new Map<string, HuntRow['group']>();
  for (const event of events) {
    const values = query.groupBy.map(event.get);
    if (values.includes(null)) continue;
    groups.set(
      JSON.stringify(values),
      Object.fromEntries(query.groupBy.map((field, i) => [field, values[i] as string])),
    );
  }
  const rows: HuntRow[] = [];
  for (const group of groups.values()) {
    const own = events.filter((event) => query.groupBy.every((field) => event.get(field) === group[field]));
    const taken = (measure: Measure, selection: string, late: number): typeof own => {
      const [from, to] = measure.over === 'window' ? [run.from, end] : [run.from - query.baselineMs, run.from];
      return own.filter((event) => event.selection === selection && event.time >= from && event.time < to + late);
    };
    const values: HuntRow['values'] = {};
    let any = false;
    for (const [name, measure] of Object.entries(query.measures)) {
      const of = taken(measure, measure.of, 0);
      if (of.length > 0) any = true;
      const list = (from: typeof own): Scalar[] => from.flatMap((event) => event.get(measure.field!) ?? []);
      const numbers = list(of)
        .map(Number)
        .sort((a, b) => a - b);
      const total = numbers.reduce((sum, number) => sum + number, 0);
      if (measure.how === 'count') values[name] = of.length;
      else if (measure.how === 'distinct') {
        const also =
          measure.also === undefined ? null : new Set(list(taken(measure, measure.also, query.window.settleMs)));
        values[name] = [...new Set(list(of))].filter((value) => !also || also.has(value)).length;
      } else if (measure.how === 'gap') {
        values[name] = quantile(gapsOf(of.map(({ time }) => time)), measure.percentile!);
      } else if (measure.how === 'sum') values[name] = total;
      else if (numbers.length === 0) values[name] = null;
      else if (measure.how === 'avg') values[name] = total / numbers.length;
      else if (measure.how === 'min') values[name] = numbers[0]!;
      else if (measure.how === 'max') values[name] = numbers.at(-1)!;
      else values[name] = quantile(numbers, measure.percentile!);
    }
    if (!any) continue;
    for (const [name, formula] of Object.entries(query.derive))
      values[name] = calculate(formula, values, bound) as number | null;
    if (calculate(query.having, values, bound) === true) rows.push({ group, values });
  }
  return rows;
}

/** Seconds from each time to the least of the later ones, in order. */
function gapsOf(times: number[]): number[] {
  return [...times]
    .sort((a, b) => b - a)
    .flatMap((time, i, all) => (i === 0 ? [] : [(all[i - 1]! - time) / 1000]))
    .sort((a, b) => a - b);
}

function quantile(numbers: number[], percent: number): number | null {
  if (numbers.length === 0) return null;
  const rank = ((numbers.length - 1) * percent) / 100;
  const [below, above] = [numbers[Math.floor(rank)]!, numbers[Math.ceil(rank)]!];
  return below + (rank - Math.floor(rank)) * (above - below);
}

function calculate(
  formula: Formula,
  values: HuntRow['values'],
  parameters: Record<string, number>,
): number | boolean | null {
  if (formula.op === 'number') return formula.value;
  if (formula.op === 'measure') return values[formula.name] ?? null;
  if (formula.op === 'parameter') return parameters[formula.name]!;
  if (formula.op === 'not') {
    const value = calculate(formula.formula, values, parameters);
    return value === null ? null : !value;
  }
  if (formula.op === 'call') {
    const args = formula.args.map((arg) => calculate(arg, values, parameters));
    return args.includes(null) ? null : FUNCTIONS[formula.name]!.of(...args.map(Number));
  }
  const a = calculate(formula.left, values, parameters);
  const b = calculate(formula.right, values, parameters);
  if (formula.op === 'and') return a === false || b === false ? false : a === null || b === null ? null : true;
  if (formula.op === 'or') return a === true || b === true ? true : a === null || b === null ? null : false;
  if (a === null || b === null || (formula.op === '/' && b === 0)) return null;
  const [x, y] = [Number(a), Number(b)];
  const results = {
    '+': x + y,
    '-': x - y,
    '*': x * y,
    '/': x / y,
    '<': x < y,
    '<=': x <= y,
    '>': x > y,
    '>=': x >= y,
    '==': x === y,
    '!=': x !== y,
  };
  return results[formula.op];
}

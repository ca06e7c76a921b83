import { Failure } from '../../foundation/content/failure';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { RowTests } from './row-tests';
import { indexGroups, type HuntInput } from './groups';
import { settledRun } from './runs';
import { sweep } from './sweep';
import type { HuntQuery, HuntRow, HuntRun, HuntScope } from './types';

/** What a hunt answers. */
export interface HuntAnswer {
  /** The groups for which `having` is true, in the query's order. */
  rows: HuntRow[];
  /** How many groups had a row, found or not. */
  groups: number;
  /** Events left out because a group field has no value. */
  excluded: number;
  /** The run as it was made: the window ends earlier than asked where its last part has not settled. */
  run: HuntRun;
}

export interface HuntOptions extends HuntRun {
  /** Values for the query's parameters; the others keep their defaults. */
  parameters?: Record<string, number>;
  scope?: HuntScope;
}

/** Runs a query once, over what its selections matched: the meaning of a query, which every other way to run it must agree with. */
export function evaluateHunt(query: HuntQuery, inputs: HuntInput[], options: HuntOptions): HuntAnswer {
  const parameters = bindParameters(query, options.parameters ?? {});
  const run = settledRun(query, { at: options.at, from: options.from, to: options.to });
  const { groups, excluded } = indexGroups(query, inputs, options.scope);
  const rows: HuntRow[] = [];
  const tests = new RowTests(query, [parameters]);
  let evaluated = 0;
  for (const group of groups.values()) {
    sweep(query, group, [run], tests, (stretch) => {
      if (stretch.tests === null) return;
      evaluated++;
      for (const { values, found } of stretch.tests) if (found) rows.push({ group: group.values, values });
    });
  }
  return { rows: sortRows(query, rows), groups: evaluated, excluded, run };
}

/** The values of the query's parameters. Throws a `Failure` (2) for one that the query doesn't have or whose value doesn't fit. */
export function bindParameters(query: HuntQuery, given: Record<string, number>): Record<string, number> {
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(query.parameters, name) ? query.parameters[name] : undefined;
    if (!parameter) {
      throw new Failure(2, `the query has no parameter '${name}'`, didYouMean(name, Object.keys(query.parameters)));
    }
    const fits = parameter.type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!fits) throw new Failure(2, `parameter '${name}' must be ${article(parameter.type)}, but is ${value}`);
    const [low, high] = parameter.range ?? [-Infinity, Infinity];
    if (value < low || value > high) {
      const hint = 'give a value in it, or widen the range in the query';
      throw new Failure(2, `parameter '${name}' is ${value}, which is outside its range [${low}, ${high}]`, hint);
    }
  }
  const defaults = Object.entries(query.parameters).map(([name, { default: value }]) => [name, value] as const);
  return { ...Object.fromEntries(defaults), ...given };
}

function article(type: 'integer' | 'number'): string {
  return type === 'integer' ? 'a whole number' : 'a number';
}

/** Rows in the order of the query's `sort`, nulls last; equal ones by their group's values, so that the order is the same on every run. */
export function sortRows(query: HuntQuery, rows: HuntRow[]): HuntRow[] {
  return [...rows].sort((a, b) => {
    for (const { by, descending } of query.sort) {
      const order = compareNumbers(a.values[by] ?? null, b.values[by] ?? null, descending);
      if (order !== 0) return order;
    }
    return compareGroups(query, a, b);
  });
}

function compareNumbers(a: number | null, b: number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return descending ? b - a : a - b;
}

function compareGroups(query: HuntQuery, a: HuntRow, b: HuntRow): number {
  for (const field of query.groupBy) {
    const left = String(a.group[field]);
    const right = String(b.group[field]);
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

import { curveName } from '../plan/curves';
import type { Derived, Hunt } from '../plan/types';
import { NotExportable } from '../target';
import { arithmetic } from './formula';
import { identifier, LetSteps, text } from './kql';
import { measureQuery, within } from './measure';
import { predicate } from './predicate';
import { CURVE_FUNCTION } from './watchlists';
import { columnOf, eachOf, functionName, present, since, textOf } from './source';

/** Columns that rows of a hunt have anyway. */
const TAKEN = /^(g\d+|t|x|low_at|low_value|high_at|high_value|point_at|point_value|run_ms|from_ms|to_ms)$/;

/**
 * Writes the rows of a hunt that is run at the tick `tick`, in milliseconds: the group's columns and those of the answer, filtered. `tick` is a
 * parameter of the function in which they stand.
 */
export function huntRows(hunt: Hunt): string {
  const { by, windowMs, settleMs, schedule, columns, derived, measures } = hunt;
  const clash = [...columns, ...derived.map(({ name }) => name)].find((name) => TAKEN.test(name));
  if (clash !== undefined) throw new NotExportable(`The name ${clash} is taken by a column of the query.`);
  const g = by.map((_, index) => `g${index + 1}`);
  const steps = new LetSteps();
  steps.add('run_ms', `tick + ${schedule?.delayMs ?? 0}`);
  steps.add('from_ms', `tick - ${settleMs + windowMs}`);
  steps.add('to_ms', `tick - ${settleMs}`);
  for (const selection of hunt.selections) steps.add(`Of_${selection.name}`, selected(hunt, selection));
  const parts = measures.map((measure) => steps.add(`M_${measure.name}`, measureQuery(steps, hunt, g, measure)));
  const groups = [
    ...new Set(measures.map(({ of, over }) => `(Of_${of} | where ${within(hunt, over)} | distinct ${g.join(', ')})`)),
  ];
  const rows = [
    `union ${groups.join(', ')}\n| distinct ${g.join(', ')}`,
    ...parts.map((name) => `| lookup kind=leftouter ${name} on ${g.join(', ')}`),
    ...measures
      .filter(({ how }) => how === 'count' || how === 'distinct' || how === 'sum')
      .map(({ name }) => `| extend ${identifier(name)} = coalesce(${identifier(name)}, real(0))`),
    ...derived.map((step) => derivedColumn(steps, step)),
    `| where ${arithmetic(hunt.filter)}`,
    `| project ${[...g, ...columns.map(identifier)].join(', ')}`,
  ];
  return steps.close(rows.join('\n'));
}

function selected(hunt: Hunt, { name, source }: Hunt['selections'][0]): string {
  const { contract, by, baselineMs, settleMs, measures } = hunt;
  const groups = by.map((field) => columnOf(contract, field));
  const used = measures.filter(({ of, also }) => of === name || also === name).flatMap(({ field }) => field ?? []);
  const fields = [...new Set(used)].map((field) => columnOf(contract, field).name);
  const lists = groups.filter(({ list }) => list).map((column) => column.name);
  return [
    functionName(contract),
    `| where ${since(`from_ms - ${baselineMs}`)} and ts < to_ms + ${settleMs} and ingested <= run_ms`,
    `| where ${predicate(contract, source.predicate)}`,
    ...lists.map(eachOf),
    `| where ${groups.map((column) => present({ ...column, list: false })).join(' and ')}`,
    `| project ${[...groups.map((column, index) => `g${index + 1} = ${textOf({ ...column, list: false })}`), 't = ts', ...fields].join(', ')}`,
  ].join('\n');
}

/**
 * A column of a formula, or of a curve's value. A limit is that of the curve's first point that is not below, and interpolated and rounded up where more
 * than one lies between; beyond the last point the slope is one, so that no limit is too high.
 */
function derivedColumn(steps: LetSteps, step: Derived): string {
  if (step.op === 'derive') return `| extend ${identifier(step.name)} = ${arithmetic(step.formula)}`;
  const points = `${CURVE_FUNCTION}(${text(curveName(step.curve))})`;
  const at = steps.add('At', `toscalar(${points} | sort by point_at asc | summarize make_list(point_at))`);
  const values = steps.add('Values', `toscalar(${points} | sort by point_at asc | summarize make_list(point_value))`);
  const between = 'low_value + (x - low_at) / (high_at - low_at) * (high_value - low_value)';
  const value =
    step.curve.kind === 'upper95'
      ? `x != floor(x, 1), real(null), x == high_at, high_value, isnotnull(high_at), ${between}, low_value + x - low_at`
      : `high_value - low_value <= 1, high_value, isnotnull(high_at), ceiling(${between}), ceiling(low_value + x - low_at)`;
  return [
    `| extend x = ${arithmetic(step.at)}`,
    `| mv-apply point_at = ${at} to typeof(real), point_value = ${values} to typeof(real) on (summarize low_at = coalesce(maxif(point_at, point_at < x), real(0)), low_value = coalesce(maxif(point_value, point_at < x), real(0)), high_at = minif(point_at, point_at >= x), high_value = minif(point_value, point_at >= x))`,
    `| extend ${identifier(step.name)} = case(isnull(x) or x < 0, real(null), ${value})`,
    '| project-away x, low_at, low_value, high_at, high_value',
  ].join('\n');
}

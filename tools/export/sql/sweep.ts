import type { BooleanTree } from '@tollgate/sigma/rules/plan';
import type { SlidingWindow } from '../plan/types';
import type { Dialect, SqlType } from './dialect';
import type { Members } from './members';
import { BOTH_ENDS, entersAndLeaves } from './ends';
import { groupColumns } from './group';
import { list, union, type NamedSteps } from './query';

/**
 * The quantity of a window wherever it changes, as rows of the group, `t`, `value` and `step` (1 where matches came, 0 where they only left): each
 * match, or each unbroken run of matches of one value, enters with its time and leaves one millisecond after its last time and the timespan, so a running sum is
 * the exact quantity at every time. It costs a sort.
 */
export function sweepRows(
  dialect: Dialect,
  steps: NamedSteps,
  window: SlidingWindow,
  { rows, matches, type }: Members,
): string {
  const { quantity } = window;
  switch (quantity.kind) {
    case 'events':
      return running(steps, window, moves(steps, window, rows, { d: '1' }), 'sum(d)');
    case 'distinct':
      return running(steps, window, runs(steps, window, rows, matches, distinctColumns(window)), 'sum(d)');
    case 'rules': {
      const changes = runs(steps, window, rows, null, ['rule']);
      const { rules, expression } = quantity;
      return expression === undefined
        ? running(steps, window, changes, 'sum(d)')
        : expressed(steps, window, changes, rules, overRules(expression));
    }
    case 'sum':
    case 'mean':
      return totals(dialect, steps, window, rows, matches!, type);
    case 'percentile':
      return ranked(dialect, steps, window, rows, matches!, quantity.percent);
    case 'ordered':
      throw new TypeError('an ordered correlation is a chain');
  }
}

function distinctColumns({ members }: SlidingWindow): string[] {
  return members[0]!.values.map((_, index) => `v${index + 1}`);
}

/** Each row comes with these quantities, and goes with the same below zero. */
function moves(
  steps: NamedSteps,
  window: SlidingWindow,
  rows: string,
  quantities: Readonly<Record<string, string>>,
): string {
  const signed = Object.entries(quantities).map(
    ([name, of]) => `CASE WHEN step = 1 THEN ${of} ELSE -${of} END AS ${name}`,
  );
  const columns = [...groupColumns(window), ...entersAndLeaves(window), ...signed];
  return steps.add('moves', `SELECT ${list(columns)} FROM ${rows} CROSS JOIN ${BOTH_ENDS}`);
}

/** Each run of equal values comes and goes once; where every step is wanted, each match is one, also of `matches` without a value. */
function runs(steps: NamedSteps, window: SlidingWindow, rows: string, matches: string | null, by: string[]): string {
  const { timespanMs, everyStep } = window;
  const g = list(groupColumns(window));
  const over = `OVER (PARTITION BY ${list([g, ...by])} ORDER BY t)`;
  const neighbours = steps.add(
    'neighbours',
    `SELECT ${list([g, ...by])}, t, lag(t) ${over} AS before_t, lead(t) ${over} AS after_t FROM ${rows}`,
  );
  const isFirst = `step = 1 AND (before_t IS NULL OR t - before_t > ${timespanMs})`;
  const isLast = `step = 0 AND (after_t IS NULL OR after_t - t > ${timespanMs})`;
  const change = `CASE WHEN ${isFirst} THEN 1 WHEN ${isLast} THEN -1 ELSE 0 END AS d`;
  const columns = [g, ...entersAndLeaves(window), change, ...(by[0] === 'rule' ? by : [])];
  const moved = `SELECT ${list(columns)} FROM ${neighbours} CROSS JOIN ${BOTH_ENDS}\nWHERE ${everyStep ? 'step = 1' : isFirst} OR ${isLast}`;
  const marks = everyStep && matches !== null ? [`SELECT ${g}, t, 1, 0 FROM ${matches}`] : [];
  return steps.add('moves', union([moved, ...marks]));
}

function running(steps: NamedSteps, window: SlidingWindow, changes: string, what: string): string {
  const g = list(groupColumns(window));
  const summed = steps.add(
    'summed',
    `SELECT ${g}, t, max(step) AS step, ${what} AS d FROM ${changes} GROUP BY ${g}, t`,
  );
  return steps.add('measured', `SELECT ${g}, t, step, ${total(g, 'd')} AS value FROM ${summed}`);
}

function expressed(steps: NamedSteps, window: SlidingWindow, changes: string, rules: number, holds: string): string {
  const g = list(groupColumns(window));
  const all = Array.from({ length: rules }, (_, rule) => rule);
  const changed = all.map((rule) => `sum(CASE WHEN rule = ${rule} THEN d ELSE 0 END) AS d_${rule}`);
  const summed = steps.add(
    'summed',
    `SELECT ${g}, t, max(step) AS step, ${list(changed)} FROM ${changes} GROUP BY ${g}, t`,
  );
  const present = all.map((rule) => `${total(g, `d_${rule}`)} AS present_${rule}`);
  const counted = steps.add('present', `SELECT ${g}, t, step, ${list(present)} FROM ${summed}`);
  const sum = all.map((rule) => `present_${rule}`).join(' + ');
  return steps.add(
    'measured',
    `SELECT ${g}, t, step, CASE WHEN ${sum} > 0 AND ${holds} THEN ${sum} END AS value FROM ${counted}`,
  );
}

/** A sum or a mean; of no number there is none. */
function totals(
  dialect: Dialect,
  steps: NamedSteps,
  window: SlidingWindow,
  rows: string,
  matches: string,
  type: SqlType,
): string {
  const g = list(groupColumns(window));
  const numbers = steps.add('numbers', `SELECT * FROM ${rows} WHERE v1 IS NOT NULL`);
  const moved = moves(steps, window, numbers, { d: 'v1', n: '1' });
  const all = steps.add('stepped', union([`SELECT * FROM ${moved}`, `SELECT ${g}, t, 1, 0, 0 FROM ${matches}`]));
  const summed = steps.add(
    'summed',
    `SELECT ${g}, t, max(step) AS step, sum(d) AS d, sum(n) AS n FROM ${all} GROUP BY ${g}, t`,
  );
  const totalled = steps.add(
    'totals',
    `SELECT ${g}, t, step, ${total(g, 'd')} AS d, ${total(g, 'n')} AS n FROM ${summed}`,
  );
  const double = type === 'decimal' ? dialect.sum('d') : dialect.cast('d', 'double');
  const sum = type === 'whole' ? 'd' : double;
  const value = window.quantity.kind === 'mean' ? `${double} / ${dialect.cast('n', 'double')}` : sum;
  return steps.add('measured', `SELECT ${g}, t, step, CASE WHEN n > 0 THEN ${value} END AS value FROM ${totalled}`);
}

/** A percentile has no difference that could be added up: it is taken over the window of each row. */
function ranked(
  dialect: Dialect,
  steps: NamedSteps,
  window: SlidingWindow,
  rows: string,
  matches: string,
  percent: number,
): string {
  const g = list(groupColumns(window));
  const all = steps.add(
    'stepped',
    union([
      `SELECT ${g}, t, 1 AS step, v1 FROM ${rows} WHERE v1 IS NOT NULL`,
      `SELECT ${list([g, ...entersAndLeaves(window)])}, NULL FROM ${matches} CROSS JOIN ${BOTH_ENDS}`,
    ]),
  );
  const over = `OVER (PARTITION BY ${g} ORDER BY t RANGE BETWEEN ${window.timespanMs} PRECEDING AND CURRENT ROW)`;
  const taken = steps.add(
    'taken',
    `SELECT ${g}, t, step, ${dialect.slidingPercentile('v1', percent)} ${over} AS value FROM ${all}`,
  );
  return steps.add('measured', `SELECT ${g}, t, max(step) AS step, max(value) AS value FROM ${taken} GROUP BY ${g}, t`);
}

function total(g: string, what: string): string {
  return `sum(${what}) OVER (PARTITION BY ${g} ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
}

/** A boolean expression over the columns that say whether a rule has matched. */
function overRules(expression: BooleanTree<number>): string {
  switch (expression.op) {
    case 'and':
      return `(${expression.all.map(overRules).join(' AND ')})`;
    case 'or':
      return `(${expression.any.map(overRules).join(' OR ')})`;
    case 'not':
      return `NOT ${overRules(expression.expr)}`;
    case 'test':
      return `present_${expression.test} > 0`;
  }
}

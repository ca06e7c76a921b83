import type { SlidingWindow } from '../plan/types';
import type { Dialect } from './dialect';
import type { Members } from './members';
import { BOTH_ENDS, entersAndLeaves } from './ends';
import { groupColumns } from './group';
import { list, type NamedSteps } from './query';

/**
 * The length of the longest chain in the written order, as rows of the group, `t`, `value` and `step`. `b1`, `b2` … hold, of the chains of that length that
 * end with a match, when the latest began: a chain lies in a window exactly if it begins in it, so that a running maximum for each length
 * is all that is needed.
 */
export function chainRows(_: Dialect, steps: NamedSteps, window: SlidingWindow, { rows: matches }: Members): string {
  const g = list(groupColumns(window));
  const rules = window.quantity.kind === 'ordered' ? window.quantity.rules : 0;
  const whole = wantsAll(window, rules);
  let rows = steps.add(
    'links',
    `SELECT ${g}, t, rule, ${whole ? 'CASE WHEN rule = 0 THEN t END' : 't'} AS b1 FROM ${matches}`,
  );
  for (let length = 2; length <= rules; length++) {
    const ends = Array.from({ length: rules - length + 1 }, (__, i) => length - 1 + i).slice(0, whole ? 1 : undefined);
    const cases = ends.map((rule) => {
      const before = whole ? `rule = ${rule - 1}` : `rule < ${rule}`;
      const latest = `max(CASE WHEN ${before} THEN b${length - 1} END) OVER (PARTITION BY ${g} ORDER BY t, rule ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
      return `WHEN ${rule} THEN ${latest}`;
    });
    rows = steps.add('links', `SELECT *, CASE rule ${cases.join(' ')} END AS b${length} FROM ${rows}`);
  }
  const lengths = Array.from({ length: rules }, (__, i) => rules - i);
  const begun = lengths.map((length) => `b${length}`);
  const all = steps.add(
    'stepped',
    `SELECT ${list([g, ...entersAndLeaves(window), ...begun.map((name) => `CASE WHEN step = 1 THEN ${name} END AS ${name}`)])} FROM ${rows} CROSS JOIN ${BOTH_ENDS}`,
  );
  const latest = begun.map((name) => `max(${name}) AS ${name}`);
  const summed = steps.add('summed', `SELECT ${g}, t, max(step) AS step, ${list(latest)} FROM ${all} GROUP BY ${g}, t`);
  const over = `OVER (PARTITION BY ${g} ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
  const cases = lengths.map((length) => `WHEN max(b${length}) ${over} >= t - ${window.timespanMs} THEN ${length}`);
  return steps.add('measured', `SELECT ${g}, t, step, CASE ${cases.join(' ')} ELSE 0 END AS value FROM ${summed}`);
}

/** Whether nothing shorter than a whole chain satisfies the condition, so that each match has one place in it only. */
export function wantsAll({ condition: { gt, gte, lt, lte, eq, neq } }: SlidingWindow, rules: number): boolean {
  if ([lt, lte, eq, neq].some((bound) => bound !== undefined)) return false;
  return (gte !== undefined && Number(gte) > rules - 1) || (gt !== undefined && Number(gt) >= rules - 1);
}

import type { CorrelationCondition } from '@tollgate/sigma/rules/model';
import type { SlidingWindow } from '../plan/types';
import { chainRows } from './chain';
import type { Dialect } from './dialect';
import { groupColumns } from './group';
import { writeMembers, type Lookback } from './members';
import { list, type NamedSteps } from './query';
import { sweepRows } from './sweep';

/** Later than any time; nothing ends a condition that silence satisfies. */
const NEVER = '9000000000000000';

/**
 * Writes the steps at which a window's condition holds, as rows of the group, `t`, `value` and `until`: the last millisecond up to which it holds,
 * unless there is another step before. Gives the step's name. Only those from `since` on are sure to have all of their window.
 */
export function writeWindow(dialect: Dialect, steps: NamedSteps, window: SlidingWindow, reach: Lookback): string {
  const g = list(groupColumns(window));
  const members = writeMembers(dialect, steps, window, reach, writeWindow);
  const rows = (window.op === 'chain' ? chainRows : sweepRows)(dialect, steps, window, members);
  const met = steps.add(
    'judged',
    `SELECT ${g}, t, step, value, coalesce(${holds(window.condition)}, FALSE) AS met FROM ${rows}`,
  );
  const stops = window.silent ? 'step = 1' : 'step = 1 OR NOT met';
  const next = `min(CASE WHEN ${stops} THEN t END) OVER (PARTITION BY ${g} ORDER BY t ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)`;
  const bounded = steps.add(
    'bounded',
    `SELECT ${g}, t, step, value, met, coalesce(${next}, ${NEVER}) - 1 AS until FROM ${met}`,
  );
  return steps.add('held', `SELECT ${g}, t, value, until FROM ${bounded} WHERE step = 1 AND met`);
}

/** Writes the episodes: rows of the group, `started`, `until` and the `value` at the start. A group is armed again after more than one timespan without. */
export function writeEpisodes(steps: NamedSteps, window: SlidingWindow, held: string, since: string): string {
  const g = list(groupColumns(window));
  const sure = steps.add('sure', `SELECT ${g}, t, value, until FROM ${held} WHERE t >= ${since}`);
  const before = `max(until) OVER (PARTITION BY ${g} ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
  const followed = steps.add('followed', `SELECT ${g}, t, value, until, ${before} AS before_until FROM ${sure}`);
  const starts = `before_until IS NULL OR t - before_until > ${window.timespanMs}`;
  const started = steps.add(
    'armed',
    `SELECT ${g}, t, value, until, CASE WHEN ${starts} THEN 1 ELSE 0 END AS starts FROM ${followed}`,
  );
  const episode = `sum(starts) OVER (PARTITION BY ${g} ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
  const numbered = steps.add('numbered', `SELECT ${g}, t, value, until, starts, ${episode} AS episode FROM ${started}`);
  return steps.add(
    'episodes',
    `SELECT ${g}, min(t) AS started, max(until) AS until, max(CASE WHEN starts = 1 THEN value END) AS value\nFROM ${numbered} GROUP BY ${g}, episode`,
  );
}

/** What a condition asks of `value`; an expression over rules has been asked already, and has no value where it does not hold. */
function holds({ gt, gte, lt, lte, eq, neq, expression }: CorrelationCondition): string {
  if (expression !== undefined) return 'value IS NOT NULL';
  const bounds = { '>': gt, '>=': gte, '<': lt, '<=': lte, '=': eq, '<>': neq };
  const written = Object.entries(bounds).flatMap(([op, bound]) =>
    bound === undefined ? [] : [`value ${op} ${bound}`],
  );
  return written.length === 0 ? 'value IS NOT NULL' : written.join(' AND ');
}

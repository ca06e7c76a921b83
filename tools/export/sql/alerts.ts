import type { DetectorPlan } from '../plan/types';
import { qualified } from './columns';
import type { Dialect } from './dialect';
import { RUN } from './hunt';
import { ALERTS } from './tables';

/**
 * Adds what a detector finds now to the table of alerts. New is an episode that touches none of its group which is there: a later run, or a record that
 * comes late, may find an episode earlier, longer or in two, and tells it once. A finding of a hunt goes on while consecutive runs have it.
 */
export function addAlerts(dialect: Dialect, view: string, plan: DetectorPlan, firstMeasure: string | null): string {
  const alerts = qualified(dialect, ALERTS);
  const detector = dialect.text(view);
  const found =
    plan.kind === 'hunt'
      ? `SELECT group_key, run_ms AS started_ms, run_ms AS until_ms, ${dialect.cast(dialect.identifier(firstMeasure!), 'double')} AS value`
      : `SELECT group_key, started_ms, until_ms, ${dialect.cast('value', 'double')} AS value`;
  const apart = gapOf(plan);
  const same = `a.detector = ${detector} AND a.group_key = f.group_key`;
  const touches = `a.started_ms <= f.until_ms + ${apart} AND f.started_ms <= a.until_ms + ${apart}`;
  return `INSERT INTO ${alerts}
SELECT ${detector}, f.group_key, f.started_ms, f.until_ms, f.value, (SELECT run_ms FROM ${qualified(dialect, RUN)}),
  NOT EXISTS (SELECT 1 FROM ${alerts} AS a WHERE ${same} AND ${touches})
FROM (${found} FROM ${qualified(dialect, view)}) AS f
WHERE NOT EXISTS (SELECT 1 FROM ${alerts} AS a WHERE ${same} AND a.started_ms = f.started_ms AND a.until_ms = f.until_ms);
`;
}

/** How far apart two findings of one group are at most that are one episode. */
function gapOf(plan: DetectorPlan): number {
  if (plan.kind === 'events') return 0;
  return plan.kind === 'episodes' ? plan.window.timespanMs : (plan.hunt.schedule?.everyMs ?? plan.hunt.windowMs);
}

import type { DetectorPlan } from '../plan/types';
import type { Dialect } from './dialect';
import { ALERTS, RUN } from './tables';

/**
 * Adds what a detector finds now to the table of alerts. New is an episode that touches none of its group which is there: a later run, or a record that
 * comes late, may find an episode earlier, longer or in two, and tells it once. A finding of a hunt goes on while consecutive runs have it.
 */
export function addAlerts(dialect: Dialect, view: string, plan: DetectorPlan, firstMeasure: string | null): string {
  const alerts = dialect.relation(ALERTS);
  const detector = dialect.text(view);
  const value = dialect.cast(firstMeasure === null ? 'value' : dialect.identifier(firstMeasure), 'double');
  const [started, until] = plan.kind === 'hunt' ? ['run_ms', 'run_ms'] : ['started_ms', 'until_ms'];
  const apart = gapOf(plan);
  const count = (test: string) => `sum(CASE WHEN ${test} THEN 1 ELSE 0 END)`;
  const touches = count(`a.first_ms <= f.last_ms + ${apart} AND f.first_ms <= a.last_ms + ${apart}`);
  const same = count('a.first_ms = f.first_ms AND a.last_ms = f.last_ms');
  return `INSERT INTO ${alerts} (detector, group_key, started_ms, until_ms, value, run_ms, is_new)
SELECT ${detector}, f.group_key, f.first_ms, f.last_ms, f.found, r.at_ms, ${touches} = 0
FROM (SELECT group_key, ${started} AS first_ms, ${until} AS last_ms, ${value} AS found FROM ${dialect.relation(view)}) AS f
CROSS JOIN (SELECT run_ms AS at_ms FROM ${dialect.relation(RUN)}) AS r
LEFT JOIN (SELECT group_key AS known, started_ms AS first_ms, until_ms AS last_ms FROM ${alerts} WHERE detector = ${detector}) AS a ON a.known = f.group_key
GROUP BY f.group_key, f.first_ms, f.last_ms, f.found, r.at_ms
HAVING ${same} = 0${dialect.settings};
`;
}

/** How far apart two findings of one group are at most that are one episode. */
export function gapOf(plan: DetectorPlan): number {
  if (plan.kind === 'events') return 0;
  return plan.kind === 'episodes' ? plan.window.timespanMs : (plan.hunt.schedule?.everyMs ?? plan.hunt.windowMs);
}

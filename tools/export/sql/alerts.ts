import type { DetectorPlan } from '../plan/types';
import type { Dialect } from './dialect';
import { ALERTS, RUN } from './tables';

/**
 * Adds what a detector finds now to the table of alerts. New is an episode that touches none of its group which is there: a later run, or a record that
 * comes late, may find an episode earlier, longer or in two, and tells it once. A finding of a hunt goes on while consecutive runs have it.
 */
export function addAlerts(dialect: Dialect, view: string, plan: DetectorPlan): string {
  const alerts = dialect.relation(ALERTS);
  const columns = 'detector, group_key, started_ms, until_ms, value, run_ms, is_new';
  const found = findings(dialect, view, plan, dialect.relation(view), alerts);
  return `INSERT INTO ${alerts} (${columns})\n${found}${dialect.settings};\n`;
}

/** What a detector, as a relation, finds that is not yet among the alerts of the relation `told`: rows of that relation's columns. */
export function findings(dialect: Dialect, name: string, plan: DetectorPlan, detector: string, told: string): string {
  const measure = plan.kind === 'hunt' ? dialect.identifier(plan.hunt.measures[0]!.name) : 'value';
  const value = dialect.cast(measure, 'double');
  const [started, until] = plan.kind === 'hunt' ? ['run_ms', 'run_ms'] : ['started_ms', 'until_ms'];
  const apart = gapOf(plan);
  const count = (test: string) => `sum(CASE WHEN ${test} THEN 1 ELSE 0 END)`;
  const touches = count(`a.first_ms <= f.last_ms + ${apart} AND f.first_ms <= a.last_ms + ${apart}`);
  const same = count('a.first_ms = f.first_ms AND a.last_ms = f.last_ms');
  return `SELECT ${dialect.text(name)} AS detector, f.group_key, f.first_ms AS started_ms, f.last_ms AS until_ms, f.found AS value, r.at_ms AS run_ms, ${touches} = 0 AS is_new
FROM (SELECT group_key, ${started} AS first_ms, ${until} AS last_ms, ${value} AS found FROM ${detector}) AS f
CROSS JOIN (SELECT run_ms AS at_ms FROM ${dialect.relation(RUN)}) AS r
LEFT JOIN (SELECT group_key AS known, started_ms AS first_ms, until_ms AS last_ms FROM ${told} WHERE detector = ${dialect.text(name)}) AS a ON a.known = f.group_key
GROUP BY f.group_key, f.first_ms, f.last_ms, f.found, r.at_ms
HAVING ${same} = 0`;
}

/** How far apart two findings of one group are at most that are one episode. */
export function gapOf(plan: DetectorPlan): number {
  if (plan.kind === 'events') return 0;
  return plan.kind === 'episodes' ? plan.window.timespanMs : (plan.hunt.schedule?.everyMs ?? plan.hunt.windowMs);
}

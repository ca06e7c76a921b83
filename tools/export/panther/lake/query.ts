import type { Contract } from '../../../telemetry/contract';
import { gapOf } from '../../sql/alerts';
import { tableName } from '../../sql/columns';
import { detectorQuery } from '../../sql/detector';
import type { Dialect } from '../../sql/dialect';
import { list, NamedSteps } from '../../sql/query';
import { RUN } from '../../sql/tables';
import type { DetectorPlan } from '../../plan/types';
import type { LakeSchedule } from './schedule';
import { LAG_MS } from './schedule';

/** A source and the query of its records. */
export interface SourceQuery {
  contract: Contract;
  query: string;
}

/**
 * One query that needs nothing but tables: what a detector finds at the run that is due, less what the run before found. Nobody keeps what was told, so the detector is asked twice:
 * of what counts now, and of what counted at the run before. An episode that touches none of then is new.
 */
export function scheduledQuery(
  dialect: Dialect,
  plan: DetectorPlan,
  sources: readonly SourceQuery[],
  schedule: LakeSchedule,
): string {
  const steps = new NamedSteps(dialect.once);
  for (const { contract, query } of sources) steps.add(dialect.identifier(tableName(contract)), query);
  const due = steps.add('due', `SELECT ${runDue(dialect, schedule)} AS due_ms`);
  const { everyMs } = schedule;
  const again = plan.kind === 'episodes' ? 2 * plan.window.timespanMs : 0;
  const asked = (atMs: string, sinceMs: string) => {
    const nothing = ['from_ms', 'to_ms'].map((name) => `${dialect.cast('NULL', 'long')} AS ${name}`);
    const run = `SELECT ${list([`${sinceMs} AS since_ms`, `${atMs} AS run_ms`, ...nothing])} FROM ${due}`;
    return `WITH ${dialect.relation(RUN)} AS (${run})\nSELECT * FROM (\n${detectorQuery(dialect, plan, false)}\n) AS answer`;
  };
  const now = steps.add('found_now', asked('due_ms', `due_ms - ${everyMs}`));
  const before = steps.add('found_before', asked(`due_ms - ${everyMs}`, `due_ms - ${everyMs + again}`));
  const [first, last] = plan.kind === 'hunt' ? ['run_ms', 'run_ms'] : ['started_ms', 'until_ms'];
  const apart = gapOf(plan);
  const touches = `b.group_key = n.group_key AND b.${first} <= n.${last} + ${apart} AND n.${first} <= b.${last} + ${apart}`;
  return `${steps.close(`SELECT n.* FROM ${now} AS n LEFT JOIN ${before} AS b ON ${touches}\nWHERE b.group_key IS NULL\nORDER BY n.${first}, n.group_key`)}${dialect.settings}`;
}

/** The moment up to which records count: that of the nearest start by the schedule, so that a run may be early or late by half an interval. */
function runDue(dialect: Dialect, { everyMs, offsetMs }: LakeSchedule): string {
  const shifted = `(${dialect.now} - ${offsetMs} + ${Math.floor(everyMs / 2)})`;
  return `${shifted} - ${dialect.remainder(shifted, everyMs)} + ${offsetMs - LAG_MS}`;
}

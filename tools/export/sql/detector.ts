import { rolesOf } from '../plan/contracts';
import { snake } from '../plan/names';
import { delayOf, reachOf, sourcesOf } from '../plan/reach';
import type { DetectorPlan, SlidingWindow, Source } from '../plan/types';
import { columnOf, OWN, tableName } from './columns';
import type { Dialect } from './dialect';
import { huntQuery } from './hunt';
import { predicate } from './predicate';
import { list, NamedSteps, union } from './query';
import { groupColumns } from './group';
import { RUN } from './tables';
import { writeEpisodes, writeWindow } from './window';

/**
 * The query of a detector over all records that were delivered by `run_ms`: rows with `group_key`, the group's fields, and for a rule `started_ms`, `until_ms`
 * and `value`. Of a rule only what holds after `since_ms` less the longest delay of its sources is there: nothing before can have changed; `catchesUp`: and what
 * holds after the first of the records that came in since, since a log may be silent for longer and be filled later. That is for those who know what was told,
 * and whose engine need not know the time while it plans.
 */
export function detectorQuery(dialect: Dialect, plan: DetectorPlan, catchesUp = true): string {
  const steps = new NamedSteps();
  if (plan.kind === 'hunt') return steps.close(huntQuery(dialect, steps, plan.hunt));
  const since = writeSince(dialect, steps, plan.kind === 'events' ? plan.source : plan.window, catchesUp);
  const delivered = `(SELECT run_ms FROM ${dialect.relation(RUN)})`;
  if (plan.kind === 'events') return steps.close(eventsQuery(dialect, plan.source, since, delivered));
  const { window } = plan;
  const held = writeWindow(dialect, steps, window, { from: `${since} - ${reachOf(window)}`, delivered });
  const episodes = writeEpisodes(steps, window, held, since);
  const g = groupColumns(window);
  const fields = window.by.map((field, index) => `${g[index]!} AS ${dialect.identifier(snake(field))}`);
  return steps.close(
    `SELECT ${list([`${dialect.key(g)} AS group_key`, ...fields, 'started AS started_ms', 'until AS until_ms', 'value'])}\nFROM ${episodes}\nORDER BY started, group_key`,
  );
}

/** Writes from when on what holds can have changed since the last run; gives an expression of it. */
function writeSince(dialect: Dialect, steps: NamedSteps, of: Source | SlidingWindow, catchesUp: boolean): string {
  const run = dialect.relation(RUN);
  const [time, ingested] = [OWN.time, OWN.ingested].map((name) => dialect.identifier(name));
  if (!catchesUp) return `((SELECT since_ms FROM ${run}) - ${delayOf(of)})`;
  const come = sourcesOf(of).map(
    (contract) =>
      `SELECT min(${time}) AS from_ms FROM ${dialect.relation(tableName(contract))} WHERE ${ingested} > (SELECT since_ms FROM ${run}) AND ${ingested} <= (SELECT run_ms FROM ${run})`,
  );
  const changes = steps.add('changes', union([`SELECT since_ms - ${delayOf(of)} AS from_ms FROM ${run}`, ...come]));
  return `(SELECT from_ms FROM ${steps.add('changed', `SELECT min(from_ms) AS from_ms FROM ${changes}`)})`;
}

/** Each event alerts. What an analyst asks first stands in the columns: who, to where, and what the rule read. */
function eventsQuery(
  dialect: Dialect,
  { contract, predicate: expr }: Source,
  since: string,
  delivered: string,
): string {
  const named = rolesOf(contract).map((field) => dialect.identifier(columnOf(contract, field).name));
  const [id, time, ingested] = [OWN.id, OWN.time, OWN.ingested].map((name) => dialect.identifier(name)) as [
    string,
    string,
    string,
  ];
  const key = dialect.key([id]);
  return `SELECT ${list([`${key} AS group_key`, ...named, id, `${time} AS started_ms`, `${time} AS until_ms`, '1 AS value'])}
FROM ${dialect.relation(tableName(contract))}
WHERE ${time} >= ${since}
  AND ${ingested} <= ${delivered}
  AND ${predicate(dialect, contract, expr)}
ORDER BY started_ms, ${id}`;
}

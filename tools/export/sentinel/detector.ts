import type { DetectorPlan, Hunt, SlidingWindow, Source } from '../plan/types';
import { snake } from '../sql/columns';
import { huntRows } from './hunt';
import { NamedSteps } from './kql';
import { predicate } from './predicate';
import { eventSchedule, huntSchedule, slackOf, windowSchedule, type Schedule } from './schedule';
import { columnOf, columnsOf, functionName } from './source';
import { episodeRows, groupColumns, heldRows } from './window';

/** A query with the columns that its rows have: the group's or the event's fields first. */
export interface Query {
  query: string;
  fields: { field: string; column: string }[];
  /** Beside the fields. */
  measures: string[];
}

const NOW = 'let now_ms = datetime_diff("millisecond", now(), datetime(1970-01-01));';

/** The query of a rule that Sentinel runs by a schedule: rows for what the run before did not find. Throws `NotExportable`. */
export function scheduledQuery(plan: DetectorPlan): Query & { schedule: Schedule } {
  switch (plan.kind) {
    case 'events': {
      const schedule = eventSchedule(plan.source);
      return { schedule, ...eventQuery(plan.source, `ingested > now_ms - ${schedule.sinceMs + slackOf(schedule.frequencyMs)} and ingested <= now_ms`) };
    }
    case 'episodes': {
      const schedule = windowSchedule(plan.window);
      return { schedule, ...newEpisodes(plan.window, schedule) };
    }
    case 'hunt': {
      const schedule = huntSchedule(plan.hunt);
      return { schedule, ...newFindings(plan.hunt) };
    }
  }
}

/** The query of a hunt that somebody starts: what the run at the last tick finds, or at the tick before a moment that is written into its first line. */
export function huntingQuery(hunt: Hunt): Query {
  const every = hunt.schedule?.everyMs ?? hunt.windowMs;
  const delay = hunt.schedule?.delayMs ?? 0;
  const order = hunt.sort.map(({ by, descending }) => `${by} ${descending ? 'desc' : 'asc'}`);
  const query = [
    'let at = now();',
    'let at_ms = datetime_diff("millisecond", at, datetime(1970-01-01));',
    findings(hunt),
    `Found((at_ms - ${delay}) / ${every} * ${every})`,
    `| project ${[...named(hunt.by, hunt), ...hunt.columns].join(', ')}`,
    ...(order.length > 0 ? [`| sort by ${order.join(', ')}`] : []),
  ].join('\n');
  return { query, fields: fieldsOf(hunt.by), measures: hunt.columns };
}

function eventQuery({ contract, predicate: expr }: Source, when: string): Query {
  const { asset, identity, destination } = contract.roles;
  const known = columnsOf(contract);
  const fields = [...new Set([asset, identity, destination].flatMap((field) => (field !== null && known.has(field) ? [field] : [])))];
  const columns = fields.map((field) => ({ field, column: columnOf(contract, field).name }));
  const query = [
    NOW,
    functionName(contract),
    `| where ${when}`,
    `| where ${predicate(contract, expr)}`,
    `| project TimeGenerated, started = unixtime_milliseconds_todatetime(ts), value = 1${columns.map(({ column }) => `, ${column}`).join('')}`,
  ].join('\n');
  return { query, fields: columns, measures: ['started', 'value'] };
}

/** The condition is evaluated twice, on all that has come and on what the run before had seen; what touches an episode of then is told already. */
function newEpisodes(window: SlidingWindow, { frequencyMs, sinceMs }: Schedule): Query {
  const g = groupColumns(window);
  const steps = new NamedSteps();
  const since = `now_ms - ${sinceMs}`;
  const held = heldRows(steps, window, `${since} - ${window.timespanMs}`);
  const body = steps.close(episodeRows(window, held, since));
  const [on, span] = [g.join(', '), window.timespanMs];
  const columns = window.by.map((field, index) => ({ field, column: snake(field), g: `g${index + 1}` }));
  const query = [
    NOW,
    `let Found = (asof: long) {\n${body}\n};`,
    'Found(now_ms)',
    `| join kind=leftouter (Found(now_ms - ${frequencyMs + slackOf(frequencyMs)}) | project ${on}, told = started, told_until = until) on ${on}`,
    `| summarize told = countif(isnotnull(told) and started <= told_until + ${span} and told <= until + ${span}) by ${on}, started, until, value`,
    '| where told == 0',
    `| project ${['TimeGenerated = now()', 'started = unixtime_milliseconds_todatetime(started)', 'value', ...columns.map(({ column, g: from }) => `${column} = ${from}`)].join(', ')}`,
  ].join('\n');
  return { query, fields: columns.map(({ field, column }) => ({ field, column })), measures: ['started', 'value'] };
}

/** What the run at the last tick finds and the one before it did not. */
function newFindings(hunt: Hunt): Query {
  const g = hunt.by.map((_, index) => `g${index + 1}`).join(', ');
  const { everyMs, delayMs } = hunt.schedule!;
  const query = [
    NOW,
    `let last_tick = (now_ms - ${delayMs}) / ${everyMs} * ${everyMs};`,
    findings(hunt),
    `Found(last_tick)\n| join kind=leftanti (Found(last_tick - ${everyMs})) on ${g}`,
    `| project ${['TimeGenerated = now()', ...named(hunt.by, hunt), ...hunt.columns].join(', ')}`,
  ].join('\n');
  return { query, fields: fieldsOf(hunt.by), measures: hunt.columns };
}

function findings(hunt: Hunt): string {
  return `let Found = (tick: long) {\n${huntRows(hunt)}\n};`;
}

function named(by: readonly string[], { columns }: Hunt): string[] {
  return fieldsOf(by).map(({ column }, index) => `${columns.includes(column) ? `${column}_1` : column} = g${index + 1}`);
}

function fieldsOf(by: readonly string[]): Query['fields'] {
  return by.map((field) => ({ field, column: snake(field) }));
}

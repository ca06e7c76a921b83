import type { DetectorPlan, Hunt, SlidingWindow, Source } from '../plan/types';
import { rolesOf } from '../plan/contracts';
import { outputColumns } from '../plan/names';
import { slackOf, type RunSchedule } from '../plan/reach';
import { groupColumns } from '../sql/group';
import { huntRows } from './hunt';
import { identifier, LetSteps } from './kql';
import { predicate } from './predicate';
import { eventSchedule, huntSchedule, LAG, windowSchedule } from './schedule';
import { columnOf, functionName, SEEN, seenBy } from './source';
import { episodeRows, heldRows } from './window';

/** A query with the columns that its rows have: the group's or the event's fields first. */
export interface KqlQuery {
  query: string;
  fields: { field: string; column: string }[];
  /** Beside the fields. */
  measures: string[];
}

/** What an answer of a rule has beside its fields. */
const MEASURES = ['started', 'value'];

const NOW = 'let now_ms = datetime_diff("millisecond", now(), datetime(1970-01-01));';

/** The query of a rule that Sentinel runs by a schedule: rows for what the run before did not find. Throws `NotExportable`. */
export function scheduledQuery(plan: DetectorPlan): KqlQuery & { schedule: RunSchedule } {
  switch (plan.kind) {
    case 'events': {
      const schedule = eventSchedule(plan.source);
      const before = schedule.frequencyMs + slackOf(schedule.frequencyMs);
      return { schedule, ...eventQuery(plan.source, `${SEEN} > now_ms - ${before} and ${seenBy('now_ms')}`) };
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
export function huntingQuery(hunt: Hunt): KqlQuery {
  const every = hunt.schedule?.everyMs ?? hunt.windowMs;
  const delay = hunt.schedule?.delayMs ?? 0;
  const columns = hunt.columns.map(identifier);
  const fields = outputs(hunt.by, hunt.columns);
  const order = hunt.sort.map(({ by, descending }) => `${identifier(by)} ${descending ? 'desc' : 'asc'}`);
  const query = [
    'let at = now();',
    'let at_ms = datetime_diff("millisecond", at, datetime(1970-01-01));',
    findings(hunt),
    `Found((at_ms - ${delay}) / ${every} * ${every})`,
    `| project ${[...renamed(fields), ...columns].join(', ')}`,
    ...(order.length > 0 ? [`| sort by ${order.join(', ')}`] : []),
  ].join('\n');
  return { query, fields, measures: hunt.columns };
}

function eventQuery({ contract, predicate: expr }: Source, when: string): KqlQuery {
  const columns = outputs(rolesOf(contract), MEASURES);
  const query = [
    NOW,
    functionName(contract),
    `| where ${when}`,
    `| where ${predicate(contract, expr)}`,
    `| project TimeGenerated, started = unixtime_milliseconds_todatetime(ts), value = 1${columns.map(({ field, column }) => `, ${identifier(column)} = ${columnOf(contract, field).name}`).join('')}`,
  ].join('\n');
  return { query, fields: columns, measures: MEASURES };
}

/** The condition is evaluated twice, on all that has come and on what the run before had seen; what touches an episode of then is told already. */
function newEpisodes(window: SlidingWindow, { frequencyMs, sinceMs }: RunSchedule): KqlQuery {
  const g = groupColumns(window);
  const steps = new LetSteps();
  const since = `now_ms - ${sinceMs}`;
  const held = heldRows(steps, window, `${since} - ${window.timespanMs}`);
  const body = steps.close(episodeRows(window, held, since));
  const [on, span] = [g.join(', '), window.timespanMs];
  const fields = outputs(window.by, MEASURES);
  const query = [
    NOW,
    `let Found = (asof: long) {\n${body}\n};`,
    'Found(now_ms)',
    `| join kind=leftouter (Found(now_ms - ${frequencyMs + slackOf(frequencyMs)}) | project ${on}, told = started, told_until = until) on ${on}`,
    `| summarize told = countif(isnotnull(told) and started <= told_until + ${span} and told <= until + ${span}) by ${on}, started, until, value`,
    '| where told == 0',
    `| project ${['TimeGenerated = now()', 'started = unixtime_milliseconds_todatetime(started)', 'value', ...renamed(fields)].join(', ')}`,
  ].join('\n');
  return { query, fields, measures: MEASURES };
}

/** What the run at the last tick finds and the one before it did not. */
function newFindings(hunt: Hunt): KqlQuery {
  const g = hunt.by.map((_, index) => `g${index + 1}`).join(', ');
  const { everyMs, delayMs } = hunt.schedule!;
  const fields = outputs(hunt.by, hunt.columns);
  const query = [
    NOW,
    `let last_tick = (now_ms - ${delayMs + LAG}) / ${everyMs} * ${everyMs};`,
    findings(hunt),
    `Found(last_tick)\n| join kind=leftanti (Found(last_tick - ${everyMs})) on ${g}`,
    `| project ${['TimeGenerated = now()', ...renamed(fields), ...hunt.columns.map(identifier)].join(', ')}`,
  ].join('\n');
  return { query, fields, measures: hunt.columns };
}

function findings(hunt: Hunt): string {
  return `let Found = (tick: long) {\n${huntRows(hunt)}\n};`;
}

/** The columns of an answer for fields, by names that no other column of it has. */
function outputs(fields: readonly string[], others: readonly string[]): KqlQuery['fields'] {
  return outputColumns(fields, ['TimeGenerated', ...others]);
}

/** The group's columns by the names of its fields. */
function renamed(fields: KqlQuery['fields']): string[] {
  return fields.map(({ column }, index) => `${identifier(column)} = g${index + 1}`);
}

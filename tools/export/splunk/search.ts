import { rolesOf } from '../plan/contracts';
import { outputColumns } from '../plan/names';
import { slackOf, type RunSchedule } from '../plan/reach';
import { fieldsTested } from '../plan/fields';
import type { DetectorPlan, Hunt, SlidingWindow, Source } from '../plan/types';
import { groupColumns } from '../sql/group';
import { huntSteps, newFindingSteps, WINDOW, windowOfRun } from './hunt';
import { predicate } from './predicate';
import { recordSteps, type Shapes } from './records';
import { eventSchedule, huntSchedule, KNOW_RUN, LAG, RUN_AT, windowSchedule } from './schedule';
import { columnOf } from './source';
import { identifier, text } from './spl';
import { episodeSteps, newEpisodeSteps } from './window';

/** A search with the fields that its results have: the group's or the event's first. */
export interface SplunkSearch {
  spl: string;
  /** The contract's fields by the names that results have for them. */
  fields: { field: string; column: string }[];
  /** Beside the fields. */
  measures: string[];
  schedule: RunSchedule;
}

/** What a result of a rule has beside its fields. */
const MEASURES = ['started', 'value'];

/** The search of a detector: results for what the run before did not find. `filter` is the macro in which a site leaves results out. Throws `NotExportable`. */
export function searchOf(plan: DetectorPlan, shapes: Shapes, filter: string): SplunkSearch {
  const { steps, ...search } = unfiltered(plan, shapes);
  return { ...search, spl: [...steps, `| \`${filter}\``].join('\n') };
}

function unfiltered(plan: DetectorPlan, shapes: Shapes): Omit<SplunkSearch, 'spl'> & { steps: string[] } {
  switch (plan.kind) {
    case 'events':
      return events(plan.source, shapes);
    case 'episodes':
      return episodes(plan.window, shapes);
    case 'hunt':
      return findings(plan.hunt, shapes);
  }
}

function events(source: Source, shapes: Shapes): ReturnType<typeof unfiltered> {
  const { contract } = source;
  const schedule = eventSchedule(source);
  const roles = rolesOf(contract);
  const fields = outputs(roles, MEASURES);
  const before = LAG + schedule.frequencyMs + slackOf(schedule.frequencyMs);
  const steps = [
    ...recordSteps(contract, shapes, [...roles, ...fieldsTested(source.predicate)]),
    `| where ingested > ${RUN_AT} - ${before} AND ingested <= ${RUN_AT} - ${LAG}`,
    `| where ${predicate(contract, source.predicate)}`,
    `| eval ${[...fields.map(({ field, column }) => `${column}=${columnOf(contract, field).name}`), `started=${timeText('ts')}`, 'value=1'].join(', ')}`,
    tabled(fields, MEASURES),
  ];
  return { steps, fields, measures: MEASURES, schedule };
}

function episodes(window: SlidingWindow, shapes: Shapes): ReturnType<typeof unfiltered> {
  const schedule = windowSchedule(window);
  const { frequencyMs, sinceMs } = schedule;
  const sight = {
    fromMs: sinceMs + window.timespanMs,
    nowMs: LAG,
    beforeMs: LAG + frequencyMs + slackOf(frequencyMs),
  };
  const fields = outputs(window.by, MEASURES);
  const g = groupColumns(window);
  const steps = [
    ...episodeSteps(window, shapes, sight, sinceMs),
    ...newEpisodeSteps(window),
    `| eval ${[...fields.map(({ column }, index) => `${column}=${g[index]!}`), `_time=started / 1000, started=${timeText('started')}`].join(', ')}`,
    tabled(fields, MEASURES),
  ];
  return { steps, fields, measures: MEASURES, schedule };
}

function findings(hunt: Hunt, shapes: Shapes): ReturnType<typeof unfiltered> {
  const measures = hunt.columns.map(identifier);
  const fields = outputs(hunt.by, [...measures, ...WINDOW]);
  const bounds = windowOfRun(hunt).map((ms, index) => `${WINDOW[index]!}=${timeText(`(${ms})`)}`);
  const order = hunt.sort.map(({ by, descending }) => `${descending ? '-' : ''}${identifier(by)}`);
  const steps = [
    ...huntSteps(hunt, shapes),
    ...(hunt.schedule ? newFindingSteps(hunt) : []),
    KNOW_RUN,
    `| eval ${[...fields.map(({ column }, index) => `${column}=g${index + 1}`), '_time=info_max_time', ...bounds].join(', ')}`,
    ...(order.length > 0 ? [`| sort 0 ${order.join(', ')}`] : []),
    tabled(fields, [...measures, ...WINDOW]),
  ];
  return { steps, fields, measures, schedule: huntSchedule(hunt) };
}

/** Milliseconds as a text, by which a time of several parts is one value. */
function timeText(ms: string): string {
  return `strftime(${ms} / 1000, ${text('%Y-%m-%dT%H:%M:%S.%3N%z')})`;
}

function tabled(fields: SplunkSearch['fields'], measures: readonly string[]): string {
  return `| table _time, ${[...fields.map(({ column }) => column), ...measures].join(', ')}`;
}

/** Names of results for fields, which no other field of a result and no field of Splunk's own has. */
function outputs(fields: readonly string[], others: readonly string[]): SplunkSearch['fields'] {
  const named = outputColumns(fields, ['host', 'source', 'sourcetype', 'index', 'time', ...others]);
  return named.map(({ field, column }) => ({ field, column: identifier(column) }));
}

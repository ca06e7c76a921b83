import type { Level } from '@tollgate/sigma/rules/model';
import { contractsOf } from '../plan/contracts';
import { delayOf, reachOf } from '../plan/reach';
import type { DetectorPlan, ExportDetector, Hunt, SlidingWindow, Source } from '../plan/types';
import { Differences, ExportedFields } from '../lucene/fields';
import { indexPattern } from '../lucene/names';
import { luceneQuery } from '../lucene/query';
import { eventSchedule, windowSchedule } from '../schedule';
import { NotExportable } from '../target';
import { huntParameters, ticksOf, windowParameters } from './parameters';
import { metricOf } from './scripts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The time of a run, which the plugin writes in its place (https://docs.opensearch.org/latest/observing-your-data/alerting/per-query-bucket-monitors/). */
export const RUN = '{{period_end}}';

/** Of 1, the highest, to 5. */
const SEVERITY: Record<Level, string> = { critical: '1', high: '2', medium: '3', low: '4', informational: '5' };

/** So many groups are asked for at once; the plugin asks for the next as long as there are any. */
const GROUPS = 1000;

/** A monitor as `POST _plugins/_alerting/monitors` takes it. */
export interface Monitor {
  type: 'monitor';
  name: string;
  monitor_type: 'query_level_monitor' | 'bucket_level_monitor';
  enabled: false;
  schedule: { period: { interval: number; unit: 'MINUTES' } };
  inputs: [{ search: { indices: string[]; query: MonitorSearch } }];
  triggers: object[];
}

export interface MonitorSearch {
  size: number;
  query: object;
  aggregations?: object;
}

/** The monitor of a plan. Throws `NotExportable` for what no monitor can say. */
export function monitorOf(detector: ExportDetector, plan: DetectorPlan, differences: Differences): Monitor {
  const { everyMs, search } = searchOf(plan, differences);
  refuseVariables(search);
  const level = ('level' in detector ? detector.level : undefined) ?? 'medium';
  return {
    type: 'monitor',
    name: `Tollgate: ${detector.title}`,
    monitor_type: plan.kind === 'events' ? 'query_level_monitor' : 'bucket_level_monitor',
    enabled: false,
    schedule: { period: { interval: everyMs / MINUTE, unit: 'MINUTES' } },
    inputs: [{ search: { indices: contractsOf(plan).map(indexPattern), query: search } }],
    triggers: [
      plan.kind === 'events' ? onAny(detector.title, SEVERITY[level]) : onGroups(detector.title, SEVERITY[level]),
    ],
  };
}

function searchOf(plan: DetectorPlan, differences: Differences): { everyMs: number; search: MonitorSearch } {
  switch (plan.kind) {
    case 'events': {
      const { interval } = eventSchedule();
      differences.add('One alert tells of all records that came since the run before.');
      const filter = [
        { range: { 'event.ingested': { gt: before(interval), lte: RUN, format: 'epoch_millis' } } },
        found([plan.source], differences)!,
      ];
      return { everyMs: interval, search: { size: 10, query: { bool: { filter } } } };
    }
    case 'episodes':
      return windowSearch(plan.window, plan, differences);
    case 'hunt':
      return huntSearch(plan.hunt, differences);
  }
}

/**
 * A run tells a group as long as the condition held at a step of the time that it looks back on, so none is missed that came late; the plugin keeps one alert of a
 * group until a run does not tell it.
 */
function windowSearch(
  window: SlidingWindow,
  plan: DetectorPlan,
  differences: Differences,
): { everyMs: number; search: MonitorSearch } {
  const { interval } = windowSchedule(reachOf(window), contractsOf(plan));
  const since = window.timespanMs + delayOf(window) + interval;
  const metric = metricOf('window', { now: RUN, since, ...windowParameters(window, differences) });
  return { everyMs: interval, search: grouped(window.by, since + reachOf(window), sourcesIn(window), metric) };
}

function huntSearch(hunt: Hunt, differences: Differences): { everyMs: number; search: MonitorSearch } {
  const { every, delay } = ticksOf(hunt);
  const metric = metricOf('hunt', { now: RUN, ...huntParameters(hunt, differences) });
  const back = every + delay + hunt.settleMs + hunt.windowMs + hunt.baselineMs;
  return {
    everyMs: every,
    search: grouped(
      hunt.by,
      back,
      hunt.selections.map(({ source }) => source),
      metric,
    ),
  };
}

/** A search over the records of so long (ms) before the run, whose answer has a bucket for each group. */
function grouped(by: readonly string[], backMs: number, sources: readonly Source[], metric: object): MonitorSearch {
  const terms =
    by.length > 0 ? by.map((field) => ({ [field]: { terms: { field } } })) : [{ all: { terms: { script: "'all'" } } }];
  const narrowed = found(sources, null);
  const filter = [
    { range: { '@timestamp': { gt: before(backMs), format: 'epoch_millis' } } },
    { range: { 'event.ingested': { lte: RUN, format: 'epoch_millis' } } },
    ...(narrowed ? [narrowed] : []),
  ];
  return {
    size: 0,
    query: { bool: { filter } },
    aggregations: {
      groups: {
        composite: { size: GROUPS, sources: terms },
        aggregations: { found: { scripted_metric: metric } },
      },
    },
  };
}

/** What finds the records of any of the sources by their index; of no use without `differences` where Lucene can't say it, since the script asks again. */
function found(sources: readonly Source[], differences: Differences | null): object | null {
  try {
    const query = sources
      .map(({ contract, predicate }) =>
        luceneQuery(predicate, new ExportedFields(contract), differences ?? new Differences()),
      )
      .join(' OR ');
    return { query_string: { query, analyze_wildcard: true } };
  } catch (error) {
    if (differences === null && error instanceof NotExportable) return null;
    throw error;
  }
}

/** The plugin writes what it knows in place of what stands in two braces. */
function refuseVariables(search: MonitorSearch): void {
  if (JSON.stringify(search).replaceAll(RUN, '').includes('{{'))
    throw new NotExportable('A text of it has {{, which the alerting plugin would take for a variable.');
}

function sourcesIn({ members }: SlidingWindow): Source[] {
  return members.flatMap(({ of }) => (of.op === 'source' ? [of] : sourcesIn(of)));
}

function before(ms: number): string {
  return `${RUN}||-${Math.ceil(ms / SECOND)}s`;
}

function onAny(name: string, severity: string): object {
  const script = { source: 'ctx.results[0].hits.total.value > 0', lang: 'painless' };
  return { query_level_trigger: { name, severity, condition: { script }, actions: [] } };
}

function onGroups(name: string, severity: string): object {
  const condition = {
    buckets_path: { found: 'found.value' },
    parent_bucket_path: 'groups',
    script: { source: 'params.found > 0', lang: 'painless' },
  };
  return { bucket_level_trigger: { name, severity, condition, actions: [] } };
}

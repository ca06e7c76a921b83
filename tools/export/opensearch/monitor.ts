import type { Level } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';
import { Differences, ExportedFields } from '../elastic/fields';
import { indexPattern } from '../elastic/names';
import { luceneQuery } from '../elastic/query';
import { delayOf, reachOf } from '../plan/reach';
import { countedMembers } from '../plan/members';
import type { DetectorPlan, ExportDetector, SlidingWindow, Source } from '../plan/types';
import { NotExportable } from '../target';
import { episodesMetric } from './episodes';

const MINUTE = 60_000;

/** A record counts once this has passed since it came in: what is indexed in a second can be found somewhat later. */
export const LAG_MS = MINUTE;

/** What looks back further than this runs once an hour, since each run reads all of it. */
const LONG_MS = 48 * 60 * MINUTE;

/** The groups that a search answers with at once; a monitor asks for the next ones until there are no more. */
const PAGE = 1000;

/** 1 is the highest (https://docs.opensearch.org/2.19/observing-your-data/alerting/monitors/). */
const SEVERITY: Record<Level, string> = { informational: '5', low: '4', medium: '3', high: '2', critical: '1' };

/** A monitor of the Alerting plugin, as its API takes it. */
export interface Monitor {
  type: 'monitor';
  name: string;
  monitor_type: 'query_level_monitor' | 'bucket_level_monitor';
  enabled: boolean;
  schedule: { period: { interval: number; unit: 'MINUTES' } };
  inputs: [{ search: { indices: string[]; query: Record<string, unknown> } }];
  triggers: [Record<string, Record<string, unknown>>];
}

/** The monitor of a plan, switched off. Throws `NotExportable` for what a monitor can't say. */
export function monitorOf(detector: ExportDetector, plan: DetectorPlan): { monitor: Monitor; differences: string[] } {
  const differences = new Differences();
  if (plan.kind === 'hunt')
    throw new NotExportable(
      'A monitor has one search, and a hunting query measures several selections over a window and a baseline.',
    );
  const monitor =
    plan.kind === 'events'
      ? ofEvents(detector, plan.source, differences)
      : ofWindow(detector, plan.window, differences);
  return { monitor, differences: differences.list() };
}

/** One search of what came in since the run before; the alert has its events. */
function ofEvents(detector: ExportDetector, { contract, predicate }: Source, differences: Differences): Monitor {
  const query = queryString(contract, predicate, differences);
  const since = {
    range: { 'event.ingested': { gt: `{{period_start}}||-${LAG_MS / MINUTE}m`, format: 'epoch_millis' } },
  };
  return monitor(detector, contract, 5, 'query_level_monitor', {
    search: { size: 100, track_total_hits: true, sort: [{ '@timestamp': 'asc' }], query: bool([query, seen(), since]) },
    trigger: {
      query_level_trigger: {
        ...named(detector),
        condition: { script: { lang: 'painless', source: 'ctx.results[0].hits.total.value > 0' } },
        actions: [],
      },
    },
  });
}

/** A search for each group with its new episodes; each group in which there is one is an alert. */
function ofWindow(detector: ExportDetector, window: SlidingWindow, differences: Differences): Monitor {
  const { of, by, values } = countable(window);
  const { contract, predicate } = of;
  const [delay, span] = [delayOf(window), window.timespanMs];
  const lookback = (minutes: number) => delay + reachOf(window) + 2 * span + 2 * minutes * MINUTE + LAG_MS;
  const minutes = lookback(5) < LONG_MS ? 5 : 60;
  const since = {
    range: {
      '@timestamp': { gte: `{{period_end}}||-${Math.ceil(lookback(minutes) / MINUTE)}m`, format: 'epoch_millis' },
    },
  };
  const times = { period_start: '{{period_start}}', period_end: '{{period_end}}' };
  const sources = by.map((field) => ({ [field]: { terms: { field } } }));
  return monitor(detector, contract, minutes, 'bucket_level_monitor', {
    search: {
      size: 0,
      query: bool([queryString(contract, predicate, differences), seen(), since]),
      aggregations: {
        groups: {
          composite: { size: PAGE, sources },
          aggregations: { told: episodesMetric(window, values, { ...times, lag: LAG_MS, span, delay }) },
        },
      },
    },
    trigger: {
      bucket_level_trigger: {
        ...named(detector),
        condition: {
          buckets_path: { told: 'told.value' },
          parent_bucket_path: 'groups',
          script: { lang: 'painless', source: 'params.told > 0' },
          gap_policy: 'skip',
        },
        actions: [],
      },
    },
  });
}

/** The one source whose events a window counts, by groups. */
function countable(window: SlidingWindow): { of: Source; by: string[]; values: string[] } {
  const { quantity, silent, by } = window;
  if (quantity.kind !== 'events' && quantity.kind !== 'distinct')
    throw new NotExportable(
      'A monitor counts the events of a search or their values, and does not know which rule each satisfies, nor adds up.',
    );
  const [member, ...others] = countedMembers(window);
  if (others.length > 0 || member!.of.op !== 'source')
    throw new NotExportable('A monitor has one search, and this counts what several find.');
  if (silent)
    throw new NotExportable('Its condition holds without any event, and a monitor has groups of events only.');
  if (by.length === 0) throw new NotExportable('It has no group, and a monitor tells groups.');
  return { of: member!.of, by: member!.by, values: member!.values };
}

function monitor(
  detector: ExportDetector,
  contract: Contract,
  interval: number,
  type: Monitor['monitor_type'],
  { search, trigger }: { search: Record<string, unknown>; trigger: Record<string, Record<string, unknown>> },
): Monitor {
  return {
    type: 'monitor',
    name: `Tollgate: ${detector.title}`,
    monitor_type: type,
    enabled: false,
    schedule: { period: { interval, unit: 'MINUTES' } },
    inputs: [{ search: { indices: [indexPattern(contract)], query: search } }],
    triggers: [trigger],
  };
}

function named({ title, level = 'medium' }: ExportDetector): { name: string; severity: string } {
  return { name: title, severity: SEVERITY[level] };
}

function bool(filter: readonly object[]): object {
  return { bool: { filter } };
}

/** What had come in when the run looks. */
function seen(): object {
  return { range: { 'event.ingested': { lte: `{{period_end}}||-${LAG_MS / MINUTE}m`, format: 'epoch_millis' } } };
}

function queryString(contract: Contract, predicate: Source['predicate'], differences: Differences): object {
  const query = luceneQuery(predicate, new ExportedFields(contract), differences);
  if (query.includes('{{'))
    throw new NotExportable('It looks for {{, for which a monitor would put in a value of its own.');
  return { query_string: { query, analyze_wildcard: true } };
}

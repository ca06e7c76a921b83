import type { Alert, Window } from '@tollgate/sigma/correlate/types';
import { eventSchedule, windowSchedule, type Schedule } from '../../export/schedule';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';

export const WINDOW_MODELS = ['sliding', 'tumbling', 'scheduled'] as const satisfies Window['model'][];
export type WindowModel = Window['model'];
/** A model that is not what a rule means. */
export type OtherModel = Exclude<WindowModel, 'sliding'>;

/** How many phases of a schedule are tried, evenly spread over its interval. */
const PHASES = 4;

/**
 * The windows that a rule is tried in under a model: one in buckets from the epoch on, one a phase of its schedule. The schedule
 * is the one that the export to Elastic gives the rule. `spanMs` is the rule's timespan and the longest below it.
 */
export function windowsOf(model: OtherModel, rule: Rule, spanMs: number, contracts: Contract[]): Window[] {
  if (model === 'tumbling') return [{ model }];
  const { interval, lookback } = scheduleOf(rule, spanMs, contracts);
  return Array.from({ length: PHASES }, (_, n) => {
    return { model, intervalMs: interval, lookbackMs: lookback, phaseMs: (n * interval) / PHASES };
  });
}

/** The export looks back over the timespan a second time, to see what it has told; nothing is counted there. */
function scheduleOf(rule: Rule, spanMs: number, contracts: Contract[]): Schedule {
  if (rule.kind === 'detection') return eventSchedule();
  const { interval, lookback } = windowSchedule(spanMs, contracts);
  return { interval, lookback: lookback - spanMs };
}

/**
 * How far from an event the windows of a rule can still hold it (ms), where it has so many correlations: each of them may look
 * back from a run on what the one below found in a run.
 */
export function reachOfWindow(window: Window, spanMs: number, correlations: number): number {
  if (window.model !== 'scheduled') return spanMs;
  return Math.max(spanMs, correlations * (window.lookbackMs + window.intervalMs));
}

/** A detection's alert, which nobody sees before the next run of a schedule. */
export function seenAtRun(alert: Alert, window: Window): Alert {
  if (window.model !== 'scheduled') return alert;
  const { intervalMs, phaseMs } = window;
  return { ...alert, visible: phaseMs + Math.ceil((alert.visible - phaseMs) / intervalMs) * intervalMs };
}

/**
 * A correlation's alert from the start of its first bucket to the end of its last. The correlator dates it by the buckets' last
 * events, which differ between a branch and its twin although both alert on the same bucket.
 */
export function overBuckets(alert: Alert, window: Window, timespanMs: number): Alert {
  if (window.model !== 'tumbling') return alert;
  const bucketOf = (time: number) => Math.floor(time / timespanMs);
  return { ...alert, start: bucketOf(alert.start) * timespanMs, end: (bucketOf(alert.end) + 1) * timespanMs - 1 };
}

import { correlateAll } from '@tollgate/sigma/correlate/chain';
import { episodes } from '@tollgate/sigma/correlate/episodes';
import type { Window } from '@tollgate/sigma/correlate/types';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';
import type { Detector, DetectorOutcome, GroupNearness } from './detector';
import type { MatchStore, View } from './matches';
import { leastValue, RuleInput, type BookedDetection } from './rule-input';
import { overBuckets, seenAtRun } from './windows';

/** Alerts of a single-event rule on one asset that are closer than this are one episode. Sigma does not say; this is ours. */
export const REARM_MS = 3_600_000;

/** A detection with the contract of its source. */
export interface BookedPart extends BookedDetection {
  contract: Contract;
}

/** A rule, all that it refers to, and those of them that are on the book. */
export interface BookedRule {
  rule: Rule;
  family: Rule[];
  detections: BookedPart[];
}

/** Groups whose values are found one by one: more show no more of how they are spread near the threshold. */
const GROUPS_TRIED = 500;

/** What runs a rule on views of the matches, in windows that lie so in time. */
export function runOf(
  booked: BookedRule,
  store: MatchStore,
  window: Window,
): Pick<Detector, 'run' | 'nearnessOfGroups'> {
  const { rule, family, detections } = booked;
  if (rule.kind === 'detection') {
    const [detection] = detections as [BookedPart];
    return { run: (view) => runDetection(detection, store, view, window) };
  }
  // Made when it is first needed, since it indexes the matches.
  let made: RuleInput | undefined;
  const input = (): RuleInput => (made ??= new RuleInput(store, rule, family, detections, window));
  return {
    run: (view) => runCorrelation(rule, family, input(), view, window),
    nearnessOfGroups: () => nearnessOfGroups(rule, family, input(), window),
  };
}

function nearnessOfGroups(
  rule: CorrelationRule,
  family: Rule[],
  input: RuleInput,
  window: Window,
): GroupNearness | null {
  const threshold = thresholdOf(rule);
  if (threshold === null) return null;
  const found = input.groupPeaks(GROUPS_TRIED, (inputs) => correlateAll(family, inputs, window).get(rule.id)!);
  if (found === null) return null;
  const { groups, most } = found.others;
  return {
    near: found.peaks.map((peak) => peak / threshold),
    others: { groups, most: most === null ? null : most / threshold },
  };
}

function runDetection(detection: BookedPart, store: MatchStore, view: View, window: Window): DetectorOutcome {
  const { request, contract } = detection;
  const input =
    request === undefined
      ? { fields: detection.fields, matches: [] }
      : { fields: store.requests[request]!.fields, matches: store.select(request, view) };
  const alerts = episodes(input, [contract.roles.asset], REARM_MS).map((alert) => seenAtRun(alert, window));
  return { alerts, excluded: 0, nearness: null };
}

function runCorrelation(
  rule: CorrelationRule,
  family: Rule[],
  input: RuleInput,
  view: View,
  window: Window,
): DetectorOutcome {
  const result = input.resultOf(view, (inputs) => correlateAll(family, inputs, window).get(rule.id)!);
  const { excluded, crowded, peak } = result;
  const alerts = result.alerts.map((alert) => overBuckets(alert, window, rule.timespanMs));
  const threshold = thresholdOf(rule);
  return {
    alerts,
    excluded: excluded + crowded.length + input.excluded(view),
    nearness: peak === null || threshold === null ? null : peak / threshold,
  };
}

/** The least value that satisfies the condition; null where less is more. */
export function thresholdOf({ condition, rules }: CorrelationRule): number | null {
  const least = leastValue(condition);
  if (least !== null || condition.eq !== undefined) return least;
  const bounded = condition.lt !== undefined || condition.lte !== undefined || condition.neq !== undefined;
  return bounded ? null : rules.length;
}

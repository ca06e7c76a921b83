import { correlateAll, fieldsOfDetections } from '../correlate/chain';
import { episodes } from '../correlate/episodes';
import type { CorrelationResult, Window } from '../correlate/types';
import { partsOf, type CorrelationRule, type DetectionRule, type Rule } from '../sigma/model';
import type { Dataset } from '../simulate/types';
import type { Contract } from '../telemetry/contract';
import { contractFor } from '../telemetry/logsource';
import type { Detector, DetectorMaker, Outcome } from './detector';
import type { MatchStore, RequestBook, View } from './matches';
import { leastValue, RuleInput, type BookedDetection } from './rule-input';
import { overBuckets, reachOfWindow, seenAtRun, windowsOf } from './windows';

/** Alerts of a single-event rule on one asset that are closer than this are one episode. Sigma does not say; this is ours. */
export const REARM_MS = 3_600_000;

/** The rules that a report has a line for: those with a budget of their own, and every other to which no correlation refers. */
export function reported(rules: Rule[]): Rule[] {
  const parts = partsOf(rules);
  return rules.filter((rule) => rule.tollgate !== undefined || !parts.has(rule.id));
}

/** Puts the reported rules on the book; what is returned makes the detectors once the matches are there. */
export function bookRules(
  rules: Rule[],
  contracts: Map<string, Contract>,
  dataset: Dataset,
  book: RequestBook,
): DetectorMaker[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return reported(rules).map((rule) => {
    const family = closure(rule, byId);
    const needed = fieldsOfDetections(family);
    const detections = family
      .filter((member) => member.kind === 'detection')
      .map((member) => bookDetection(member, needed.get(member.id) ?? [], contracts, dataset, book));
    const sources = sourcesOf(rule, byId, contracts);
    const span = spanOf(rule, byId);
    const correlations = family.length - detections.length;
    const detectionIn = (store: MatchStore, window: Window) => (view: View) => {
      const [detection] = detections as [Booked];
      const fields = detection.request === undefined ? detection.fields : store.requests[detection.request]!.fields;
      const matches = detection.request === undefined ? [] : store.select(detection.request, view);
      const alerts = episodes({ fields, matches }, [detection.contract.roles.asset], REARM_MS);
      return { alerts: alerts.map((alert) => seenAtRun(alert, window)), excluded: 0, nearness: null };
    };
    const correlationIn = (store: MatchStore, correlation: CorrelationRule, window: Window) => {
      // Made when it is first needed, since it indexes the matches.
      let input: RuleInput | undefined;
      return (view: View) => {
        input ??= new RuleInput(store, correlation, family, detections, window);
        return runCorrelation(correlation, family, input, view, window);
      };
    };
    const detectorIn = (store: MatchStore, window: Window): Detector => ({
      id: rule.id,
      title: rule.title,
      kind: 'rule',
      path: rule.file,
      level: rule.level ?? 'medium',
      status: rule.status ?? 'experimental',
      sources,
      runnable: sources.every((source) => dataset.sources.includes(source)),
      alertsOn: rule.kind === 'detection' ? 'event' : 'episode',
      catches: rule.tollgate?.catches ?? [],
      budget: rule.tollgate?.budget,
      reach: reachOf(reachOfWindow(window, span, correlations)),
      window,
      run: rule.kind === 'correlation' ? correlationIn(store, rule, window) : detectionIn(store, window),
    });
    return (store) => ({
      ...detectorIn(store, { model: 'sliding' }),
      under: (model) =>
        windowsOf(
          model,
          rule,
          span,
          detections.map(({ contract }) => contract),
        ).map((window) => detectorIn(store, window)),
    });
  });
}

function reachOf(span: number): Detector['reach'] {
  return { before: span + REARM_MS, after: span + REARM_MS };
}

/** A rule and all that it refers to, also through correlations in between. */
export function closure(rule: Rule, byId: ReadonlyMap<string, Rule>): Rule[] {
  const family = new Set<Rule>([rule]);
  for (const member of family) {
    if (member.kind !== 'correlation') continue;
    for (const id of member.rules) {
      const part = byId.get(id);
      if (!part) throw new Error(`${member.file}: ${member.title} refers to ${id}, which is not there`);
      family.add(part);
    }
  }
  return [...family];
}

/** Contract ids of what a rule reads, itself or through what it refers to. Detections of no known source are left out. */
export function sourcesOf(rule: Rule, byId: ReadonlyMap<string, Rule>, contracts: Map<string, Contract>): string[] {
  const read = closure(rule, byId).map((member) =>
    member.kind === 'detection' ? contractFor(member.logsource, contracts.values()) : undefined,
  );
  return [...new Set(read.flatMap((contract) => contract?.id ?? []))];
}

/** A detection with the contract of its source. */
interface Booked extends BookedDetection {
  contract: Contract;
}

function bookDetection(
  rule: DetectionRule,
  needed: string[],
  contracts: Map<string, Contract>,
  dataset: Dataset,
  book: RequestBook,
): Booked {
  const contract = contractFor(rule.logsource, contracts.values());
  if (!contract) throw new Error(`${rule.file}: no telemetry contract for the log source of ${rule.title}`);
  const fields = [...needed, contract.roles.asset];
  const request = dataset.sources.includes(contract.id) ? book.add(contract.id, rule.plan, fields) : undefined;
  return { id: rule.id, fields, request, contract };
}

function runCorrelation(rule: CorrelationRule, family: Rule[], input: RuleInput, view: View, window: Window): Outcome {
  let result: CorrelationResult = { alerts: [], excluded: 0, crowded: [], peak: null };
  for (const inputs of input.growing(view, () => result.peak))
    result = correlateAll(family, inputs, window).get(rule.id)!;
  const { excluded, crowded, peak } = result;
  const alerts = result.alerts.map((alert) => overBuckets(alert, window, rule.timespanMs));
  const threshold = thresholdOf(rule);
  return {
    alerts,
    excluded: excluded + crowded.length + input.excluded(view),
    nearness: peak === null || threshold === null ? null : peak / threshold,
  };
}

/** The timespans of a rule and of those below it, one after the other (ms). */
function spanOf(rule: Rule, byId: ReadonlyMap<string, Rule>): number {
  if (rule.kind === 'detection') return 0;
  return rule.timespanMs + Math.max(0, ...rule.rules.map((id) => spanOf(byId.get(id)!, byId)));
}

/** The least value that satisfies the condition; null where less is more. */
function thresholdOf({ condition, rules }: CorrelationRule): number | null {
  const least = leastValue(condition);
  if (least !== null || condition.eq !== undefined) return least;
  const bounded = condition.lt !== undefined || condition.lte !== undefined || condition.neq !== undefined;
  return bounded ? null : rules.length;
}

import { correlateAll, fieldsOfDetections } from '../correlate/chain';
import { episodes } from '../correlate/episodes';
import type { Scalar } from '../content/event';
import type { CorrelationInput, Window } from '../correlate/types';
import type { Match } from '../sigma/execution';
import { partsOf, type CorrelationRule, type DetectionRule, type Rule } from '../sigma/model';
import type { Dataset } from '../simulate/types';
import type { Contract } from '../telemetry/contract';
import { contractFor } from '../telemetry/logsource';
import type { Detector, Outcome } from './detector';
import type { MatchStore, RequestBook, View } from './matches';
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
): ((store: MatchStore) => Detector)[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return reported(rules).map((rule) => {
    const family = closure(rule, byId);
    const needed = fieldsOfDetections(family);
    const detections = family
      .filter((member) => member.kind === 'detection')
      .map((member) => bookDetection(member, needed.get(member.id) ?? [], contracts, dataset, book));
    const sources = [...new Set(detections.map(({ contract }) => contract.id))];
    const span = spanOf(rule, byId);
    const correlations = family.length - detections.length;
    const detectorIn = (store: MatchStore, window: Window): Detector => ({
      id: rule.id,
      title: rule.title,
      kind: 'rule',
      path: rule.file,
      level: rule.level,
      status: rule.status,
      sources,
      runnable: sources.every((source) => dataset.sources.includes(source)),
      alertsOn: rule.kind === 'detection' ? 'event' : 'episode',
      catches: rule.tollgate?.catches ?? [],
      budget: rule.tollgate?.budget,
      reach: reachOf(reachOfWindow(window, span, correlations)),
      window,
      run(view) {
        const all = detections.map((detection) => detection.input(store, view));
        const inputs =
          view.touching !== undefined && rule.kind === 'correlation' && family.length === detections.length + 1
            ? narrow(
                rule,
                all,
                detections.map((detection) => detection.of(store, view.touching!)),
              )
            : all;
        return rule.kind === 'correlation'
          ? runCorrelation(rule, family, inputs, window)
          : {
              alerts: episodes(inputs[0]!, [detections[0]!.contract.roles.asset], REARM_MS).map((alert) =>
                seenAtRun(alert, window),
              ),
              excluded: 0,
              nearness: null,
            };
      },
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

function bookDetection(
  rule: DetectionRule,
  needed: string[],
  contracts: Map<string, Contract>,
  dataset: Dataset,
  book: RequestBook,
) {
  const contract = contractFor(rule.logsource, contracts.values());
  if (!contract) throw new Error(`${rule.file}: no telemetry contract for the log source of ${rule.title}`);
  const fields = [...needed, contract.roles.asset];
  const request = dataset.sources.includes(contract.id) ? book.add(contract.id, rule.plan, fields) : undefined;
  const columns = (store: MatchStore) => (request === undefined ? fields : store.requests[request]!.fields);
  const input = (store: MatchStore, view: View): CorrelationInput => ({
    rule: rule.id,
    fields: columns(store),
    matches: request === undefined ? [] : store.select(request, view),
  });
  const of = (store: MatchStore, occurrence: number): Match[] =>
    request === undefined ? [] : store.of(request, occurrence);
  return { contract, input, of };
}

/**
 * The inputs without the groups that an occurrence cannot touch, because no event of it has their value in some group field.
 * These are the same with and without it; leaving them out changes no difference and saves most of the work.
 */
function narrow(rule: CorrelationRule, inputs: CorrelationInput[], touching: Match[][]): CorrelationInput[] {
  const columnsOf = ({ rule: id, fields }: CorrelationInput) =>
    rule.groupBy.map((name) => fields.indexOf(rule.aliases[name]?.[id] ?? name));
  const touched = rule.groupBy.map(() => new Set<Scalar>());
  for (const [index, input] of inputs.entries())
    for (const match of touching[index]!)
      for (const [group, column] of columnsOf(input).entries())
        for (const value of [match.values[column] ?? []].flat()) touched[group]!.add(value);
  return inputs.map((input) => {
    const columns = columnsOf(input);
    const isTouched = ({ values }: Match) =>
      columns.every((column, group) => {
        const value = values[column] ?? null;
        if (Array.isArray(value)) return value.some((one) => touched[group]!.has(one));
        return value !== null && touched[group]!.has(value);
      });
    return { ...input, matches: input.matches.filter(isTouched) };
  });
}

function runCorrelation(rule: CorrelationRule, family: Rule[], inputs: CorrelationInput[], window: Window): Outcome {
  const result = correlateAll(family, inputs, window).get(rule.id)!;
  const { excluded, peak } = result;
  const alerts = result.alerts.map((alert) => overBuckets(alert, window, rule.timespanMs));
  const threshold = thresholdOf(rule);
  return { alerts, excluded, nearness: peak === null || threshold === null ? null : peak / threshold };
}

/** The timespans of a rule and of those below it, one after the other (ms). */
function spanOf(rule: Rule, byId: ReadonlyMap<string, Rule>): number {
  if (rule.kind === 'detection') return 0;
  return rule.timespanMs + Math.max(0, ...rule.rules.map((id) => spanOf(byId.get(id)!, byId)));
}

/** The least value that satisfies the condition; null where less is more. */
function thresholdOf({ condition, rules }: CorrelationRule): number | null {
  if (condition.gte !== undefined) return condition.gte;
  if (condition.gt !== undefined) return condition.gt + 1;
  if (condition.eq !== undefined) return condition.eq || null;
  const bounded = condition.lt !== undefined || condition.lte !== undefined || condition.neq !== undefined;
  return bounded ? null : rules.length;
}

import type { CorrelationRule, Rule } from '../rules/model';
import { search } from './fixed';
import { visitInOrder } from './in-order';
import { fieldsOfRules, innerFirst } from './references';
import { CorrelationStream } from './stream';
import { tupleKey } from './tuples';
import type { Alert, CorrelationInput, CorrelationResult, Window } from './types';

/**
 * The fields that the correlations need of each detection rule's matches, also through correlations in between. Every
 * detection rule that a correlation refers to is in the answer.
 */
export function fieldsOfDetections(rules: readonly Rule[]): Map<string, string[]> {
  const correlations = new Set(rules.flatMap((rule) => (rule.kind === 'correlation' ? rule.id : [])));
  const detections = [...fieldsOfRules(rules)].filter(([id]) => !correlations.has(id));
  return new Map(detections.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type FixedWindow = Exclude<Window, { model: 'sliding' }>;
type Inputs = ReadonlyMap<string, CorrelationInput>;

/**
 * Evaluates every correlation, those that others refer to first. `detections` holds the matches of each detection rule with
 * the fields of `fieldsOfDetections`, in any order. Exact for the window model that is asked for; `sliding.ts` says when an alert
 * begins and ends. Each step (bucket, run) at which the condition of a correlation holds is a match of it for those that refer
 * to it. Rule id → result, in the order of the rules. An error where matches are missing, or where correlations refer to each
 * other in a circle.
 */
export function correlateAll(
  rules: readonly Rule[],
  detections: readonly CorrelationInput[],
  window: Window = { model: 'sliding' },
): Map<string, CorrelationResult> {
  const inputs = new Map(detections.map((input) => [input.rule, input]));
  const ordered = innerFirst(rules);
  const correlations = new Set(ordered.map(({ id }) => id));
  for (const rule of ordered) {
    const missing = rule.rules.find((id) => !correlations.has(id) && !inputs.has(id));
    if (missing !== undefined)
      throw new Error(`no matches were given of the rule '${missing}', to which '${rule.id}' refers`);
  }
  const results = window.model === 'sliding' ? slideAll(rules, inputs) : searchAll(rules, inputs, window);
  return new Map(rules.flatMap((rule) => (results.has(rule.id) ? [[rule.id, results.get(rule.id)!]] : [])));
}

/** As a stream, so that the matches of an inner correlation need not be kept. */
function slideAll(rules: readonly Rule[], inputs: Inputs): Map<string, CorrelationResult> {
  const correlations = innerFirst(rules);
  const taken = [...fieldsOfRules(rules).keys()].flatMap((id) => inputs.get(id) ?? []);
  const found = new Map(correlations.map((rule) => [rule, [] as Alert[]]));
  const stream = new CorrelationStream(
    rules,
    (rule, alert) => found.get(rule)!.push(alert),
    undefined,
    new Map(taken.map(({ rule, fields }) => [rule, fields])),
  );
  visitInOrder(
    taken.map(({ matches }) => matches),
    (position, match) => stream.push(taken[position]!.rule, match),
  );
  const excluded = stream.end();
  const crowded = stream.crowded();
  const peaks = stream.peaks();
  return new Map(
    correlations.map((rule) => {
      const alerts = found.get(rule)!;
      const key = ({ group }: Alert): string => tupleKey(rule.groupBy.map((name) => group[name]!));
      const keys = new Map(alerts.map((alert) => [alert, key(alert)]));
      alerts.sort((a, b) => a.start - b.start || (keys.get(a)! < keys.get(b)! ? -1 : 1));
      return [
        rule.id,
        {
          alerts,
          excluded: excluded.get(rule.id)!,
          crowded: crowded.get(rule.id)!,
          peak: hasLowerBound(rule) ? peaks.get(rule.id)! : null,
        },
      ];
    }),
  );
}

function searchAll(rules: readonly Rule[], given: Inputs, window: FixedWindow): Map<string, CorrelationResult> {
  const fields = fieldsOfRules(rules);
  const inputs = new Map(given);
  const results = new Map<string, CorrelationResult>();
  for (const rule of innerFirst(rules)) {
    const own = [...new Set(rule.rules)].map((id) => inputs.get(id)!);
    const { matches, alerts, excluded, crowded, peak } = search(rule, own, window, fields.get(rule.id) ?? null);
    results.set(rule.id, { alerts, excluded, crowded, peak: hasLowerBound(rule) ? peak : null });
    if (fields.has(rule.id)) inputs.set(rule.id, { rule: rule.id, fields: fields.get(rule.id)!, matches });
  }
  return results;
}

/** Whether a high value can satisfy the condition, so that the highest says how near it came. */
function hasLowerBound({ condition }: CorrelationRule): boolean {
  return condition.gt !== undefined || condition.gte !== undefined || condition.eq !== undefined;
}

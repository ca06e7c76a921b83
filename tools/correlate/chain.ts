import type { CorrelationRule, Rule } from '../sigma/model';
import { evaluate } from './correlate';
import { fieldsNeeded } from './entry';
import type { CorrelationInput, CorrelationResult, Window } from './types';

/** The correlations, those that others refer to first. An error where they refer to each other in a circle. */
export function innerFirst(rules: readonly Rule[]): CorrelationRule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const ordered = new Set<CorrelationRule>();
  const visit = (rule: Rule | undefined, path: readonly Rule[]): void => {
    if (rule?.kind !== 'correlation' || ordered.has(rule)) return;
    if (path.includes(rule)) throw new Error(`the correlation '${rule.id}' refers to itself`);
    for (const id of rule.rules) visit(byId.get(id), [...path, rule]);
    ordered.add(rule);
  };
  for (const rule of rules) visit(rule, []);
  return [...ordered];
}

/**
 * The fields that the correlations need of each rule that one refers to. What an outer correlation needs of an inner one that
 * this doesn't group by, the inner one needs of its own rules.
 */
export function fieldsOfRules(rules: readonly Rule[]): Map<string, string[]> {
  const needed = new Map<string, Set<string>>();
  for (const rule of innerFirst(rules).reverse()) {
    const passed = [...(needed.get(rule.id) ?? [])].filter((field) => !rule.groupBy.includes(field));
    for (const id of rule.rules) {
      const fields = needed.get(id) ?? new Set();
      needed.set(id, fields);
      for (const field of [...fieldsNeeded(rule, id), ...passed]) fields.add(field);
    }
  }
  return new Map([...needed].map(([id, fields]) => [id, [...fields].sort()]));
}

/**
 * The fields that the correlations need of each detection rule's matches, also through correlations in between. Every
 * detection rule that a correlation refers to is in the answer.
 */
export function fieldsOfDetections(rules: readonly Rule[]): Map<string, string[]> {
  const correlations = new Set(rules.flatMap((rule) => (rule.kind === 'correlation' ? rule.id : [])));
  const detections = [...fieldsOfRules(rules)].filter(([id]) => !correlations.has(id));
  return new Map(detections.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Evaluates every correlation, those that others refer to first. `detections` holds the matches of each detection rule with
 * the fields of `fieldsOfDetections`. An alert is a match of its correlation at its start. Rule id → result, in the order of
 * the rules.
 */
export function correlateAll(
  rules: readonly Rule[],
  detections: readonly CorrelationInput[],
  window: Window = { model: 'sliding' },
): Map<string, CorrelationResult> {
  const fields = fieldsOfRules(rules);
  const inputs = new Map(detections.map((input) => [input.rule, input]));
  const results = new Map<string, CorrelationResult>();
  for (const rule of innerFirst(rules)) {
    const own = [...new Set(rule.rules)].map((id) => {
      const input = inputs.get(id);
      if (!input) throw new Error(`no matches were given of the rule '${id}', to which '${rule.id}' refers`);
      return input;
    });
    const { matches, ...result } = evaluate(rule, own, window, fields.get(rule.id) ?? null);
    results.set(rule.id, result);
    if (fields.has(rule.id)) inputs.set(rule.id, { rule: rule.id, fields: fields.get(rule.id)!, matches });
  }
  return new Map(rules.flatMap((rule) => (results.has(rule.id) ? [[rule.id, results.get(rule.id)!]] : [])));
}

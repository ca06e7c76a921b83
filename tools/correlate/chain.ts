import type { CorrelationRule, Rule } from '../sigma/model';
import { correlate } from './correlate';
import { fieldsNeeded } from './groups';
import type { Alert, CorrelationInput, CorrelationMatch, CorrelationResult, Window } from './types';

/**
 * The fields that the correlations need of each detection rule's matches, also through correlations in between. Every
 * detection rule that a correlation refers to is in the answer.
 */
export function fieldsOfDetections(rules: readonly Rule[]): Map<string, string[]> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const needed = new Map<string, Set<string>>();
  const require = (id: string, fields: string[]) => {
    const rule = byId.get(id);
    if (rule?.kind === 'correlation') {
      const others = fields.filter((field) => !rule.groupBy.includes(field));
      for (const inner of rule.rules) require(inner, others);
      return;
    }
    const all = needed.get(id) ?? new Set();
    needed.set(id, all);
    for (const field of fields) all.add(field);
  };
  for (const rule of rules) {
    if (rule.kind === 'correlation') for (const id of rule.rules) require(id, fieldsNeeded(rule, id));
  }
  return new Map([...needed].map(([id, fields]) => [id, [...fields].sort()]));
}

/**
 * Evaluates every correlation, those that others refer to first. `detections` holds the matches of each detection rule with
 * the fields of `fieldsOfDetections`. Rule id → result.
 */
export function correlateAll(
  rules: readonly Rule[],
  detections: readonly CorrelationInput[],
  window?: Window,
): Map<string, CorrelationResult> {
  const inputs = new Map(detections.map((input) => [input.rule, input]));
  const correlations = new Map(
    rules.flatMap((rule) => (rule.kind === 'correlation' ? [[rule.id, rule] as const] : [])),
  );
  const results = new Map<string, CorrelationResult>();
  const resultOf = (rule: CorrelationRule): CorrelationResult => {
    const known = results.get(rule.id);
    if (known) return known;
    const result = correlate(
      rule,
      rule.rules.map((id) => inputOf(rule, id)),
      window,
    );
    results.set(rule.id, result);
    return result;
  };
  const inputOf = (rule: CorrelationRule, id: string): CorrelationInput => {
    const inner = correlations.get(id);
    if (inner) {
      const fields = fieldsNeeded(rule, id);
      return { rule: id, fields, matches: alertsAsMatches(resultOf(inner).alerts, fields, detections) };
    }
    const input = inputs.get(id);
    if (!input) throw new Error(`no matches were given of the rule '${id}', to which '${rule.id}' refers`);
    return input;
  };
  for (const rule of correlations.values()) resultOf(rule);
  return results;
}

/**
 * The alerts of a correlation as matches of it: each happens at its start, and counts as delivered when it becomes visible. A
 * field that it does not group by has the values of its events up to its start; `detections` are the matches they are read from.
 */
export function alertsAsMatches(
  alerts: readonly Alert[],
  fields: readonly string[],
  detections: readonly CorrelationInput[],
): CorrelationMatch[] {
  const wanted = new Set(alerts.flatMap(({ events }) => events));
  const facts = new Map<number, { time: number; values: CorrelationMatch['values'] }>();
  for (const input of detections) {
    const columns = fields.map((field) => input.fields.indexOf(field));
    for (const match of input.matches) {
      if (!wanted.has(match.event)) continue;
      const fact = facts.get(match.event) ?? { time: match.time, values: fields.map(() => null) };
      for (const [index, column] of columns.entries()) fact.values[index] ??= match.values[column] ?? null;
      facts.set(match.event, fact);
    }
  }
  return alerts.map((alert) => {
    const events = alert.events.filter((event) => (facts.get(event)?.time ?? -Infinity) <= alert.start);
    const values = fields.map((field, index) => {
      if (Object.hasOwn(alert.group, field)) return alert.group[field]!;
      const all = [...new Set(events.flatMap((event) => facts.get(event)?.values[index] ?? []))];
      return all.length > 1 ? all : (all[0] ?? null);
    });
    return { event: events.at(-1) ?? alert.events[0]!, time: alert.start, ingested: alert.visible, values, events };
  });
}

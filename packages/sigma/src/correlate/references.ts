import type { CorrelationRule, Rule } from '../rules/model';
import { fieldsNeeded } from './source';

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
 * What the timespans of a correlation and of those below it are together, on the longest way; 0 where none is below it. And the
 * same with those above it. The correlations come those that others refer to first.
 */
export function reaches(
  ordered: readonly CorrelationRule[],
): (rule: CorrelationRule) => { downMs: number; upMs: number } {
  const down = new Map<string, number>();
  const up = new Map<string, number>();
  const chained = new Set<CorrelationRule>();
  for (const rule of ordered) {
    const below = rule.rules.flatMap((id) => down.get(id) ?? []);
    if (below.length > 0) chained.add(rule);
    down.set(rule.id, rule.timespanMs + Math.max(0, ...below));
  }
  for (const rule of [...ordered].reverse()) {
    const own = rule.timespanMs + (up.get(rule.id) ?? 0);
    up.set(rule.id, own);
    for (const id of rule.rules) up.set(id, Math.max(own, up.get(id) ?? 0));
  }
  return (rule) => ({ downMs: chained.has(rule) ? down.get(rule.id)! : 0, upMs: up.get(rule.id)! });
}

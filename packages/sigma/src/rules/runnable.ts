import type { CorrelationRule, Rule } from './model';

/** The rules that are to be run, and why others are not. */
export interface Runnable {
  rules: Rule[];
  /** Correlations without all of their rules. */
  incomplete: CorrelationRule[];
  /** Rules that are there for a correlation which is not run. */
  idle: Rule[];
}

/**
 * Of some rules those that can do what they are there for: correlations all of whose rules are among the `given`, and rules that
 * are a part (`parts`) of none but correlations that are left out are not run either, since they were never meant to alert.
 */
export function runnable(given: readonly Rule[], parts: ReadonlySet<string>): Runnable {
  const kept = new Map(given.map((rule) => [rule.id, rule]));
  const incomplete: CorrelationRule[] = [];
  const idle: Rule[] = [];
  for (let before = -1; before !== kept.size;) {
    before = kept.size;
    for (const rule of kept.values())
      if (rule.kind === 'correlation' && !rule.rules.every((id) => kept.has(id))) {
        kept.delete(rule.id);
        incomplete.push(rule);
      }
  }
  for (let before = -1; before !== kept.size;) {
    before = kept.size;
    const used = new Set([...kept.values()].flatMap((rule) => (rule.kind === 'correlation' ? rule.rules : [])));
    for (const rule of kept.values())
      if (parts.has(rule.id) && !used.has(rule.id)) {
        kept.delete(rule.id);
        idle.push(rule);
      }
  }
  return { rules: given.filter(({ id }) => kept.has(id)), incomplete, idle };
}

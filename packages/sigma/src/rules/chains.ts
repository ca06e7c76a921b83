import { MAX_CHAIN } from './limits';
import type { CorrelationRule } from './model';
import type { Reporter } from './reporter';

const RULES = ['correlation', 'rules'];

/**
 * Reports the correlations that refer to one another in a circle, those in too long a chain, and those on correlations in
 * error. Each reference is followed once, so that neither diamonds nor thousands of correlations take long.
 */
export function checkChains(correlations: ReadonlyMap<CorrelationRule, Reporter>): void {
  const byId = new Map([...correlations.keys()].map((rule) => [rule.id, rule]));
  const rules = [...correlations.keys()];
  const inner = new Map(rules.map((rule) => [rule, rule.rules.flatMap((id) => byId.get(id) ?? [])]));
  const outer = new Map<CorrelationRule, CorrelationRule[]>(rules.map((rule) => [rule, []]));
  for (const [rule, targets] of inner) for (const target of targets) outer.get(target)!.push(rule);

  const rising = peel(rules, inner, outer);
  const risen = new Set(rising);
  const left = rules.filter((rule) => !risen.has(rule));
  const falling = peel(left, outer, inner);
  const fallen = new Set(falling);
  for (const rule of left) {
    if (fallen.has(rule)) continue;
    const message = 'the correlation refers to itself, directly or through others';
    correlations.get(rule)!.error('circular-correlation', RULES, message, 'let one of these correlations refer to other rules');
  }
  const depth = new Map<CorrelationRule, number>();
  for (const rule of [...rising, ...falling.reverse()]) {
    const reporter = correlations.get(rule)!;
    const targets = inner.get(rule)!;
    depth.set(rule, 1 + targets.reduce((deepest, target) => Math.max(deepest, depth.get(target) ?? 0), 0));
    if (reporter.failed) continue;
    const broken = targets.find((target) => correlations.get(target)!.failed);
    if (broken)
      reporter.error('broken-reference', RULES, `the rule '${broken.title}' has an error`, 'correct it first');
    else if (depth.get(rule)! > MAX_CHAIN)
      reporter.error('too-large', RULES, `more than ${MAX_CHAIN} correlations on one another`, 'shorten the chain');
  }
}

/** The rules from which no path of `ahead` leads into a circle, each after those that it leads to. `back` is `ahead` reversed. */
function peel(
  rules: readonly CorrelationRule[],
  ahead: ReadonlyMap<CorrelationRule, readonly CorrelationRule[]>,
  back: ReadonlyMap<CorrelationRule, readonly CorrelationRule[]>,
): CorrelationRule[] {
  const open = new Map(rules.map((rule) => [rule, 0]));
  for (const rule of rules) open.set(rule, ahead.get(rule)!.filter((target) => open.has(target)).length);
  const order = rules.filter((rule) => open.get(rule) === 0);
  for (const rule of order) {
    for (const next of back.get(rule)!) {
      const count = open.get(next);
      if (count === undefined) continue;
      open.set(next, count - 1);
      if (count === 1) order.push(next);
    }
  }
  return order;
}

import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import type { Formula, HuntQuery } from '../../detection/hunt/types';
import { sectionOf, type FalsePositiveBudget } from '../../detection/rules/section';
import type { MeasuredDetector } from '../measure/results';
import { exposureIn } from '../replay/exposure';

/**
 * What decides that there is too much of something. `formula`: what the site's own traffic makes likely (`count_limit`), so that it grows with the site;
 * `fixed`: numbers that are the same at every site; `none`: one event is enough, or an order of events.
 */
export type Threshold = { kind: 'formula' } | { kind: 'fixed'; numbers: FixedNumber[] } | { kind: 'none' };

export interface FixedNumber {
  name: string;
  value: string;
}

/** The threshold of a rule or query with the false positives that it may cost. */
export interface Limit {
  threshold: Threshold;
  budget: FalsePositiveBudget | undefined;
}

/** The limits of all rules and queries, by their ids. */
export function limitsOf(rules: readonly Rule[], queries: readonly HuntQuery[]): Map<string, Limit> {
  return new Map([
    ...rules.map((rule) => [rule.id, { threshold: ofRule(rule), budget: sectionOf(rule)?.budget }] as const),
    ...queries.map((query) => [query.id, { threshold: ofQuery(query), budget: query.tollgate?.budget }] as const),
  ]);
}

function ofRule(rule: Rule): Threshold {
  if (rule.kind === 'detection') return { kind: 'none' };
  const bounds = boundsOf(rule);
  return bounds.length === 0 ? { kind: 'none' } : { kind: 'fixed', numbers: [...bounds, within(rule)] };
}

function boundsOf({ type, condition }: CorrelationRule): FixedNumber[] {
  if (type === 'temporal' || type === 'temporal_ordered') return [];
  const { field, gt, gte, lt, lte, eq, neq } = condition;
  const of = field?.join(', ') ?? 'events';
  const all = Object.entries({ '>': gt, '≥': gte, '<': lt, '≤': lte, '=': eq, '≠': neq });
  return all.flatMap(([sign, value]) => (value === undefined ? [] : [{ name: of, value: `${sign} ${value}` }]));
}

function within({ timespanMs }: CorrelationRule): FixedNumber {
  return { name: 'within', value: spanText(timespanMs) };
}

/** As Sigma writes it: 600000 → `10m`. */
function spanText(ms: number): string {
  const [unit, size] = (
    [
      ['d', 86_400_000],
      ['h', 3_600_000],
      ['m', 60_000],
    ] as const
  ).find(([, length]) => ms % length === 0) ?? ['s', 1000];
  return `${ms / size}${unit}`;
}

function ofQuery({ derive, having, parameters }: HuntQuery): Threshold {
  if ([having, ...Object.values(derive)].some(asksLikelihood)) return { kind: 'formula' };
  const numbers = Object.entries(parameters).map(([name, one]) => ({ name, value: String(one.default) }));
  return numbers.length === 0 ? { kind: 'none' } : { kind: 'fixed', numbers };
}

function asksLikelihood(formula: Formula): boolean {
  switch (formula.op) {
    case 'number':
    case 'measure':
    case 'parameter':
      return false;
    case 'call':
      return formula.name === 'count_limit' || formula.args.some(asksLikelihood);
    case 'not':
      return asksLikelihood(formula.formula);
    default:
      return asksLikelihood(formula.left) || asksLikelihood(formula.right);
  }
}

/** Up to which volume a detector stayed within its budget. */
export interface BudgetHolding {
  /** The largest measured world with none that is smaller, or as large, in which it went beyond its budget; null where there is none such. */
  upTo: MeasuredDetector['worlds'][number] | null;
  /** The smallest world in which it went beyond it; null where it never did. */
  beyond: MeasuredDetector['worlds'][number] | null;
}

/** How far a detector's budget held as worlds grow; `sends`: the messages that each world sends on a day. */
export function holdingOf(
  { worlds }: MeasuredDetector,
  budget: FalsePositiveBudget,
  sends: ReadonlyMap<string, number>,
): BudgetHolding {
  const bySize = worlds
    .filter((one) => sends.has(one.world) && exposureIn(budget.per, one) > 0)
    .sort((a, b) => sends.get(a.world)! - sends.get(b.world)!);
  const beyond = bySize.find((one) => one.episodes > budget.max * exposureIn(budget.per, one)) ?? null;
  const within = beyond ? bySize.filter(({ world }) => sends.get(world)! < sends.get(beyond.world)!) : bySize;
  return { upTo: within.at(-1) ?? null, beyond };
}

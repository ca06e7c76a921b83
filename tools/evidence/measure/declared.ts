import { declaredByQuery, declaredByRule, type Declared } from '../replay/declared';
import type { UnitResult } from '../replay/unit';
import type { MeasuredContent } from './unit';

/** What each rule and query declares of itself, by its id. */
export function declaredIn({ rules, queries }: Pick<MeasuredContent, 'rules' | 'queries'>): Map<string, Declared> {
  return new Map([
    ...rules.map((rule) => [rule.id, declaredByRule(rule)] as const),
    ...queries.map((query) => [query.id, declaredByQuery(query)] as const),
  ]);
}

/**
 * A unit with what its detectors declare of themselves now: one that was finished before may hold older levels. They are in the order of
 * `declared`, the public baselines behind them, whatever order they were measured in; others are left out.
 */
export function withDeclared(result: UnitResult, declared: ReadonlyMap<string, Declared>): UnitResult {
  const byId = new Map(result.detectors.map((one) => [one.detector.id, one]));
  const own = [...declared].flatMap(([id, now]) => {
    const one = byId.get(id);
    return one ? [{ ...one, detector: { ...one.detector, ...now } }] : [];
  });
  return { ...result, detectors: [...own, ...result.detectors.filter(({ detector }) => detector.kind === 'baseline')] };
}

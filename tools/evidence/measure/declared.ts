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

/** A unit with what its detectors declare of themselves now: one that was finished before may hold older levels. */
export function withDeclared(result: UnitResult, declared: ReadonlyMap<string, Declared>): UnitResult {
  const detectors = result.detectors.map((one) => ({
    ...one,
    detector: { ...one.detector, ...declared.get(one.detector.id) },
  }));
  return { ...result, detectors };
}

import type { Rule } from '@tollgate/sigma/rules/model';
import { intersection, periodsOf, type Periods } from './periods';

/** The sources that a detector reads: one, all of some, or at least one of some. */
export type SourceNeeds = string | { all: SourceNeeds[] } | { any: SourceNeeds[] };

/**
 * What a rule needs. One that counts over several logs runs on those that are there; one that wants several things to happen needs
 * the logs of all of them.
 */
export function needsOf(rule: Rule, byId: ReadonlyMap<string, Rule>, sourceOf: (id: string) => string): SourceNeeds {
  if (rule.kind === 'detection') return sourceOf(rule.id);
  const parts = [...new Set(rule.rules)].map((id) => needsOf(byId.get(id)!, byId, sourceOf));
  return rule.type === 'temporal' || rule.type === 'temporal_ordered' ? { all: parts } : { any: parts };
}

/** The sources without which it can't run, of those that are not there; empty where it can. */
export function missingOf(needs: SourceNeeds, isThere: (source: string) => boolean): string[] {
  if (typeof needs === 'string') return isThere(needs) ? [] : [needs];
  if ('all' in needs) return [...new Set(needs.all.flatMap((one) => missingOf(one, isThere)))];
  const missing = needs.any.map((one) => missingOf(one, isThere));
  return missing.some(({ length }) => length === 0) ? [] : [...new Set(missing.flat())];
}

/** The time in which it saw what it needs. */
export function watchedBy(needs: SourceNeeds, watched: (source: string) => Periods): Periods {
  if (typeof needs === 'string') return watched(needs);
  if ('any' in needs) return periodsOf(needs.any.flatMap((one) => watchedBy(one, watched)));
  return needs.all.map((one) => watchedBy(one, watched)).reduce(intersection);
}

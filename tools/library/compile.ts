import type { Event } from '../content/event';
import { compilePredicate } from '../memory/predicate';
import type { DetectionRule } from '../sigma/model';

/** Whether an event satisfies a rule. Never throws, whatever the event. */
export type Predicate = (event: Event) => boolean;

/**
 * Compiles a detection rule, with the filters on it, into a test of events. What values mean is in `docs/semantics.md`; the
 * rule's `plan` is the same detection as data, for an executor of your own.
 */
export function compile(rule: DetectionRule): Predicate {
  return compilePredicate(rule.plan);
}

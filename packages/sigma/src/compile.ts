import type { Event } from './values/event';
import { compilePredicate } from './memory/predicate';
import type { DetectionRule } from './rules/model';
import type { Plan } from './rules/plan';

/** Whether an event satisfies a rule. Never throws, whatever the event. */
export type Predicate = (event: Event) => boolean;

/**
 * The executable form of a detection rule with the filters on it: and, or and not over tests, and the fields that they read. It
 * is plain JSON, for an executor of your own.
 */
export function plan(rule: DetectionRule): Plan {
  return rule.plan;
}

/**
 * Compiles a detection rule, with the filters on it, into a test of events. What values mean is in `docs/semantics.md`.
 */
export function compile(rule: DetectionRule): Predicate {
  return compilePredicate(rule.plan);
}

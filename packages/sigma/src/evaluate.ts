import { scalarAt, type Event } from './values/event';
import { correlateAll, fieldsOfDetections } from './correlate/chain';
import type { Alert } from './correlate/types';
import { TIME_FIELDS, timeOf } from './values/event-time';
import { ManyPlans } from './memory/many';
import type { Match } from './correlate/match';
import type { CorrelationRule, DetectionRule, Rule } from './rules/model';

export interface EvaluateOptions {
  /** The time of an event in milliseconds since the epoch, `null` where it has none; by default that of its usual time field. */
  timeOf?: (event: Event) => number | null;
}

export interface RuleMatch {
  rule: DetectionRule;
  /** The event's place in the input, from 0. */
  event: number;
}

/** An alert of a correlation; its `events` are places in the input. */
export interface RuleAlert extends Alert {
  rule: CorrelationRule;
}

export interface Evaluation {
  /** Every event that satisfies a detection rule, in the order of the events, then of the rules. */
  matches: RuleMatch[];
  /** The alerts of all correlations, each once an episode, in the order of the rules, then of their start. */
  alerts: RuleAlert[];
  /** Matches without a time, which no correlation can count. */
  untimed: number;
  /** Events that a correlation left out because they have more than 100,000 combinations of values in its fields. */
  crowded: { rule: CorrelationRule; event: number }[];
}

/**
 * Runs every rule on every event, whatever its log source, and the correlations on the matches. `rules` are those of one
 * `parse`, since correlations refer to others by id. The events are read once and may come in any order; the matches are kept.
 * No event makes it throw.
 */
export function evaluate(
  rules: readonly Rule[],
  events: Iterable<Event>,
  { timeOf: time = (event) => timeOf(event, TIME_FIELDS) }: EvaluateOptions = {},
): Evaluation {
  const detections = rules.filter((rule) => rule.kind === 'detection');
  const correlations = rules.filter((rule) => rule.kind === 'correlation');
  const plans = new ManyPlans(detections.map(({ plan }) => plan));
  const needed = fieldsOfDetections(rules);
  const inputs = detections.map(({ id }) => ({ rule: id, fields: needed.get(id) ?? [], matches: [] as Match[] }));
  const found: Evaluation = { matches: [], alerts: [], untimed: 0, crowded: [] };
  let n = 0;
  for (const event of events) {
    for (const index of plans.matching(event)) {
      const rule = detections[index]!;
      found.matches.push({ rule, event: n });
      if (!needed.has(rule.id)) continue;
      const at = time(event);
      if (at === null) {
        found.untimed++;
        continue;
      }
      const { fields, matches } = inputs[index]!;
      matches.push({ event: n, time: at, ingested: at, values: fields.map((field) => scalarAt(event, field)) });
    }
    n++;
  }
  const results = correlateAll(rules, inputs);
  for (const rule of correlations) {
    const { alerts, crowded } = results.get(rule.id)!;
    for (const alert of alerts) found.alerts.push({ rule, ...alert });
    for (const event of crowded) found.crowded.push({ rule, event });
  }
  return found;
}

import { expect } from 'chai';
import type { Event } from '@tollgate/sigma/values/event';
import type { Alert, Window } from '@tollgate/sigma/correlate/types';

/** Second and rule of an event, which is in the group `host: h` unless it says otherwise. */
export type Happening = [second: number, kind: string, more?: Event];

export interface Expectation {
  /** Correlations over the rules a, b and c, each by its name; their `rules` are [a], their `timespan` is 10s unless they say otherwise. */
  correlations: Record<string, string>;
  events: Happening[];
  /** Correlation → its alerts, as `start-end` in seconds, `value`, `events`, or what else is told of them. */
  tells: (alerts: Record<string, Alert[]>, excluded: Record<string, number>) => void;
  window?: Window;
  /** Diagnostics of the rules. */
  warns?: string[];
}

export const SECOND = 1000;
export const at = (seconds: number[], kind = 'a', more?: Event) =>
  seconds.map((second): Happening => [second, kind, more]);
export const spans = (alerts: Alert[] = []) => alerts.map(({ start, end }) => `${start / SECOND}-${end / SECOND}`);
export const values = (alerts: Alert[] = []) => alerts.map(({ value }) => value);
export const COUNT = 'type: event_count, group-by: [host]';

/** One correlation `c1` and the spans of its alerts. */
export const gives = (
  correlation: string,
  events: Happening[],
  expected: string[],
  more?: Partial<Expectation>,
): Expectation => ({
  correlations: { c1: correlation },
  events,
  tells: ({ c1 }) => expect(spans(c1)).to.deep.equal(expected),
  ...more,
});
/** The same with the values of its alerts. */
export const measures = (correlation: string, events: Happening[], expected: number[]): Expectation => ({
  correlations: { c1: correlation },
  events,
  tells: ({ c1 }) => expect(values(c1)).to.deep.equal(expected),
});
export const numbers = (all: unknown[]) => all.map((n, second): Happening => [second, 'a', { n }]);
export const number = (type: string, condition: string) => `type: ${type}, condition: {field: n, ${condition}}`;

export const BURST = `${COUNT}, condition: {gte: 3}`;
export const THEN = 'type: temporal_ordered, rules: [burst, b], group-by: [host]';

/** Each point of a part of the page → what it means. */
export type Points = Record<string, Expectation[]>;

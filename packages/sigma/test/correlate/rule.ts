import { correlateAll } from '../../src/correlate/chain';
import type { CorrelationInput, CorrelationMatch, CorrelationResult, Window } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';

/** A correlation over the rule `a`, grouped by `g`, with what the test is about. */
export function correlation(parts: Partial<CorrelationRule>): CorrelationRule {
  return {
    kind: 'correlation',
    id: 'correlation',
    title: 'A correlation',
    status: 'test',
    level: 'high',
    description: '',
    references: [],
    tags: [],
    falsepositives: [],
    file: 'rule.yml',
    document: 0,
    type: 'event_count',
    rules: ['a'],
    groupBy: ['g'],
    aliases: {},
    timespanMs: 10,
    condition: { gte: 3 },
    generate: false,
    attributes: {},
    ...parts,
  };
}

/** Matches at some times, numbered from `first` on, all with the same values. */
export function matchesAt(times: number[], values: CorrelationMatch['values'] = ['x'], first = 0): CorrelationMatch[] {
  return times.map((time, index) => ({ event: first + index, time, ingested: time, values }));
}

/** One correlation over detections. */
export function correlate(
  rule: CorrelationRule,
  inputs: readonly CorrelationInput[],
  window?: Window,
): CorrelationResult {
  return correlateAll([rule], inputs, window).get(rule.id)!;
}

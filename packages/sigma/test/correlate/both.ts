import { jsonOf } from '../../src/values/json';
import { expect } from 'chai';
import { correlateAll, fieldsOfDetections } from '../../src/correlate/chain';
import type { StreamLimits } from '../../src/correlate/limits';
import { CorrelationStream } from '../../src/correlate/stream';
import type { Alert, CorrelationInput, CorrelationResult } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';

/** What a stream emitted, in its order, and how many events it excluded of each correlation. */
export interface Streamed {
  alerts: { rule: string; alert: Alert }[];
  excluded: Map<string, number>;
  /** What was there before the end: groups in memory, and alerts emitted. */
  before: { live: number; alerts: number };
  /** How many entries each correlation let go before their time. */
  cut: Map<string, number>;
}

/**
 * Gives all matches to a stream, in the order of (time, event), and those of one event from the last rule to the first.
 * `ticks` are matches of a rule that no correlation counts.
 */
export function stream(
  rules: readonly CorrelationRule[],
  inputs: readonly CorrelationInput[],
  ticks: readonly number[] = [],
  limits?: StreamLimits,
): Streamed {
  const alerts: Streamed['alerts'] = [];
  const tick = { kind: 'detection', id: 'tick' } as never;
  const given = new CorrelationStream([...rules, tick], (rule, alert) => alerts.push({ rule: rule.id, alert }), limits);
  const fields = fieldsOfDetections(rules);
  const pushes = inputs.flatMap((input) => {
    const columns = (fields.get(input.rule) ?? []).map((field) => input.fields.indexOf(field));
    return input.matches.map((match) => ({
      rule: input.rule,
      match: { ...match, values: columns.map((column) => match.values[column]!) },
    }));
  });
  for (const time of ticks)
    pushes.push({ rule: 'tick', match: { event: Number.MAX_SAFE_INTEGER, time, ingested: time, values: [] } });
  pushes.sort((a, b) => a.match.time - b.match.time || a.match.event - b.match.event || (a.rule > b.rule ? -1 : 1));
  for (const { rule, match } of pushes) given.push(rule, match);
  const before = { live: given.live, alerts: alerts.length };
  return { alerts, excluded: given.end(), before, cut: given.cut() };
}

/** The results in one go, which those of the stream must equal. */
export function both(
  rules: readonly CorrelationRule[],
  inputs: readonly CorrelationInput[],
): Map<string, CorrelationResult> {
  const results = correlateAll(rules, inputs);
  const streamed = stream(rules, inputs);
  for (const [id, result] of results) {
    const alerts = streamed.alerts.filter(({ rule }) => rule === id).map(({ alert }) => alert);
    expect(ordered(alerts), `alerts of ${id}`).to.deep.equal(ordered(result.alerts));
    expect(streamed.excluded.get(id), `excluded of ${id}`).to.equal(result.excluded);
  }
  return results;
}

function ordered(alerts: readonly Alert[]): Alert[] {
  const key = (alert: Alert) => jsonOf([alert.group, alert.start]);
  return [...alerts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

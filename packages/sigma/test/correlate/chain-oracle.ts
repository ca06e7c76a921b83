import type { Scalar } from '../../src/values/event';
import type { Window } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';
import { oracle, type Episode, type OracleMatch, type Told } from './oracle';
import { windowOracle } from './window-oracle';

export type Facts = Record<string, Scalar | Scalar[] | null>;
/** What a detection matched, or a moment at which a correlation holds, with all that is known of it. */
export type Happening = Omit<OracleMatch, 'values'> & { facts: Facts };

/**
 * Correlations one upon the other by brute force, those that others refer to first. Each moment at which the condition of one
 * holds happens for those that refer to it: to its group, with everything that its window says of other fields. Rule id → alerts.
 */
export function chainOracle(
  rules: readonly CorrelationRule[],
  happenings: ReadonlyMap<string, Happening[]>,
  window: Window,
): Map<string, Episode[]> {
  const known = new Map(happenings);
  const results = new Map<string, Episode[]>();
  for (const rule of rules) {
    const origin = new Map<OracleMatch, Happening>();
    const names = [...rule.groupBy, ...(rule.condition.field ?? [])];
    const inputs = rule.rules.map((id) => ({
      rule: id,
      matches: known.get(id)!.map((happening) => {
        const { facts, ...match } = happening;
        const full = { ...match, values: names.map((name) => facts[name] ?? null) };
        origin.set(full, happening);
        return full;
      }),
    }));
    const { alerts, moments }: Told =
      window.model === 'sliding' ? oracle(rule, inputs) : windowOracle(rule, inputs, window);
    results.set(rule.id, alerts);
    known.set(
      rule.id,
      moments.map(({ group, time, visible, window: inside }) => {
        const parts = inside.map((match) => origin.get(match)!);
        const events = [...new Set(parts.flatMap((part) => part.events ?? [part.event]))].sort((a, b) => a - b);
        return { event: events.at(-1)!, time, ingested: visible, events, facts: factsOf(rule, group, parts) };
      }),
    );
  }
  return results;
}

/** What a moment says of its fields: its group, and everything that its window says of the others. */
function factsOf({ groupBy }: CorrelationRule, group: string, parts: readonly Happening[]): Facts {
  const own = group.split('/').slice(1);
  const names = new Set(parts.flatMap(({ facts }) => Object.keys(facts)));
  return Object.fromEntries(
    [...names].map((name) => {
      const position = groupBy.indexOf(name);
      if (position >= 0) return [name, JSON.parse(own[position]!) as Scalar];
      const values = parts.flatMap(({ facts }) => facts[name] ?? []);
      return [
        name,
        values.filter((value, index) => values.findIndex((one) => String(one) === String(value)) === index),
      ];
    }),
  );
}

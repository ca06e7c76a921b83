import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Scalar } from '../../tools/content/event';
import { fieldsOfDetections } from '../../tools/correlate/chain';
import type { CorrelationMatch } from '../../tools/correlate/types';
import type { CorrelationRule } from '../../tools/sigma/model';
import { both } from './both';
import { comparable, expected } from './comparable';
import { oracle, type OracleAlert } from './oracle';
import { event, rule } from './problem';
import { SEED } from './seed';

type Facts = Record<string, Scalar | Scalar[] | null>;
type Happening = Omit<CorrelationMatch, 'values'> & { facts: Facts };

/** Correlations one upon the other by brute force, those that others refer to first. Rule id → its alerts. */
function chainOracle(rules: readonly CorrelationRule[], happenings: Map<string, Happening[]>) {
  const known = new Map(happenings);
  const results = new Map<string, OracleAlert[]>();
  for (const each of rules) {
    const origin = new Map<CorrelationMatch, Happening>();
    const names = [...each.groupBy, ...(each.condition.field ?? [])];
    const inputs = each.rules.map((id) => ({
      rule: id,
      matches: known.get(id)!.map((happening) => {
        const { facts, ...match } = happening;
        const full = { ...match, values: names.map((name) => facts[name] ?? null) };
        origin.set(full, happening);
        return full;
      }),
    }));
    const alerts = oracle(each, inputs);
    results.set(each.id, alerts);
    known.set(
      each.id,
      alerts.map(({ group, start, visible, deciding }) => {
        const parts = deciding.map((match) => origin.get(match)!);
        const events = [...new Set(parts.flatMap((part) => part.events ?? [part.event]))].sort((a, b) => a - b);
        return { event: events.at(-1)!, time: start, ingested: visible, events, facts: factsOf(each, group, parts) };
      }),
    );
  }
  return results;
}

/** What an alert says of its fields: its group, and everything that its deciding window says of the others. */
function factsOf({ groupBy }: CorrelationRule, group: string, parts: readonly Happening[]): Facts {
  const own = group.split('/').slice(1);
  return Object.fromEntries(
    ['g', 'h', 'v', 'w'].map((name) => {
      const position = groupBy.indexOf(name);
      if (position >= 0) return [name, JSON.parse(own[position]!) as Scalar];
      return [name, [...new Set(parts.flatMap(({ facts }) => facts[name] ?? []))]];
    }),
  );
}

/** `first` over a and b; `second` over `first`, b and c; `third` over two or three of all. */
const chain = fc.record({
  rules: fc.tuple(rule, rule, rule),
  parts: fc.subarray(['first', 'second', 'a', 'b', 'c'], { minLength: 2, maxLength: 3 }),
  events: fc.array(event, { minLength: 1, maxLength: 25 }),
});

describe(`correlate: chains by brute force (TOLLGATE_SEED=${SEED})`, () => {
  it('finds what a brute force finds, in one go and as a stream', () => {
    const alerts = { first: 0, second: 0, third: 0 };
    fc.assert(
      fc.property(chain, ({ rules: [one, two, three], parts, events }) => {
        const named = [
          { ...one, id: 'first', rules: ['a', 'b'] },
          { ...two, id: 'second', rules: ['first', 'b', 'c'] },
          { ...three, id: 'third', rules: parts },
        ];
        const rules = named.map((each) => {
          // An expression over three rules says nothing about two.
          if (each.rules.length === 3 || each.condition.expression === undefined) return each;
          return { ...each, condition: { gte: 2 } };
        });
        const happenings = new Map<string, Happening[]>(
          ['a', 'b', 'c'].map((id, position) => [
            id,
            events.flatMap(({ time, delay, groups, measured, rules: satisfied }, n) => {
              const facts = { g: groups[0], h: groups[1], v: measured[0], w: measured[1] };
              return satisfied.includes(position) ? [{ event: n, time, ingested: time + delay, facts }] : [];
            }),
          ]),
        );
        const results = chainOracle(rules, happenings);
        const inputs = [...fieldsOfDetections(rules)].map(([id, fields]) => ({
          rule: id,
          fields,
          matches: happenings
            .get(id)!
            .map(({ facts, ...match }) => ({ ...match, values: fields.map((field) => facts[field] ?? null) })),
        }));
        const found = both([...rules].reverse(), inputs);
        for (const each of rules) {
          const wanted = expected(results.get(each.id)!);
          expect(comparable(each, found.get(each.id)!.alerts), each.id).to.deep.equal(wanted);
          alerts[each.id as 'first'] += wanted.length;
        }
      }),
      { seed: SEED, numRuns: 1500 },
    );
    for (const [id, count] of Object.entries(alerts)) expect(count, id).to.be.above(300);
  });
});

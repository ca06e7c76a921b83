import { expect } from 'chai';
import * as fc from 'fast-check';
import { correlateAll, fieldsOfDetections } from '../../src/correlate/chain';
import type { Window } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';
import { both } from './both';
import { chainOracle, type Happening } from './chain-oracle';
import { comparable } from './comparable';
import { event, rule } from './problem';
import { correlation } from './rule';
import { SEED } from './seed';
import { scheduled, tumbling } from './windows';

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** Rules, those that others refer to first, with the matches that their detections a, b and c have of some events. */
function problemOf(rules: CorrelationRule[], events: readonly Event[]) {
  const happenings = new Map<string, Happening[]>(
    ['a', 'b', 'c'].map((id, position) => [
      id,
      events.flatMap(({ time, delay, groups, measured, rules: satisfied }, n) => {
        const facts = { g: groups[0], h: groups[1], v: measured[0], w: measured[1] };
        return satisfied.includes(position) ? [{ event: n, time, ingested: time + delay, facts }] : [];
      }),
    ]),
  );
  const inputs = [...fieldsOfDetections(rules)].map(([id, fields]) => ({
    rule: id,
    fields,
    matches: happenings
      .get(id)!
      .map(({ facts, ...match }) => ({ ...match, values: fields.map((field) => facts[field] ?? null) })),
  }));
  return { rules, happenings, inputs };
}

/** Anything: `first` over a and b; `second` over `first`, b and c; `third` over two or three of all. */
const anyChain = fc
  .record({
    rules: fc.tuple(rule, rule, rule),
    parts: fc.subarray(['first', 'second', 'a', 'b', 'c'], { minLength: 2, maxLength: 3 }),
    events: fc.array(event, { minLength: 1, maxLength: 25 }),
  })
  .map(({ rules: [one, two, three], parts, events }) => {
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
    return problemOf(rules, events);
  });

const timespanMs = fc.integer({ min: 1, max: 20 });
const presence = fc
  .record({
    type: fc.constantFrom('temporal' as const, 'temporal_ordered' as const, 'value_count' as const),
    timespanMs,
    gte: fc.constantFrom(1, 2, 2, 3),
    groupBy: fc.constantFrom<string[]>(['g'], ['g'], ['g', 'h'], []),
    parts: fc.shuffledSubarray(['first', 'second', 'b', 'c'], { minLength: 2, maxLength: 4 }),
  })
  .map(({ type, gte, parts, ...rest }) => {
    const condition = type === 'value_count' ? { field: ['g'], gte } : { gte };
    return correlation({ ...rest, type, condition, rules: parts });
  });

/** Bursts that go on while those who take part change, and what comes with them. */
const bursts = fc
  .record({
    first: fc.record({
      timespanMs,
      gte: fc.integer({ min: 1, max: 3 }),
      groupBy: fc.constantFrom<string[]>([], ['h']),
    }),
    rules: fc.tuple(presence, presence),
    events: fc.array(event, { minLength: 10, maxLength: 40 }),
  })
  .map(({ first: { gte, ...rest }, rules: [two, three], events }) => {
    const first = correlation({ ...rest, id: 'first', rules: ['a'], condition: { gte } });
    const second = { ...two, id: 'second', rules: two.rules.filter((id) => id !== 'second') };
    return problemOf([first, second, { ...three, id: 'third' }], events);
  });

const WINDOWS: Record<Window['model'], fc.Arbitrary<Window>> = {
  sliding: fc.constant({ model: 'sliding' }),
  tumbling,
  scheduled,
};

describe(`correlate: chains by brute force (TOLLGATE_SEED=${SEED})`, () => {
  for (const [model, window] of Object.entries(WINDOWS)) {
    for (const [kind, chain] of Object.entries({ anything: anyChain, bursts })) {
      it(`finds in ${model} windows what a brute force finds: ${kind}`, () => {
        const alerts = { first: 0, second: 0, third: 0 };
        fc.assert(
          fc.property(chain, window, ({ rules, happenings, inputs }, drawn) => {
            const results = chainOracle(rules, happenings, drawn);
            // Sliding windows as a stream, too.
            const given = [...rules].reverse();
            const found = model === 'sliding' ? both(given, inputs) : correlateAll(given, inputs, drawn);
            for (const each of rules) {
              const wanted = results.get(each.id)!;
              expect(comparable(each, found.get(each.id)!.alerts), each.id).to.deep.equal(wanted);
              alerts[each.id as 'first'] += wanted.length;
            }
          }),
          { seed: SEED, numRuns: 1000 },
        );
        for (const [id, count] of Object.entries(alerts)) expect(count, id).to.be.above(200);
      });
    }
  }
});

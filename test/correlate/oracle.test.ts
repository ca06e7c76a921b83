import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Scalar } from '../../tools/content/event';
import { correlate } from '../../tools/correlate/correlate';
import { tupleKey } from '../../tools/correlate/tuples';
import type { CorrelationInput } from '../../tools/correlate/types';
import type { CorrelationCondition, CorrelationRule, CorrelationType } from '../../tools/sigma/model';
import type { Tree } from '../../tools/sigma/plan';
import { oracle } from './oracle';
import { correlation } from './rule';

const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const TYPES: CorrelationType[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
];

/** Small numbers, so that ties and windows that are exactly one timespan long are common. */
const time = fc.integer({ min: 0, max: 60 });
const member: fc.Arbitrary<Scalar | Scalar[] | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('x', 'y', 1, '1', true) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant<Scalar[]>(['x', 'y', 'x']) },
);
const measured: typeof member = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(-2, 0, 1, 2.5, 4, '4', 'word') },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant<Scalar[]>([1, 4]) },
);
const operator = fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq');
const condition: fc.Arbitrary<CorrelationCondition> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 5 }).map((gte) => ({ gte })) },
  {
    weight: 2,
    arbitrary: fc.tuple(operator, fc.integer({ min: 0, max: 4 })).map(([name, value]) => ({ [name]: value })),
  },
  { weight: 1, arbitrary: fc.constant({ gte: 2, lt: 4 }) },
);

const expression = fc.letrec<{ tree: Tree<number> }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(0, 1, 2).map((test) => ({ op: 'test', test }) as const),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((all) => ({ op: 'and', all }) as const),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((any) => ({ op: 'or', any }) as const),
    tie('tree').map((expr) => ({ op: 'not', expr }) as const),
  ),
})).tree;

const problem = fc
  .record({
    type: fc.constantFrom(...TYPES),
    timespanMs: fc.integer({ min: 1, max: 20 }),
    condition,
    expression: fc.option(expression),
    percentile: fc.constantFrom(0, 25, 50, 95, 100),
    fields: fc.constantFrom(1, 2),
    // One event may satisfy several rules; its facts are its own.
    events: fc.array(
      fc.record({
        time,
        delay: fc.integer({ min: 0, max: 40 }),
        group: member,
        one: measured,
        two: measured,
        rules: fc.subarray([0, 1, 2], { minLength: 1 }),
      }),
      { minLength: 1, maxLength: 25 },
    ),
  })
  .map(({ type, timespanMs, condition: bounds, expression: tree, percentile, fields, events }) => {
    const names = type === 'value_count' && fields === 2 ? ['v', 'w'] : ['v'];
    const counted = type === 'temporal' && tree !== null ? { expression: tree } : bounds;
    const full = type.startsWith('value_') ? { ...bounds, field: names, percentile } : counted;
    const rule = correlation({ type, rules: ['a', 'b', 'c'], timespanMs, condition: full });
    const inputs = ['a', 'b', 'c'].map((id, index) => ({
      rule: id,
      fields: ['g', ...(full === counted ? [] : names)],
      matches: events.flatMap((event, n) =>
        event.rules.includes(index)
          ? [
              {
                event: n,
                time: event.time,
                ingested: event.time + event.delay,
                values: [event.group, ...(full === counted ? [] : [event.one, event.two].slice(0, names.length))],
              },
            ]
          : [],
      ),
    }));
    return { rule, inputs };
  });

function found(rule: CorrelationRule, inputs: CorrelationInput[]) {
  return correlate(rule, inputs)
    .alerts.map(({ group, ...alert }) => ({ ...alert, group: `/${JSON.stringify(group['g'])}` }))
    .sort((a, b) => a.start - b.start || (a.group < b.group ? -1 : 1));
}

describe('correlate: sliding window', () => {
  it(`emits the alerts that a brute force finds (seed ${SEED})`, function () {
    this.timeout(60_000);
    let alerts = 0;
    fc.assert(
      fc.property(problem, ({ rule, inputs }) => {
        const expected = oracle(rule, inputs);
        expect(found(rule, inputs)).to.deep.equal(expected);
        alerts += expected.length;
      }),
      { seed: SEED, numRuns: 2500 },
    );
    expect(alerts).to.be.above(1000);
  });

  it(`does not depend on the order of the matches, the origin of time or the names of groups (seed ${SEED})`, function () {
    this.timeout(60_000);
    const shift = 1_700_000_000_000;
    fc.assert(
      fc.property(problem, ({ rule, inputs }) => {
        const before = correlate(rule, inputs);
        const renamed = (value: unknown) => (value === null ? null : tupleKey([value as string]));
        const moved = inputs.map((input) => ({
          ...input,
          matches: input.matches
            .map((match) => ({
              ...match,
              time: match.time + shift,
              ingested: match.ingested + shift,
              values: [
                Array.isArray(match.values[0])
                  ? match.values[0].map((each) => renamed(each)!)
                  : renamed(match.values[0]),
                ...match.values.slice(1),
              ],
            }))
            .reverse(),
        }));
        const after = correlate(rule, moved.reverse());
        expect(after.excluded).to.equal(before.excluded);
        expect(after.peak).to.equal(before.peak);
        const plain = (alerts: typeof after.alerts, by: number, key: (value: unknown) => unknown) =>
          alerts
            .map((alert) =>
              JSON.stringify([
                alert.start + by,
                alert.end + by,
                alert.visible + by,
                alert.value,
                alert.events,
                key(alert.group['g']),
              ]),
            )
            .sort();
        expect(plain(after.alerts, 0, (value) => value)).to.deep.equal(plain(before.alerts, shift, renamed));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

import * as fc from 'fast-check';
import type { Scalar } from '../../src/values/event';
import type { CorrelationInput } from '../../src/correlate/types';
import type { CorrelationCondition, CorrelationRule, CorrelationType } from '../../src/rules/model';
import type { BooleanTree } from '../../src/rules/plan';
import { correlation } from './rule';

/** A correlation over `a`, `b` and `c`, and their matches, in no order. Fields: the group's, then the condition's. */
export interface Problem {
  rule: CorrelationRule;
  inputs: CorrelationInput[];
}

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
  { weight: 1, arbitrary: fc.constant<Scalar[]>([1, 4, 4]) },
);
const operator = fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq');
const condition: fc.Arbitrary<CorrelationCondition> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 5 }).map((gte) => ({ gte })) },
  {
    weight: 2,
    arbitrary: fc.tuple(operator, fc.integer({ min: 0, max: 4 })).map(([name, value]) => ({ [name]: value })),
  },
  { weight: 1, arbitrary: fc.constantFrom({ gte: 2, lt: 4 }, { gt: 0, lte: 3 }, { gte: 0, neq: 2 }) },
);

const expression = fc.letrec<{ tree: BooleanTree<number> }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(0, 1, 2).map((test) => ({ op: 'test', test }) as const),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((all) => ({ op: 'and', all }) as const),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((any) => ({ op: 'or', any }) as const),
    tie('tree').map((expr) => ({ op: 'not', expr }) as const),
  ),
})).tree;

/** A small event; which rules it satisfies is its own affair, and its values are the same for each. */
export const event = fc.record({
  time,
  delay: fc.integer({ min: 0, max: 40 }),
  groups: fc.tuple(member, fc.constantFrom<Scalar | null>('p', 'p', 'p', 2, null)),
  measured: fc.tuple(measured, measured),
  rules: fc.subarray([0, 1, 2], { minLength: 1 }),
  /** Whether an engine gave it twice. */
  twice: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
});

/** The rule of a correlation that groups by the first fields of `g` and `h`. */
export const rule = fc
  .record({
    type: fc.constantFrom(...TYPES),
    timespanMs: fc.integer({ min: 1, max: 20 }),
    condition,
    expression: fc.option(expression),
    percentile: fc.constantFrom(0, 25, 50, 95, 100),
    fields: fc.constantFrom(1, 2),
    groupFields: fc.constantFrom(1, 1, 1, 2, 0),
  })
  .map(({ type, timespanMs, condition: bounds, expression: tree, percentile, fields, groupFields }) => {
    const field = type === 'value_count' && fields === 2 ? ['v', 'w'] : ['v'];
    const counted = type === 'temporal' && tree !== null ? { expression: tree } : bounds;
    return correlation({
      type,
      rules: ['a', 'b', 'c'],
      groupBy: ['g', 'h'].slice(0, groupFields),
      timespanMs,
      condition: type.startsWith('value_') ? { ...bounds, field, percentile } : counted,
    });
  });

export const problem: fc.Arbitrary<Problem> = fc
  .record({ rule, aliased: fc.boolean(), events: fc.array(event, { minLength: 1, maxLength: 25 }) })
  .map(({ rule: plain, aliased, events }) => {
    const aliases: CorrelationRule['aliases'] = aliased && plain.groupBy.length > 0 ? { g: { b: 'other' } } : {};
    const names = [...plain.groupBy, ...(plain.condition.field ?? [])];
    const inputs = plain.rules.map((id, position) => ({
      rule: id,
      fields: names.map((name) => (id === 'b' && name in aliases ? 'other' : name)),
      matches: events.flatMap((each, n) => {
        const values = [
          ...each.groups.slice(0, plain.groupBy.length),
          ...each.measured.slice(0, names.length - plain.groupBy.length),
        ];
        const match = { event: n, time: each.time, ingested: each.time + each.delay, values };
        if (!each.rules.includes(position)) return [];
        return each.twice ? [match, { ...match }] : [match];
      }),
    }));
    return { rule: { ...plain, aliases }, inputs };
  });

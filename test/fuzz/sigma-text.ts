import fc from 'fast-check';
import { KNOWN_MODIFIERS } from '@tollgate/sigma/rules/modifiers';

/** Sigma as text, valid as far as its parts fit together. Text that is JSON is YAML too, and needs no writer. */

export const FIELDS = [
  'name',
  'names.part',
  'deep.er.name',
  'tags',
  'address',
  'count',
  'at',
  'nowhere',
  'a'.repeat(40),
];

const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a',
      'A*c',
      '?b',
      '\\*',
      '%x%',
      '-a /b',
      '192.0.2.0/24',
      '^a+$',
      '5',
      'École',
      '',
      '(a|b)*c',
      'count',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'a{1000}',
      '-'.repeat(9),
      '*'.repeat(300),
      '(a?){30}'.repeat(9),
      'x'.repeat(9000),
      '\\'.repeat(99),
    ),
  },
);
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 2, arbitrary: fc.oneof(fc.integer({ min: -3, max: 60 }), fc.double(), fc.boolean(), fc.constant(null)) },
  { weight: 2, arbitrary: fc.array(text, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
export const key = fc
  .tuple(fc.constantFrom(...FIELDS, ''), fc.array(fc.constantFrom(...KNOWN_MODIFIERS), { maxLength: 3 }))
  .map(([field, modifiers]) => [field, ...modifiers].join('|'));

const map = (entries: [string, unknown][]): Record<string, unknown> => Object.fromEntries(entries);
const selection = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 3 }).map(map) },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(value, fc.array(fc.tuple(key, value), { maxLength: 2 }).map(map)), { maxLength: 3 }),
  },
);

export const NAMES = ['a', 'b', 'sel_1', 'sel_2', '_hidden', 'filter', 'and', 'them', '1', 'all'];

/** A condition over `NAMES`, mostly well formed. */
export const condition: fc.Arbitrary<string> = fc.letrec<{ expr: string }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom(...NAMES, 'nothing', '1 of them', 'all of them', '1 of sel_*', 'all of *', '1 of _*', '2 of them'),
    fc.tuple(tie('expr'), fc.constantFrom(' and ', ' or ', ' AND ', '\n or'), tie('expr')).map((list) => list.join('')),
    tie('expr').map((inner) => `not ${inner}`),
    tie('expr').map((inner) => `(${inner})`),
  ),
})).expr;

const logsource = fc.constantFrom({ product: 'p' }, { product: 'p', service: 's' }, { category: 'c' }, {}, null);

export const rule = fc.record({
  title: fc.oneof({ weight: 9, arbitrary: fc.constant('A rule') }, { weight: 1, arbitrary: value }),
  id: fc.constantFrom('r0', 'r1', 'r2'),
  logsource,
  detection: fc
    .tuple(fc.array(fc.tuple(fc.constantFrom(...NAMES), selection), { minLength: 1, maxLength: 4 }), condition)
    .map(([selections, text]) => ({ ...map(selections), condition: text })),
});

const reference = fc.constantFrom('r0', 'r1', 'r2', 'c0', 'c1', 'c2', 'c3', 'nothing', '__proto__');
const bound = fc.constantFrom(0, 1, 2, 5, -1, 1.5, 1e9);

export const correlation = fc.record(
  {
    title: fc.constant('A correlation'),
    id: fc.constantFrom('c0', 'c1', 'c2', 'c3'),
    correlation: fc.record(
      {
        type: fc.constantFrom(
          ...['event_count', 'value_count', 'temporal', 'temporal_ordered', 'value_sum', 'value_avg'],
          ...['value_percentile', 'value_median'],
        ),
        rules: fc.oneof(fc.uniqueArray(reference, { minLength: 1, maxLength: 4 }), reference),
        'group-by': fc.oneof(fc.uniqueArray(fc.constantFrom(...FIELDS, 'alias'), { maxLength: 3 }), value),
        timespan: fc.constantFrom('1s', '10m', '1h', '9999w', '0s', '5M', '1'),
        aliases: fc.constantFrom(undefined, { alias: { r0: 'name', r1: 'tags' } }, { __proto__: { r0: 'a' } }),
        condition: fc.oneof(
          fc.record(
            { gte: bound, lt: bound, eq: bound, field: fc.constantFrom(...FIELDS), percentile: bound },
            { requiredKeys: [] },
          ),
          fc.constantFrom('r0 and r1', 'r0 and not r1', '1 of them', '(r0 or c0)'),
        ),
        generate: fc.boolean(),
      },
      { requiredKeys: ['type', 'rules', 'timespan'] },
    ),
  },
  { requiredKeys: ['title', 'id', 'correlation'] },
);

export const filter = fc.record({
  title: fc.constant('A filter'),
  id: fc.constantFrom('f0', 'r0'),
  logsource,
  filter: fc
    .tuple(fc.uniqueArray(reference, { minLength: 1, maxLength: 3 }), selection)
    .map(([rules, a]) => ({ rules, a, condition: 'not a' })),
});

/** Documents of one file. */
export const documents = (document: fc.Arbitrary<unknown>, most: number): fc.Arbitrary<string> =>
  fc
    .array(document, { minLength: 1, maxLength: most })
    .map((list) => list.map((each) => JSON.stringify(each, null, 1)).join('\n---\n'));

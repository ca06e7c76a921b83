import fc from 'fast-check';
import type { Event } from '@tollgate/sigma/values/event';
import type { Expr, PatternPart, Plan, Test } from '@tollgate/sigma/rules/plan';
import { regexProblem } from '@tollgate/sigma/rules/regex';

const FIELDS = [
  'name',
  'names.part',
  'deep.er.name',
  'tags',
  'address',
  'count',
  'price',
  'ok',
  'at',
  'deep',
  'deep.er',
  'name.folded',
  'nowhere',
];

/** Texts that case folding, wildcards, escapes and the shapes of numbers and addresses make difficult. */
const TEXTS = [
  ...['', 'a', 'A', 'abc', 'ABC', 'aBc', 'école', 'ÉCOLE', 'İstanbul', 'istanbul', 'ΣΑΣ', 'σας', 'σασ', 'ß', 'K', 'k'],
  ...[
    '*',
    '?',
    'a*c',
    'a?c',
    'a\\c',
    '\\',
    '\\*',
    '"',
    'a b',
    'line\nbreak',
    'tab\t',
    '😀',
    'x😀y',
    '𐐀',
    '𐐨',
    'ǅ',
    'ſ',
  ],
  ...['5', '5.0', '05', '-0', '1e3', '1E3', '1000', 'true', 'TRUE', 'false', 'null', '0x10', ' 5', '9007199254740993'],
  ...[
    '192.0.2.1',
    '192.0.2.255',
    '198.51.100.7',
    '::ffff:192.0.2.1',
    '2001:db8::1',
    '2001:DB8:0::1',
    '192.0.2',
    '192.0.2.01',
  ],
  ...[
    'fe80::1%eth0',
    '::',
    '::192.0.2.1',
    '1.2.3.4.5',
    '2024-02-29T12:00:00Z',
    '2023-02-29',
    '2024-01-01',
    'aws:internal',
  ],
  ...['5d', '0x1p3', 'NaN', '+5', '.5', '-0.0', '1e400', '-1e3', '٣', 'fe80::1', 'ffff::', '::1'],
  ...['aa', 'a-a', '-a', 'a-', 'a\nb', '\na', 'ab\nc', 'abc ABC', 'x1 y2', 'ſa'],
  '\ud83d',
  'x'.repeat(11_000),
];

const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', 'B', '*', '?', '\\', 'é', 'É', ' '), maxLength: 4 }) },
);
const number = fc.constantFrom(
  0,
  -0,
  1,
  5,
  5.5,
  -3,
  1000,
  200,
  1e21,
  1.5e-7,
  2 ** 53,
  2 ** 60,
  2 ** 63,
  -(2 ** 63),
  0.1,
);
const scalar = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);
const value = fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) });

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Events with any value in any field, dotted and nested. A record as JSON has no undefined in it. */
export const event: fc.Arbitrary<Event> = fc
  .record({
    name: maybe(value),
    'names.part': maybe(value),
    deep: maybe(
      fc
        .constantFrom(undefined, null, {})
        .chain((nothing) =>
          nothing === undefined ? fc.record({ er: fc.record({ name: value }) }) : fc.constant(nothing),
        ),
    ),
    'deep.er': maybe(fc.array(fc.record({ name: value }), { maxLength: 2 })),
    tags: maybe(fc.array(scalar, { maxLength: 3 })),
    address: maybe(value),
    count: maybe(value),
    price: maybe(value),
    ok: maybe(value),
    at: maybe(value),
  })
  .map((record) => JSON.parse(JSON.stringify(record)) as Event);

/** Keys that Elasticsearch refuses, or takes for its own or ours; and fields that are objects at the same time. */
const oddKeys: fc.Arbitrary<Event> = fc.dictionary(
  fc.constantFrom(
    ...['', ' ', '.', 'name.', '.name', 'deep..er', '_id', '_source', '_PID', 'tollgate', 'tollgate.n', 'x*', 'a b'],
    ...['name.folded', 'name.as_ip', 'name.x', 'deep.er.name.x', 'nowhere.else', 'address', 'ok'],
  ),
  fc.oneof(
    value,
    fc.constant({ name: 'a' }),
    fc.constant({ folded: 'a', '': 'b' }),
    fc.constant([[{ x: [5] }, {}], 'a']),
  ),
  { maxKeys: 2 },
);

/** Events of any shape at all, as no mapping foresees them. */
export const wildEvent: fc.Arbitrary<Event> = fc
  .record({
    event,
    odd: fc.option(oddKeys, { freq: 3 }),
    name: maybe(fc.oneof(value, fc.constantFrom<unknown>({ x: 1 }, { x: null }, [{ part: 'a' }, 'b'], [[['abc']]]))),
    deep: maybe(
      fc.oneof(
        value,
        fc.constantFrom<unknown>({ er: 'a' }, [{ er: [{ name: 'ABC' }, 'a'] }], [null, { er: { name: 5 } }]),
      ),
    ),
    depth: fc.constantFrom(0, 0, 0, 0, 0, 0, 150, 1500),
  })
  .map(({ event: base, odd, name, deep, depth }) => {
    let nested: unknown = 'abc';
    for (let i = 0; i < depth; i++) nested = i % 2 === 0 ? { deep: nested } : [nested];
    const more = {
      ...(name !== undefined && { name }),
      ...(deep !== undefined && { deep }),
      ...(depth > 0 && { nested }),
    };
    return JSON.parse(JSON.stringify({ ...base, ...more, ...odd })) as Event;
  });

const plainText = fc.constantFrom(...TEXTS.filter((each) => each.length < 100 && !/[\ud800-\udfff]/.test(each)));

/** Events as the contract describes them: what a column of the index holds as well as the record does. */
export const plainEvent: fc.Arbitrary<Event> = fc
  .record({
    name: maybe(plainText),
    deep: maybe(fc.record({ er: fc.record({ name: plainText }) })),
    tags: maybe(fc.array(plainText, { minLength: 1, maxLength: 3 })),
    address: maybe(fc.constantFrom('192.0.2.1', '198.51.100.7', '2001:db8::1', 'aws:internal')),
    count: maybe(fc.constantFrom(0, 1, 5, 200, -3)),
    price: maybe(fc.constantFrom(0, 5.5, 1e21, 1.5e-7)),
    ok: maybe(fc.boolean()),
    at: maybe(fc.constantFrom('2024-02-29T12:00:00Z', '2023-02-28T00:00:00.123Z')),
  })
  .map((record) => JSON.parse(JSON.stringify(record)) as Event);

const field = fc.constantFrom(...FIELDS);
const part: fc.Arbitrary<PatternPart> = fc.oneof(text, fc.constantFrom<PatternPart>({ wild: 'any' }, { wild: 'one' }));
const op = fc.constantFrom('eq', 'lt', 'lte', 'gt', 'gte' as const);

const SOURCES = [
  ...[
    'a',
    '^a',
    'c$',
    '^abc$',
    '^$',
    '',
    '.',
    '^.$',
    '^.*$',
    'a.c',
    '[a-c]+',
    '[^a]',
    '\\d+',
    '^\\w+$',
    '\\s',
    '\\D',
    'b|c',
    '^a|c$',
  ],
  ...[
    '(a|b)c',
    '(?:ab)?c',
    'a{1,3}',
    'k',
    's',
    '[j-l]',
    '\\.',
    '\\*',
    '\\\\',
    '\\x41',
    '\\x{1F600}',
    '[\\w.]+',
    'a\\b',
    '(?i)abc',
    'é',
    ...[
      '\\ba',
      'a\\b',
      '\\bab',
      'a\\b.',
      'a(^b)',
      '(^|-)a',
      'a(-|$)',
      '(^a$)|(^abc$)',
      '(?i:a)B',
      '^b',
      'c$',
      '^$',
      'a\\B',
      '\\b',
    ],
    ...[
      '(?:a|\\b)-',
      '^(a|b)*$',
      '(a$|^b)c?',
      'x{100}',
      '[^\\n]{2,}',
      '(?s).{3}',
      '(?P<n>a)c?',
      '\\bk',
      '(?m)^a$',
      'a\\b\\n',
      '\\w\\b\\W',
    ],
  ],
  ...[
    '^[^@]+$',
    '"',
    '#',
    '~',
    '<1-5>',
    '&',
    '@',
    '(a|)b',
    'a+?',
    '[-a]',
    '[a-]',
    '1e3',
    'x{40}',
    '(x{40}){40}',
    '\\n',
    '^5$|^true$',
  ],
];

const test: fc.Arbitrary<Test> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pattern' as const),
      field: fc.option(field, { freq: 8 }),
      parts: fc.array(part, { maxLength: 3 }),
      cased: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        kind: fc.constant('regex' as const),
        field: fc.option(field, { freq: 8 }),
        source: fc.constantFrom(...SOURCES),
        ignoreCase: fc.boolean(),
        multiline: fc.boolean(),
        dotAll: fc.boolean(),
      })
      .filter((each) => regexProblem(each) === null),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('exists' as const), field, present: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('null' as const), field }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('number' as const),
      field,
      op,
      value: fc.constantFrom(0, 1, 5, 5.5, -3, 1000, 1e21, -1e300, 2 ** 53 - 1, 0.1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('boolean' as const), field, value: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cidr' as const),
      field: fc.oneof(fc.constant('address'), field),
      network: fc.constantFrom(
        '192.0.2.0/24',
        '192.0.2.1/32',
        '0.0.0.0/0',
        '2001:db8::/32',
        '::/0',
        '::/96',
        '::/128',
        ...['fe80::/10', 'ff00::/8', '::/1', '::/80', '::ffff:0:0:0/80', '8000::/1', '192.0.2.1/31'],
        '192.0.0.0/9',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      field,
      part: fc.constantFrom('hour', 'day', 'week', 'month', 'year' as const),
      op,
      value: fc.constantFrom(1, 9, 12, 29, 2024),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('ref' as const),
      field,
      other: field,
      match: fc.constantFrom('equals', 'startswith', 'endswith', 'contains' as const),
      cased: fc.boolean(),
    }),
  },
);

const leaf: fc.Arbitrary<Expr> = test.map((each) => ({ op: 'test', test: each }));

export const plan: fc.Arbitrary<Plan> = fc
  .letrec<{ expr: Expr }>((tie) => ({
    expr: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('expr'), { minLength: 1, maxLength: 3 }).map((all): Expr => ({ op: 'and', all })),
      fc.array(tie('expr'), { minLength: 1, maxLength: 3 }).map((any): Expr => ({ op: 'or', any })),
      tie('expr').map((expr): Expr => ({ op: 'not', expr })),
    ),
  }))
  .expr.map((expr) => ({ expr, fields: [] }));

import fc from 'fast-check';
import { casedTexts, LONG_TEXTS, ODD_TEXTS, TEXTS } from './texts';
import type { Json } from './oracle';

export type Detection = Record<string, Json>;

export const PLACEHOLDERS: Record<string, string[]> = {
  one: ['abc'],
  several: ['a*', 'istanbul', '5', 'C:\\\\dir'],
  addresses: ['192.0.2.0/24', '2001:db8::/32'],
  words: ['a|b', '[0-9]+'],
};

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
  'nowhere',
];
const field = fc.constantFrom(...FIELDS);

/** A text as a rule has to write it to mean just this. */
const escaped = (text: string) => text.replaceAll(/[\\*?]/g, '\\$&');
const tails = LONG_TEXTS.map((text) => text.slice(-20));
const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS.map(escaped)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...ODD_TEXTS,
      '*\ud83d*',
      '?',
      '??',
      '*?',
      'x?y',
      ...tails.map((tail) => `*${tail}`),
      ...tails.map((tail) => `${tail}*`),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...TEXTS.filter((each) => each.length < 30)),
        fc.nat(4),
        fc.constantFrom('*', '?', '*?', ''),
      )
      .map(([base, at, wild]) => base.slice(0, at) + wild + base.slice(at + 1)),
  },
);
const number = fc.constantFrom<number | bigint>(
  ...[0, 1, 5, 5.5, -3, 1000, 0.1, 1.5e-7, 2 ** 53 - 1, 2 ** 53, 2024],
  ...[9007199254740993n, -9007199254740993n, 18446744073709551615n, -9223372036854775809n],
);
/** More than an index takes of an expression. */
const LONG_DASHES = `${'-'.repeat(300)}*`;

/** Without classes of letters where case is ignored: there JavaScript and RE2 differ. */
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
  ],
  ...[
    '^a|c$',
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
  ],
  ...['(?i)abc', 'é', 'É', '^[^@]+$', '"', '#', '~', '<1-5>', '&', '@', '(a|)b', 'a+?', '[-a]', '[a-]', '1e3', 'x{40}'],
  ...[
    '(x{40}){2}',
    '\\n',
    '^5$|^true$',
    'a\\b',
    '^break$',
    '^line$',
    'ΣΑ',
    '\\S\\s\\S',
    '[^\\d]$',
    '(^a|b)c',
    'a(b|$)',
  ],
].filter((source) => source !== '');
const anchor = fc.constantFrom('^', '$', '\\b');
const narrow = fc.tuple(
  fc.constantFrom('a', 'b', 'B', '1', '\\n', '[ab]', '[b-]', '\\d', '\\\\', '\\*', 'é', ' '),
  fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,2}', '*?'),
);
/** Repeated without end these would take the oracle's backtracking too long. */
const wide = fc.tuple(fc.constantFrom('.', '[^a]', '\\D', '\\S'), fc.constantFrom('', '?', '{0,2}', '{2}'));
/** Any regular expression of the specification's words, with anchors and word boundaries at any place. */
const regex: fc.Arbitrary<string> = fc.letrec<{ regex: string }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    narrow.map((parts) => parts.join('')),
    wide.map((parts) => parts.join('')),
    anchor,
    fc.array(tie('regex'), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
    fc.tuple(tie('regex'), tie('regex')).map(([a, b]) => `${a}|${b}`),
    fc.tuple(tie('regex'), fc.constantFrom('', '?', '{2}')).map(([inner, times]) => `(${inner})${times}`),
  ),
})).regex;
const NETWORKS = [
  ...['192.0.2.0/24', '192.0.2.1/32', '0.0.0.0/0', '2001:db8::/32', '::/0', '::/96', '::/128', '192.0.0.0/9'],
  ...['192.0.2.77/25', '198.51.100.7', '::ffff:192.0.2.0/120', '2001:db8::1', '::ffff:0:0/96', '64:ff9b::/96'],
];

const list = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary }, { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 3 }) });
const any = (all: string) => fc.constantFrom(...all.split(' ').map((each) => (each === '-' ? '' : each)));
/** One key, without its field, and its value. */
const entry = (keys: string, value: fc.Arbitrary<unknown>) => fc.tuple(any(keys), value as fc.Arbitrary<Json>);
const letters = fc.constantFrom('abc', 'ab', 'cmd', 'a b', 'abcd');
const several = (arbitrary: fc.Arbitrary<unknown>) => fc.array(arbitrary, { minLength: 1, maxLength: 3 });

const STRINGS =
  '- |contains |startswith |endswith |cased |contains|cased |endswith|cased |neq |contains|neq |startswith|neq';
const item: fc.Arbitrary<[string, Json]> = fc
  .oneof(
    { weight: 8, arbitrary: fc.tuple(field, entry(STRINGS, list(text))) },
    { weight: 2, arbitrary: fc.tuple(field, entry('|contains|all |all |startswith|all |cased|all', several(text))) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        field,
        entry(
          '|windash |windash|contains |contains|windash |windash|cased |windash|neq',
          list(fc.constantFrom('-a /b', '–', '-a*', 'a', '-a?/b', '-/–—―-/–—―-', LONG_DASHES)),
        ),
      ),
    },
    { weight: 3, arbitrary: fc.tuple(field, entry('- |neq |all', several(fc.oneof(number, fc.boolean())))) },
    {
      weight: 1,
      arbitrary: fc.tuple(field, entry('|contains |startswith |endswith|neq', list(fc.oneof(number, fc.boolean())))),
    },
    { weight: 1, arbitrary: fc.tuple(field, entry('- |neq', fc.constant(null))) },
    { weight: 2, arbitrary: fc.tuple(field, entry('|exists', fc.boolean())) },
    {
      weight: 3,
      arbitrary: fc.tuple(
        fc.oneof(fc.constantFrom('count', 'price'), field),
        entry('|lt |lte |gt |gte |gt|neq', list(number)),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('count', 'price', 'tags'), entry('|gt|all |lte|all', several(number))),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(
        fc.oneof(fc.constant('address'), field),
        entry('|cidr |cidr|neq', list(fc.constantFrom(...NETWORKS))),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constant('address'), entry('|cidr|all', several(fc.constantFrom(...NETWORKS)))),
    },
    { weight: 3, arbitrary: fc.tuple(field, entry('|re |re|m |re|s |re|neq', regex)) },
    {
      weight: 4,
      arbitrary: fc.tuple(
        field,
        entry('|re |re|m |re|s |re|m|s |re|neq |re|multiline |re|dotall', list(fc.constantFrom(...SOURCES))),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(field, entry('|re|i |re|ignorecase|s', fc.constantFrom('ABC', 'k', 'É', '^a.C$', '[k-s]+'))),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(
        field,
        entry(
          '|fieldref |fieldref|cased |fieldref|neq |fieldref|startswith |fieldref|endswith |fieldref|contains',
          list(field),
        ),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(
        fc.oneof(fc.constant('at'), field),
        entry('|hour |minute|gte |week|lte |day |week |hour|neq |day|gt|neq', list(fc.constantFrom(1, 5, 12, 23))),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constant('at'), entry('|year |year|lt |year|gte', fc.constantFrom(2023, 2024, 0, 9999))),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(
        field,
        entry(
          '|base64 |base64|contains |base64offset|contains |wide |utf16le |wide|base64 |utf16be|base64 |utf16|base64 |wide|base64offset|contains',
          list(letters),
        ),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(
        field,
        entry(
          '|expand |contains|expand |expand|endswith |expand|cased',
          fc.constantFrom('%one%', '%several%', 'x%several%*', '\\%one%several%', '%one%%several%', 'C:\\\\%one%'),
        ),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(
        field,
        fc.constantFrom<[string, Json]>(['|cidr|expand', '%addresses%'], ['|re|expand', '^%words%$']),
      ),
    },
  )
  .map(([name, [modifiers, value]]) => [name + modifiers, value]);

const map = fc.array(item, { minLength: 1, maxLength: 3 }).map((items): Json => Object.fromEntries(items));
const keyword = fc.oneof({ weight: 4, arbitrary: text }, number) as fc.Arbitrary<Json>;
const selection: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: map },
  { weight: 2, arbitrary: fc.array(fc.oneof({ weight: 2, arbitrary: map }, keyword), { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: keyword },
  {
    weight: 1,
    arbitrary: entry('|all |contains|all |cased|all', several(keyword)).map(([key, values]) => ({ [key]: values })),
  },
  {
    weight: 1,
    arbitrary: entry('|contains |startswith |endswith |cased', text).map(([key, value]) => ({ [key]: value })),
  },
);

const NAMES = ['selection', 'selection_b', '_hidden'];
const condition: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      ...NAMES,
      '1 of them',
      'all of them',
      '1 of selection*',
      'all of *',
      '1 of *_b',
      'all of _*',
      '1 of s*n*',
    ),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((parts) => parts.join(' ')),
    tie('condition').map((part) => `not ${part}`),
    tie('condition').map((part) => `(${part})`),
  ),
})).condition;

/** Whole detections: selections with modifiers, and a condition over them. */
export const detection: fc.Arbitrary<Detection> = fc.record(
  {
    selection,
    selection_b: selection,
    _hidden: selection,
    condition: fc.oneof(condition, fc.array(condition, { minLength: 1, maxLength: 2 })),
  },
  { noNullPrototype: true },
) as fc.Arbitrary<Detection>;

/** Single items, where no other hides a difference. */
export const single: fc.Arbitrary<Detection> = fc
  .oneof(
    { weight: 5, arbitrary: item.map(([key, value]): Json => ({ [key]: value })) },
    { weight: 1, arbitrary: selection },
  )
  .map((alone) => ({ selection: alone, condition: 'selection' }));

/** For every letter with another case, detections that ask for its other case. */
export function casedDetections(): Detection[] {
  const keys = ['name', 'name|contains', 'name|cased', 'deep.er.name|endswith', 'name|re|i'];
  return casedTexts().map(({ text, swapped }, i) => ({
    [`s${i}`]: { [keys[i % keys.length]!]: swapped },
    letters: { 'tags|all': [...text].slice(0, 20), [i % 3 ? 'name' : 'name|cased']: text },
    condition: '1 of them',
  }));
}

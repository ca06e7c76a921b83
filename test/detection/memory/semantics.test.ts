import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { jsonOf } from '@tollgate/sigma/values/json';
import { evaluate } from '@tollgate/sigma/evaluate';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { readEvent } from '../../../tools/foundation/ndjson/read-event';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { ruleOf, sigma } from '../../../packages/sigma/test/rules/documents';

type Selection = unknown;
interface Expectation {
  selection: Selection;
  /** The selection as it stands in the rule, where that matters. */
  written?: string;
  holds?: unknown[];
  fails?: unknown[];
  /** The diagnostic instead. */
  error?: string;
  /** Pairs of values that are one to groups, aliases and distinct counts, and pairs that are two. */
  same?: [unknown, unknown][];
  different?: [unknown, unknown][];
}

const when = (selection: Selection, holds: unknown[], fails: unknown[] = []): Expectation => ({
  selection,
  holds,
  fails,
});
const written = (text: string, holds: unknown[], fails: unknown[] = []): Expectation => ({
  ...when(text, holds, fails),
  written: text,
});
const refused = (selection: Selection, error: string): Expectation => ({ selection, error });
const LONG = 'x'.repeat(40_000);
const LONG_INTEGER = '7'.repeat(301);
/** An event as it is read from its text. */
const eventOf = (text: string): unknown => readEvent(Buffer.from(text), 0, Buffer.byteLength(text));
/** An event whose field `a` has a value that is written so. */
const read = (value: string): unknown => eventOf(`{"a": ${value}}`);
const PLACEHOLDERS = { servers: ['srv*', 'a\\*b'], digits: ['\\d+'] };

/** Each point of the page → what it means. */
const POINTS: Record<string, Expectation[]> = {
  'A dotted name finds the same values whether its dots separate objects or are part of a key.': [
    when(
      { 'a.b.c': 'x' },
      [{ a: { b: { c: 'x' } } }, { 'a.b.c': 'x' }, { 'a.b': { c: 'x' } }, { a: { 'b.c': 'x' } }],
      [{ a: { c: 'x' } }, { 'a.b': 'x' }],
    ),
  ],
  'A list stands for each of its items, and a list of lists for all of theirs.': [
    when({ a: 'x' }, [{ a: ['y', 'x'] }, { a: [['y'], [['x']]] }], [{ a: [] }, { a: ['y'] }, { a: 'y,x' }]),
    when({ 'a.b': 'x' }, [{ a: [{ b: 'y' }, { b: ['x'] }] }, { a: [[{ b: 'x' }]] }]),
  ],
  "A test on a field holds when any of the field's values satisfies it.": [
    when({ 'a|gt': 5 }, [{ a: [1, 9] }], [{ a: [1, 2] }]),
    when({ 'a.b': 'x' }, [{ a: { b: 'y' }, 'a.b': 'x' }]),
  ],
  'Items of a list of objects are not kept apart: two tests may be satisfied by two of them.': [
    when(
      { 'a.b': 1, 'a.c': 2 },
      [
        {
          a: [
            { b: 1, c: 9 },
            { b: 9, c: 2 },
          ],
        },
      ],
      [{ a: [{ b: 1 }] }],
    ),
  ],
  'The names of fields are case-sensitive.': [when({ Field: 'x' }, [{ Field: 'x' }], [{ field: 'x' }])],
  'A test on a field without a value does not hold, but for `null`, `exists: false` and `neq`.': [
    ...[
      { a: 'x' },
      { a: '' },
      { 'a|contains': '' },
      { a: '*' },
      { a: 0 },
      { a: false },
      { 'a|re': '.*' },
      { 'a|gt': 0 },
      { 'a|cidr': '0.0.0.0/0' },
      { 'a|hour|gte': 0 },
    ].map((selection) => when(selection, [], [{}, { a: null }, { a: [] }])),
    when({ a: null }, [{}]),
    when({ 'a|exists': false }, [{}]),
    when({ 'a|neq': 'x' }, [{}]),
  ],

  'Strings are compared without regard to case, unless `cased` is there.': [
    when({ a: 'AbÉ' }, [{ a: 'aBé' }]),
    when({ 'a|contains': 'B' }, [{ a: 'abc' }]),
    when({ 'a|cased': 'Ab' }, [{ a: 'Ab' }], [{ a: 'ab' }]),
    when({ 'a|contains|cased': 'B' }, [{ a: 'aBc' }], [{ a: 'abc' }]),
  ],
  'Case is folded code point by code point, to the first code point of the lower case: `İ` is `i`, `Σ` is `σ` wherever it stands, `ẞ` is `ß` and not `ss`.':
    [
      when({ a: 'İ' }, [{ a: 'i' }, { a: 'I' }], [{ a: 'i̇' }]),
      when({ a: 'ΟΔΟΣ' }, [{ a: 'οδοσ' }], [{ a: 'οδος' }]),
      when({ a: 'ẞ' }, [{ a: 'ß' }], [{ a: 'ss' }, { a: 'SS' }]),
      when({ a: '\u{10400}' }, [{ a: '\u{10428}' }]),
    ],
  'Nothing else is normalized: `é` in one code point is not `é` in two.': [
    when({ a: '\u00e9' }, [{ a: '\u00e9' }], [{ a: 'e\u0301' }]),
  ],
  'A pattern matches the whole value, of whatever length.': [
    when({ a: 'x' }, [], [{ a: ' x' }, { a: 'xx' }, { a: 'x\n' }]),
    when({ a: `${LONG.slice(0, 8000)}*Y` }, [{ a: `${LONG}y` }], [{ a: LONG }]),
  ],
  '`*` is any run of characters, also none and also over line ends; `?` is exactly one code point.': [
    when({ a: 'a*z' }, [{ a: 'az' }, { a: 'a\n\nz' }, { a: 'azz' }], [{ a: 'a' }]),
    when({ a: 'a?z' }, [{ a: 'abz' }, { a: 'a💩z' }, { a: 'a\nz' }], [{ a: 'az' }, { a: 'abbz' }]),
    when({ a: '*ab*ab*' }, [{ a: 'abab' }], [{ a: 'ab' }, { a: 'aba' }]),
    when({ a: 'ab*ba' }, [{ a: 'abba' }], [{ a: 'aba' }]),
  ],
  'A backslash makes the next `*`, `?` or backslash plain text, and is itself before anything else.': [
    when({ a: 'a\\*' }, [{ a: 'a*' }], [{ a: 'ab' }, { a: 'a\\*' }]),
    when({ a: 'a\\?' }, [{ a: 'a?' }], [{ a: 'ab' }]),
    when({ a: 'C:\\dir' }, [{ a: 'C:\\dir' }]),
    when({ a: 'C:\\\\dir' }, [{ a: 'C:\\dir' }], [{ a: 'C:\\\\dir' }]),
    when({ a: 'a\\\\*' }, [{ a: 'a\\' }, { a: 'a\\b' }], [{ a: 'ab' }]),
    when({ a: 'a\\\\\\*' }, [{ a: 'a\\*' }], [{ a: 'a\\b' }]),
    when({ a: '\\\\\\x' }, [{ a: '\\\\x' }], [{ a: '\\x' }]),
    when({ a: '\\\\\\\\x' }, [{ a: '\\\\x' }]),
    when({ a: 'x\\' }, [{ a: 'x\\' }]),
    when({ 'a|contains': '\\' }, [{ a: 'a\\b' }], [{ a: 'ab' }]),
  ],
  'Half of a surrogate pair is not a part of the whole character.': [
    when({ 'a|contains': '\ud83d' }, [{ a: 'x\ud83d' }, { a: '\ud83dx' }], [{ a: 'x😀' }]),
    when({ 'a|endswith': '\ude00' }, [{ a: 'x\ude00' }], [{ a: '😀' }]),
  ],
  'A `*`, `?` or backslash in an event is plain text.': [
    when({ a: 'abc' }, [], [{ a: '*' }, { a: 'a?c' }, { a: 'ab\\c' }]),
  ],
  'An empty string equals the empty string only.': [
    when({ a: '' }, [{ a: '' }], [{ a: ' ' }, { a: 0 }, { a: false }, { a: null }]),
  ],

  'A keyword holds when it stands anywhere in any value of the event, at any depth: in a string, or in the text of a number or boolean.':
    [
      when(
        ['EVIL', 'bad*word'],
        [{ a: 'an evil thing' }, { a: { b: [{ c: ['Evil'] }] } }, { a: 'a bad, bad word' }],
        [{ a: 'good' }, {}],
      ),
      when({ '|all': ['one', 'two'] }, [{ a: 'one', b: 'two' }, { a: 'two one' }], [{ a: 'one' }]),
      when(['evil', { a: 'x' }], [{ a: 'x' }, { b: 'evil' }], [{ a: 'y' }]),
      when({ '|cased': ['Evil'] }, [{ a: 'Evil' }], [{ a: 'evil' }]),
      when(
        [4625],
        [{ a: 4625 }, { a: { b: [1, 4625] } }, { a: 'port 46250' }, { a: 1.4625 }, { a: 46250000000000000001n }],
        [{ a: 462.5 }, { 4625: 'a' }],
      ),
      when(['true', 'null'], [{ a: true }, { a: 'untrue' }], [{ a: false, b: null }, { true: 1 }]),
      when({ '|all': [10, 'x'] }, [{ a: 10, b: 'x' }], [{ a: 1, b: 'x' }]),
      when([1234567890123456789n], [{ a: 1234567890123456789n }], [{ a: 1234567890123456788n }]),
    ],
  'With `startswith`, `endswith` or `re` a keyword is bound to the beginning or end of such a value, or found in it.': [
    when({ '|startswith': 'one' }, [{ a: 'one two' }], [{ a: 'two one' }]),
    when({ '|startswith': 46 }, [{ a: 4625 }], [{ a: 14625 }]),
    when({ '|endswith': ['one'] }, [{ a: 'two one' }], [{ a: 'one two' }]),
    when({ '|re': '^t.o' }, [{ a: 'two one' }], [{ a: 'one two' }]),
    when({ '|re': '^4\\d{3}$' }, [{ a: 4625 }], [{ a: 46250 }]),
  ],
  'Keywords do not look at the names of fields.': [
    when(['name'], [{ a: 'a name' }], [{ name: 'x' }, { a: { name: 1 } }]),
  ],

  'A number in a rule equals the same number and the string that is its shortest decimal text: 10 equals "10" and not "10.0".':
    [
      when(
        { a: 10 },
        [{ a: 10 }, { a: '10' }, { a: [1, 10] }],
        [{ a: '10.0' }, { a: '010' }, { a: '1e1' }, { a: ' 10' }, { a: true }],
      ),
      when({ a: 1.5 }, [{ a: 1.5 }, { a: '1.5' }], [{ a: '1.50' }]),
      when({ a: 0 }, [{ a: -0 }, { a: '0' }], [{ a: '-0' }, { a: '' }, { a: false }]),
    ],
  'A string in a rule is compared with the shortest decimal text of a number and with `true` and `false` of a boolean.':
    [
      when({ a: '10' }, [{ a: 10 }], [{ a: 100 }]),
      when({ a: '10.0' }, [], [{ a: 10 }]),
      when({ 'a|startswith': '30' }, [{ a: 30007 }], [{ a: 3 }]),
      when({ a: 'True' }, [{ a: true }], [{ a: false }]),
      when({ 'a|re': '^4..$' }, [{ a: 404 }], [{ a: 4040 }]),
    ],
  '`lt`, `lte`, `gt` and `gte` take numbers and strings that are numbers as JSON writes them.': [
    when(
      { 'a|gt': 5 },
      [{ a: 6 }, { a: '6' }, { a: '5.01' }, { a: '1e1' }],
      [
        { a: 5 },
        { a: '+6' },
        { a: '06' },
        { a: ' 6' },
        { a: '0x10' },
        { a: '1e999' },
        { a: '' },
        { a: true },
        { a: 'six' },
      ],
    ),
    when({ 'a|gt': '5' }, [{ a: 6 }], [{ a: 5 }]),
    refused({ 'a|gt': '0x5' }, 'invalid-value'),
    when({ 'a|gte': 5 }, [{ a: 5 }], [{ a: 4 }]),
    when({ 'a|lt': -0.007 }, [{ a: '-0.0075' }], [{ a: '-0.007' }]),
    when({ 'a|lte': 5 }, [{ a: 5 }, { a: '-9' }], [{ a: 6 }, { a: null }]),
  ],
  'Integers are exact, also beyond 2^53, in the rule and in the event: every digit counts, with and without quotes.': [
    ...["'9007199254740993'", '9007199254740993', '0x20000000000001'].map((number) =>
      written(
        `{a: ${number}}`,
        [read('9007199254740993'), read('"9007199254740993"'), read('[1, [9007199254740993]]')],
        [read('9007199254740992'), read('9007199254740994'), read('9007199254740993.5'), read('-9007199254740993')],
      ),
    ),
    written('{a: -9223372036854775809}', [read('-9223372036854775809')], [read('-9223372036854775808')]),
    written('{a: 9007199254740992}', [read('9007199254740992')], [read('9007199254740993')]),
    written('{a: 1000000000000000000000}', [read('1000000000000000000000')], [read('1000000000000000000001')]),
    written('{a|startswith: 1844674407370955161}', [read('18446744073709551615')], [read('18446744073709551605')]),
    written(
      '{a|gt: 9007199254740993}',
      [read('9007199254740994'), read('"9007199254740994"'), read('9007199254741000.5'), read('1e30')],
      [read('9007199254740993'), read('9007199254740992'), read('-9007199254740995')],
    ),
    written("{a|lte: '-9007199254740993'}", [read('-9007199254740993')], [read('-9007199254740992'), read('1')]),
    written('{a|neq: 9007199254740993}', [read('9007199254740992')], [read('9007199254740993')]),
    written(
      '{a|fieldref: b}',
      [eventOf('{"a": 9007199254740993, "b": "9007199254740993"}')],
      [eventOf('{"a": 9007199254740993, "b": 9007199254740992}')],
    ),
  ],
  'A number with a fraction or an exponent is the nearest double: 1234567890123456789.5 is 1234567890123456800, and the text of 1e30 is `1e+30`.':
    [
      when({ a: '1234567890123456800' }, [read('1234567890123456789.5')], [read('1234567890123456789')]),
      when({ a: '1e+30' }, [read('1e30'), read('1E+30')], [read('1000000000000000000000000000000')]),
      when({ a: 1000 }, [read('1e3'), read('1000.0')]),
    ],
  'An integer of more than 300 digits in an event is no more than its text: it equals it, and `lt`, `lte`, `gt` and `gte` do not hold.':
    [
      when({ a: LONG_INTEGER }, [read(LONG_INTEGER), { a: LONG_INTEGER }], [read(`${LONG_INTEGER}0`)]),
      when({ 'a|gt': 0 }, [read(LONG_INTEGER.slice(1))], [read(LONG_INTEGER), { a: LONG_INTEGER }]),
    ],
  'A number that is written in the rule otherwise than its shortest decimal text, such as `+447900123456`, `00429`, `0x1F` or `1.10`, equals the text that is written too.':
    [
      written(
        '{a: +447900123456}',
        [{ a: '+447900123456' }, { a: 447900123456 }, { a: '447900123456' }],
        [{ a: '+44790012345' }],
      ),
      written('{a: 00429}', [{ a: 429 }, { a: '429' }, { a: '00429' }], [{ a: '0429' }]),
      written('{a: [0x1F, 1.10, 12e03, .5]}', [
        ...['0x1f', 31, '31', '1.10', 1.1, '12E03', 12000, '.5', 0.5].map((a) => ({ a })),
      ]),
      written('{a|cased: 0x1F}', [{ a: '0x1F' }], [{ a: '0x1f' }]),
      written('{a|neq: [+1, 2]}', [{ a: '1.0' }], [{ a: '+1' }, { a: 1 }]),
      written('{a: 10}', [{ a: 10 }], [{ a: '+10' }, { a: '10.0' }]),
    ],
  'A boolean in a rule equals the same boolean and its text in any case.': [
    when({ a: true }, [{ a: true }, { a: 'true' }, { a: 'TRUE' }], [{ a: false }, { a: 1 }, { a: 'yes' }]),
    when({ a: false }, [{ a: false }, { a: 'False' }], [{ a: true }, { a: 0 }, { a: '' }, { a: null }]),
  ],

  'Under a modifier of strings, and as a keyword, a number or boolean is the text that is written in the rule: `00429` is not `429`.':
    [
      written(
        '{a|contains: [00429, 1.10, 0x1F]}',
        [{ a: 'x00429' }, { a: 'v1.10' }, { a: '0x1f' }],
        [{ a: 'x429' }, { a: 'v1.1' }, { a: 31 }],
      ),
      written('{a|startswith: true}', [{ a: 'truely' }, { a: true }], [{ a: 'untrue' }]),
      written('{a|re: 40.}', [{ a: 404 }], [{ a: 'x' }]),
      written('[00429]', [{ a: 'x00429' }], [{ a: 'x429' }]),
    ],

  'In groups, aliases and distinct counts values are one where their texts are equal, so that 10 is "10" and not "10.0", `true` is "true", and case counts.':
    [
      {
        selection: { b: 1 },
        same: [
          [10, '10'],
          ['1.5', 1.5],
          [true, 'true'],
          [9007199254740993n, '9007199254740993'],
          [10, [10, '10']],
        ],
        different: [
          [10, '10.0'],
          [9007199254740993n, 9007199254740992],
          ['Alice', 'alice'],
          [true, 'TRUE'],
          [1, true],
        ],
      },
    ],

  '`null` holds when no string, number or boolean stands at the field or below it: it is absent, null, or an empty list or object.':
    [
      when(
        { a: null },
        [{}, { a: null }, { a: [] }, { a: {} }, { a: [null, [{ b: null }]] }],
        [{ a: 0 }, { a: false }, { a: [null, 'x'] }, { a: { b: 'x' } }],
      ),
      when({ 'a.b': null }, [{ a: 'x' }, { a: { c: 'x' } }], [{ 'a.b': 'x' }]),
    ],
  'An empty string is not null.': [when({ a: null }, [], [{ a: '' }])],
  '`null` in a list of values is an error.': [refused({ a: ['', null] }, 'null-in-list')],
  '`exists` looks only at whether the field is there, be it null, an empty string or an empty list.': [
    when(
      { 'a.b|exists': true },
      [{ a: { b: null } }, { a: { b: '' } }, { 'a.b': [] }, { a: [{}, { b: 1 }] }],
      [{}, { a: 'b' }, { a: {} }],
    ),
    when({ 'a|exists': false }, [{}, { b: 1 }], [{ a: null }]),
  ],
  '`neq` is the negation of the whole test, so that it holds when the field is absent and when no item of a list is equal.':
    [
      when({ 'a|neq': ['x', 'y'] }, [{ a: 'z' }, {}, { a: [] }], [{ a: 'x' }, { a: 'Y' }, { a: ['z', 'y'] }]),
      when({ 'a|contains|neq': 'x' }, [{ a: 'abc' }], [{ a: 'axc' }]),
      when({ 'a|neq': null }, [{ a: 'x' }], [{}]),
      when({ 'a|gt|neq': 5 }, [{ a: 5 }, {}], [{ a: 6 }]),
    ],

  '`re` finds its match anywhere in the value, unless it is anchored.': [
    when({ 'a|re': 'b+' }, [{ a: 'abbc' }], [{ a: 'ac' }]),
    when({ 'a|re': '^b+$' }, [{ a: 'bb' }], [{ a: 'abbc' }, { a: 'bb\n' }]),
  ],
  '`re` is case-sensitive unless `i` is there; `i` folds as RE2 does.': [
    when({ 'a|re': 'É' }, [{ a: 'É' }], [{ a: 'é' }]),
    when({ 'a|re|i': 'É' }, [{ a: 'é' }]),
    when({ 'a|re|ignorecase': 'k' }, [{ a: 'K' }, { a: '\u212a' }]),
  ],
  'A dot is no line feed unless `s` is there; `^` and `$` are the ends of the value, with `m` those of each line.': [
    when({ 'a|re': 'a.b' }, [{ a: 'a b' }], [{ a: 'a\nb' }]),
    when({ 'a|re|s': 'a.b' }, [{ a: 'a\nb' }]),
    when({ 'a|re|dotall': 'a.b' }, [{ a: 'a\nb' }]),
    when({ 'a|re': '^b$' }, [], [{ a: 'a\nb\nc' }]),
    when({ 'a|re|m': '^b$' }, [{ a: 'a\nb\nc' }]),
    when({ 'a|re|multiline': '^b$' }, [{ a: 'a\nb\nc' }]),
  ],
  "What can't be searched in linear time, such as look-around and back references, is an error.": [
    refused({ 'a|re': '(?=b)' }, 'unsupported-regex'),
    refused({ 'a|re': '(a)\\1' }, 'unsupported-regex'),
    refused({ 'a|re': '(a' }, 'unsupported-regex'),
    when({ 'a|re': '^(a+)+$' }, [], [{ a: `${'a'.repeat(5000)}b` }]),
  ],

  '`cidr` holds for IPv4 and IPv6 addresses in their usual textual forms; an IPv4-mapped IPv6 address is the IPv4 address.':
    [
      when(
        { 'a|cidr': '192.0.2.0/25' },
        [{ a: '192.0.2.127' }, { a: '::ffff:192.0.2.1' }, { a: '::FFFF:c000:201' }],
        [{ a: '192.0.2.128' }, { a: '2001:db8::1' }],
      ),
      when(
        { 'a|cidr': '2001:db8::/33' },
        [{ a: '2001:db8::1' }, { a: '2001:DB8:0:0::1' }, { a: '2001:db8:7fff::' }],
        [{ a: '2001:db8:8000::' }, { a: '192.0.2.1' }],
      ),
      when({ 'a|cidr': ['::ffff:192.0.2.0/120'] }, [{ a: '192.0.2.9' }], [{ a: '192.0.3.9' }]),
    ],
  'An IPv6 address that ends in an IPv4 one, such as `::192.0.2.1`, is no IPv4 address unless it is a mapped one.': [
    when({ 'a|cidr': '0.0.0.0/0' }, [{ a: '::ffff:192.0.2.1' }], [{ a: '::192.0.2.1' }, { a: '64:ff9b::192.0.2.1' }]),
    when({ 'a|cidr': '::/96' }, [{ a: '::192.0.2.1' }, { a: '::c000:201' }], [{ a: '192.0.2.1' }]),
  ],
  'What is no address, such as one with a port, a zone, an octal or a missing part, lies in no network.': [
    when(
      { 'a|cidr': ['0.0.0.0/0', '::/0'] },
      [{ a: '192.0.2.1' }, { a: '::1' }],
      ['192.0.2.1:80', 'fe80::1%eth0', '192.0.2.010', '192.0.2', '0xc0.0.2.1', '', 'x', '[::1]', 3221225985].map(
        (a) => ({ a }),
      ),
    ),
  ],
  'The host bits of a network do not count, and an address alone is a network of one.': [
    when({ 'a|cidr': '192.0.2.77/24' }, [{ a: '192.0.2.1' }], [{ a: '192.0.3.1' }]),
    when({ 'a|cidr': '192.0.2.7' }, [{ a: '192.0.2.7' }], [{ a: '192.0.2.8' }]),
    refused({ 'a|cidr': '192.0.2.0/33' }, 'invalid-network'),
    refused({ 'a|cidr': '192.0.2.*' }, 'invalid-network'),
  ],

  'The parts of a date are taken in UTC; a date without an offset is in UTC.': [
    when(
      { 'a|hour': 23 },
      [{ a: '2026-08-05T23:10:00Z' }, { a: '2026-08-06T00:10:00.5+01:00' }, { a: '2026-08-05T23:10' }],
      [{ a: '2026-08-05T23:10:00-01:00' }],
    ),
    when({ 'a|day': 5 }, [{ a: '2026-08-05' }, { a: '2026-08-06T00:30:00+01:00' }], [{ a: '2026-08-06' }]),
    when({ 'a|minute|gte': 30 }, [{ a: '2026-08-05T23:30:00Z' }], [{ a: '2026-08-05T23:29:59Z' }]),
    when({ 'a|month': [1, 8] }, [{ a: '2026-08-05' }], [{ a: '2026-07-31' }]),
    when({ 'a|year|lt': 2026 }, [{ a: '2026-01-01T00:30:00+01:00' }], [{ a: '2026-01-01' }]),
  ],
  '`week` is the week of ISO 8601, from 1 to 53.': [
    when(
      { 'a|week': 53 },
      [{ a: '2026-12-31' }, { a: '2027-01-03' }, { a: '2021-01-03' }],
      [{ a: '2027-01-04' }, { a: '2026-12-27' }],
    ),
    when({ 'a|week': 1 }, [{ a: '2025-12-29' }, { a: '2026-01-04' }], [{ a: '2025-12-28' }, { a: '2026-01-05' }]),
    refused({ 'a|week': 54 }, 'invalid-value'),
  ],
  'Only a string in the form of ISO 8601 is a date.': [
    when(
      { 'a|year|gte': 0 },
      [{ a: '2026-08-05' }],
      [
        1785888000000,
        '1785888000000',
        '05/08/2026',
        '2026-02-30',
        '2026-13-01',
        '2026-08-05T24:00Z',
        'Wed, 05 Aug 2026 00:00:00 GMT',
        '',
      ].map((a) => ({ a })),
    ),
  ],

  'A date may have a time of day behind a `T` or a space, with seconds and their fractions or without, and an offset of hours or of hours and minutes.':
    [
      when(
        { 'a|minute': 5 },
        [
          '2026-01-05T10:05',
          '2026-01-05 10:05:00',
          '2026-01-05t10:05:00,123456789z',
          '2026-01-05 10:05:00 +02',
          '2026-01-05T10:35:00-0330',
          '2026-01-05T10:35:00+05:30',
        ].map((a) => ({ a })),
        ['2026-01-05', '2026-01-05T10', '2026-01-05T10:5', '2026-01-05T10:05:00+1', '2026-01-05T10:05:00 UTC'].map(
          (a) => ({
            a,
          }),
        ),
      ),
    ],
  'In the basic form of ISO 8601 a date has a time of day; eight digits are a number.': [
    when(
      { 'a|minute': 5 },
      ['20260105T100500Z', '20260105T1005', '20260105 100500.5+01', '20260105T100500+0100'].map((a) => ({ a })),
      ['20260105', '20260105T10:05:00Z', '2026-01-05T100500Z', '2026010T100500Z'].map((a) => ({ a })),
    ),
    when({ 'a|year|gte': 0 }, [{ a: '20260105T100500Z' }], [{ a: '20260105' }, { a: '20260230T100500Z' }]),
  ],
  'A time of day goes from 00:00 to 23:59:59, or is 24:00:00, and an offset up to 23:59; a date with another is none.':
    [
      when(
        { 'a|day': 6 },
        [{ a: '2026-08-05T24:00:00Z' }, { a: '20260805T240000.000' }],
        [{ a: '2026-08-05T23:59:59.9999Z' }],
      ),
      when(
        { 'a|year|gte': 0 },
        [{ a: '2026-08-05T00:00' }, { a: '2026-08-05T23:59:59.999Z' }, { a: '2026-08-05T12:00-23:59' }],
        [
          '2026-08-05T24:00',
          '2026-08-05T24:00:01',
          '2026-08-05T24:00:00.1',
          '2026-08-05T12:60',
          '2026-08-05T23:59:60Z',
          '2026-08-05T12:00+24:00',
          '2026-08-05T12:00+01:60',
        ].map((a) => ({ a })),
      ),
    ],
  'The parts are numbers: with `lt`, `lte`, `gt` and `gte` they are compared as such.': [
    when({ 'a|hour|lt': 10 }, [{ a: '2026-08-05T09:59Z' }], [{ a: '2026-08-05T10:00Z' }]),
    when({ 'a|day|lte': 9 }, [{ a: '2026-08-09' }], [{ a: '2026-08-10' }]),
    when({ 'a|month|gt': 9 }, [{ a: '2026-10-01' }], [{ a: '2026-09-30' }]),
    when({ 'a|week|gte': 10 }, [{ a: '2026-03-02' }], [{ a: '2026-03-01' }]),
  ],

  '`fieldref` holds when any value of the one field equals any of the other, without regard to case unless `cased` is there.':
    [
      when(
        { 'a|fieldref': 'b.c' },
        [
          { a: 'X', b: { c: 'x' } },
          { a: ['y', 'x'], 'b.c': ['z', 'X'] },
          { a: 1, 'b.c': '1' },
        ],
        [{ a: 'x', 'b.c': 'y' }],
      ),
      when({ 'a|fieldref|cased': 'b' }, [{ a: 'x', b: 'x' }], [{ a: 'X', b: 'x' }]),
      when({ 'a|fieldref|startswith': 'b' }, [{ a: 'Xyz', b: 'x' }], [{ a: 'yx', b: 'x' }]),
      when({ 'a|fieldref|endswith': 'b' }, [{ a: 'yX', b: 'x' }], [{ a: 'xy', b: 'x' }]),
      when({ 'a|fieldref|contains': 'b' }, [{ a: 'yXy', b: 'x' }], [{ a: 'y*y', b: '?' }]),
      when({ 'a|fieldref|neq': 'b' }, [{ a: 'x', b: 'y' }, {}], [{ a: 'x', b: 'x' }]),
    ],
  'A number or boolean is its text there, a `*` or `?` in either field is plain text, and a list in the rule is an `or` of fields.':
    [
      when(
        { 'a|fieldref': 'b' },
        [
          { a: 10, b: '10' },
          { a: 'TRUE', b: true },
        ],
        [
          { a: '10.0', b: 10 },
          { a: 'x', b: '*' },
          { a: '?', b: 'x' },
        ],
      ),
      when({ 'a|fieldref': ['b', 'c'] }, [{ a: 'x', c: 'X' }], [{ a: 'x', b: 'y' }]),
    ],
  'A field that is absent or null equals no other, not even one that is absent too.': [
    when({ 'a|fieldref': 'b' }, [], [{}, { a: null, b: null }, { a: 'x' }, { b: '' }]),
  ],

  'Under `expand` a placeholder stands for each of its values, which are read as if they were written in the rule, with their wildcards.':
    [
      when({ 'a|expand': '%servers%' }, [{ a: 'SRV1' }, { a: 'a*b' }], [{ a: 'axb' }]),
      when({ 'a|endswith|expand': '@%servers%' }, [{ a: 'x@srv1' }], [{ a: 'srv1' }]),
      when({ 'a|re|expand': '^%digits%$' }, [{ a: '42' }], [{ a: 'x42' }]),
    ],
  '`\\%` is a plain per cent sign there, and a backslash before a placeholder is written twice.': [
    when({ 'a|expand': '\\%servers%' }, [{ a: '%servers%' }], [{ a: 'srv1' }]),
    when({ 'a|expand': 'C:\\\\%servers%' }, [{ a: 'C:\\srv1' }], [{ a: 'C:%servers%' }]),
    when({ 'a|re|expand': '^\\\\%digits%$' }, [{ a: '\\42' }], [{ a: '42' }]),
  ],
  'A placeholder without a value is an error; without `expand` it is plain text.': [
    refused({ 'a|expand': 'x%nothing%' }, 'unresolved-placeholder'),
    refused({ 'a|re|expand': '%nothing%' }, 'unresolved-placeholder'),
    when({ a: '%servers%' }, [{ a: '%servers%' }], [{ a: 'srv1' }]),
  ],

  '`windash` replaces each dash by each of the five, independently of the others and however many there are.': [
    when(
      { 'a|windash': '-'.repeat(2000) },
      [{ a: '–/'.repeat(1000) }],
      [{ a: '-'.repeat(1999) }, { a: `${'-'.repeat(1999)}+` }],
    ),
    when({ 'a|windash|cased': '-A*-b?' }, [{ a: '/Axx–bx' }], [{ a: '/axx–bx' }, { a: '/Axx–b' }, { a: '/Axx+bx' }]),
    when({ 'a|contains|windash': ['-a-b-c-d-e-f-g'] }, [{ a: 'x/a–b—c―d-e/f–g!' }], [{ a: 'x/a–b—c―d-e/f.g!' }]),
    when({ 'a|windash|expand': '-x %servers%' }, [{ a: '/x srv-1' }, { a: '–x A*b' }], [{ a: '/x a-b' }]),
    when({ '|windash': ['-x -y'] }, [{ b: 'run /x –y' }], [{ b: 'run /x y' }]),
    when(
      { 'a|windash|base64': '-a' },
      ['-a', '/a', '–a'].map((a) => ({ a: Buffer.from(a).toString('base64') })),
    ),
    when(
      { 'a|windash|contains': ' -a /b' },
      [{ a: 'x -a /b' }, { a: 'x /a -b' }, { a: 'x –a ―b' }, { a: 'x —A —b' }],
      [{ a: 'x +a -b' }],
    ),
  ],
  '`base64` and `base64offset` encode the UTF-8 form, after `wide` the UTF-16 form; the result is compared like any string.':
    [
      when(
        { 'a|base64|contains': 'héllo' },
        [{ a: `x${Buffer.from('héllo').toString('base64')}` }, { a: 'AMOPbGxvaMOpbGxv' }],
        [{ a: 'héllo' }],
      ),
      when(
        { 'a|base64offset|contains': 'secret' },
        ['', '.', '..', '...'].map((before) => ({ a: Buffer.from(`${before}secret!`).toString('base64') })),
        [{ a: Buffer.from('.secre').toString('base64') }],
      ),
      when({ 'a|wide|base64': 'cmd' }, [{ a: 'YwBtAGQA' }]),
      when({ 'a|utf16le|base64': 'cmd' }, [{ a: 'YwBtAGQA' }]),
      when({ 'a|utf16be|base64': 'cmd' }, [{ a: 'AGMAbQBk' }]),
      when({ 'a|utf16|base64': 'cmd' }, [{ a: '//5jAG0AZAA=' }]),
      when({ 'a|wide|contains': 'cmd' }, [{ a: 'xc\0m\0d\0' }], [{ a: 'cmd' }]),
    ],
};

/** Whether a group, an alias and a distinct count take two values for one. */
function areOne(first: unknown, second: unknown): boolean[] {
  const events = [first, second].map((a) => ({ a, c: a, b: 1, time: '2026-01-01T00:00:00Z' }));
  const base = (name: string) => `title: ${name}
name: ${name}
logsource: {product: x}
detection: {selection: {b: 1}, condition: selection}
---
`;
  const alerts = (correlation: string) => {
    const { rules, diagnostics } = sigma(
      `${base('one')}${base('two')}title: C\ncorrelation: {timespan: 1h, ${correlation}}`,
    );
    expect(diagnostics).to.deep.equal([]);
    return evaluate(rules, events).alerts.length;
  };
  return [
    alerts('type: event_count, rules: [one], group-by: [a], condition: {gte: 2}') === 1,
    alerts('type: event_count, rules: [one], group-by: [b, a], condition: {gte: 2}') === 1,
    alerts(
      'type: event_count, rules: [one, two], group-by: [x], aliases: {x: {one: a, two: c}}, condition: {gte: 2}',
    ) === 1,
    alerts('type: value_count, rules: [one], condition: {field: a, gte: 2}') === 0,
  ];
}

describe('memory: what values mean (packages/sigma/docs/semantics.md)', () => {
  it('has a test for each point of the page, and a point for each test', () => {
    const page = readFileSync(join(__dirname, '../../../packages/sigma/docs/semantics.md'), 'utf8');
    const [detections] = page.split('\n## Correlations\n');
    const points = [...detections!.matchAll(/^- (.*)$/gm)].map((found) => found[1]);
    expect(points).to.deep.equal(Object.keys(POINTS));
  });

  for (const [point, expectations] of Object.entries(POINTS)) {
    it(point, () => {
      for (const { selection, written, holds = [], fails = [], error, same = [], different = [] } of expectations) {
        for (const pair of same) expect(areOne(...pair), jsonOf(pair)).to.deep.equal([true, true, true, true]);
        for (const pair of different) expect(areOne(...pair), jsonOf(pair)).to.deep.equal([false, false, false, false]);
        const options = { placeholders: PLACEHOLDERS };
        const { rules, diagnostics } =
          written === undefined
            ? parseSigma([ruleOf({ selection, condition: 'selection' })], options)
            : sigma(
                `title: x\nlogsource: {product: x}\ndetection: {selection: ${written}, condition: selection}`,
                options,
              );
        expect(diagnostics.map(({ code }) => code)).to.deep.equal(error === undefined ? [] : [error]);
        if (error !== undefined) continue;
        const rule = rules[0]!;
        if (rule.kind !== 'detection') throw new Error('not a detection');
        const predicate = compilePredicate(rule.plan);
        for (const event of holds)
          expect(predicate(event as never), `${jsonOf(selection)} on ${jsonOf(event)}`).to.equal(true);
        for (const event of fails)
          expect(predicate(event as never), `${jsonOf(selection)} on ${jsonOf(event)}`).to.equal(false);
      }
    });
  }
});

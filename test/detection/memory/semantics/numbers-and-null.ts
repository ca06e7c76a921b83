import { when, written, refused, LONG_INTEGER, eventOf, read, type Points } from './expectation';

export const NUMBERS_AND_NULL: Points = {
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
  'A number that is written in the rule otherwise than its shortest decimal text, such as `+447700900456`, `00429`, `0x1F` or `1.10`, equals the text that is written too.':
    [
      written(
        '{a: +447700900456}',
        [{ a: '+447700900456' }, { a: 447700900456 }, { a: '447700900456' }],
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
};

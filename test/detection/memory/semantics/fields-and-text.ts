import { when, LONG, type Points } from './expectation';

export const FIELDS_AND_TEXT: Points = {
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
};

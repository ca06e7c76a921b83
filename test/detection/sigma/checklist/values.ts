import { one, refusal, type Group } from './feature';

const DETECTION = 'Rules, Detection';

export const VALUES: Group = {
  title: 'Values',
  features: [
    {
      name: 'strings, without regard to case',
      section: `${DETECTION}, General`,
      detects: [one({ a: 'Whoami' }, [{ a: 'WHOAMI' }, { a: 'whoami' }], [{ a: 'whoami.exe' }, {}])],
    },
    {
      name: '`*`, any run of characters, and `?`, exactly one',
      section: `${DETECTION}, String Wildcard`,
      detects: [
        one({ a: 'prog?.exe' }, [{ a: 'progA.exe' }], [{ a: 'prog.exe' }, { a: 'progAB.exe' }]),
        one(
          { a: 'antivirus_V*.exe' },
          [{ a: 'antivirus_V1.exe' }, { a: 'antivirus_V21.2.1.exe' }, { a: 'antivirus_v.exe' }],
          [{ a: 'antivirus.exe' }],
        ),
      ],
    },
    {
      name: 'the backslash before a wildcard, before itself, and before anything else',
      section: `${DETECTION}, Escape Character`,
      detects: [
        one({ a: 'C:\\Windows\\x' }, [{ a: 'C:\\Windows\\x' }], [{ a: 'C:Windowsx' }]),
        one({ a: 'C:\\\\Windows' }, [{ a: 'C:\\Windows' }], [{ a: 'C:\\\\Windows' }]),
        one({ a: 'a\\*' }, [{ a: 'a*' }], [{ a: 'ab' }]),
        one({ a: 'a\\?' }, [{ a: 'a?' }], [{ a: 'ab' }]),
        one({ a: 'a\\\\*' }, [{ a: 'a\\b' }, { a: 'a\\' }], [{ a: 'a*' }]),
        one({ a: 'a\\\\\\*' }, [{ a: 'a\\*' }], [{ a: 'a\\b' }]),
        one({ a: 'a\\\\\\b' }, [{ a: 'a\\\\b' }], [{ a: 'a\\b' }]),
        one({ a: 'a\\\\\\\\b' }, [{ a: 'a\\\\b' }], [{ a: 'a\\b' }]),
      ],
    },
    {
      name: 'the empty string',
      section: `${DETECTION}, Special Field Values`,
      detects: [one({ a: '' }, [{ a: '' }], [{ a: ' ' }, { a: null }, {}])],
    },
    {
      name: '`null`, alone',
      section: `${DETECTION}, Special Field Values`,
      detects: [one({ a: null }, [{ a: null }, {}], [{ a: '' }, { a: 'x' }])],
      refuses: [refusal({ a: ['', null] }, 'null-in-list'), refusal({ 'a|contains': null }, 'invalid-value')],
    },
    {
      name: 'numbers and booleans',
      section: `${DETECTION}, Maps`,
      detects: [
        one({ a: 4769 }, [{ a: 4769 }, { a: '4769' }], [{ a: 47690 }, { a: '04769' }], { a: 'long' }),
        one({ a: '9007199254740993' }, [{ a: 9007199254740993n }], [{ a: 9007199254740992 }], { a: 'long' }),
        one({ a: true }, [{ a: true }, { a: 'True' }], [{ a: false }, { a: 1 }], { a: 'boolean' }),
      ],
      refuses: [
        { text: 'title: x\nlogsource: {product: x}\ndetection: {s: {a: .inf}, condition: s}', code: 'invalid-value' },
      ],
    },
    {
      name: 'a list of values is an `or`',
      section: `${DETECTION}, Lists`,
      detects: [one({ a: [517, 'x'] }, [{ a: 517 }, { a: 'X' }], [{ a: 1102 }])],
      refuses: [refusal({ a: [] }, 'empty-list'), refusal({ a: [['x']] }, 'nested-list')],
    },
    {
      name: 'a map is an `and` of its fields',
      section: `${DETECTION}, Maps`,
      detects: [one({ a: 'x', b: ['y', 'z'] }, [{ a: 'x', b: 'z' }], [{ a: 'x' }, { b: 'y' }])],
      refuses: [refusal({ a: { b: 'x' } }, 'nested-map'), refusal({ '': 'x' }, 'empty-field')],
    },
    {
      name: 'a list of maps is an `or`, also with keywords among them',
      section: `${DETECTION}, Lists`,
      detects: [
        one(
          [{ 'a|endswith': '\\x.exe' }, { 'b|contains': 'test' }],
          [{ a: 'C:\\x.exe' }, { b: 'a Test' }],
          [{ a: 'test' }],
        ),
        one([{ a: 'x' }, 'evil'], [{ a: 'x' }, { c: 'so evil' }], [{ a: 'y' }]),
      ],
    },
    {
      name: 'keywords, anywhere in the event',
      section: `${DETECTION}, Keywords search`,
      detects: [
        one(
          ['event::clear', 'event::drop'],
          [{ a: 'an EVENT::clear' }, { b: { c: ['event::drop!'] } }],
          [{ a: 'event' }],
        ),
        one('svchost.exe -n', [{ a: 'svchost.exe -n evil' }], [{ a: 'svchost.exe' }]),
      ],
    },
    {
      name: "keywords under `'|all'`, and other modifiers of strings",
      section: `${DETECTION}, Keywords search`,
      detects: [
        one({ '|all': ['one', 'two'] }, [{ a: 'one', b: 'two' }], [{ a: 'one' }]),
        one({ '|startswith': 'one' }, [{ a: 'one two' }], [{ a: 'two one' }]),
        one({ '|re': 't.o' }, [{ a: 'one two' }], [{ a: 'one' }]),
      ],
      refuses: [refusal({ '|exists': true }, 'modifier-needs-field'), refusal([null], 'invalid-value')],
    },
    {
      name: 'names of fields with dots: nested or not',
      section: `${DETECTION}, Field Usage`,
      detects: [one({ 'a.b': 'x' }, [{ a: { b: 'x' } }, { 'a.b': 'x' }, { a: [{ b: 'x' }] }], [{ b: 'x' }])],
    },
  ],
};

import { one, refusal, type Feature, type Group } from './feature';

const SECTION = 'Modifiers';
const GENERIC = `${SECTION}, Generic Modifiers`;
const STRINGS = `${SECTION}, String Modifiers`;
const REGEX = `${SECTION}, Regular Expression`;
const ENCODING = `${SECTION}, Encoding`;
const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');

const DATES: Record<string, [value: number, holds: string, fails: string, outside: number]> = {
  minute: [30, '2026-08-05T23:30:59Z', '2026-08-05T23:31:00Z', 60],
  hour: [23, '2026-08-05T23:30:59Z', '2026-08-05T22:59:59Z', 24],
  day: [5, '2026-08-05', '2026-08-06', 32],
  week: [1, '2025-12-29', '2025-12-28', 54],
  month: [8, '2026-08-31', '2026-07-31', 13],
  year: [2026, '2026-12-31T23:59:59Z', '2027-01-01', 10_000],
};

const times = Object.entries(DATES).map(([part, [value, holds, fails, outside]]): Feature => ({
  name: `\`${part}\`, also with \`lt\`, \`lte\`, \`gt\`, \`gte\``,
  section: `${SECTION}, Time Modifiers`,
  detects: [
    one({ [`a|${part}`]: value }, [{ a: holds }], [{ a: fails }, { a: 'x' }, {}], { a: 'date' }),
    one({ [`a|${part}|gte`]: value }, [{ a: holds }], [{ a: 'x' }], { a: 'date' }),
  ],
  refuses: [refusal({ [`a|${part}`]: outside }, 'invalid-value'), refusal({ [`a|${part}`]: 1.5 }, 'invalid-value')],
}));

const orderings = [
  ['lt', 5, [4, -1], [5, 6]],
  ['lte', 5, [5, 4], [5.5]],
  ['gt', 5, [5.5, 6], [5, 4]],
  ['gte', 5, [5, 6], [4.9]],
] as const;

export const MODIFIERS: Group = {
  title: 'Modifiers',
  features: [
    {
      name: '`contains`, `startswith`, `endswith`',
      section: GENERIC,
      detects: [
        one({ 'a|contains': 'b' }, [{ a: 'aBc' }, { a: 'b' }], [{ a: 'ac' }]),
        one({ 'a|startswith': 'adm' }, [{ a: 'Administrator' }], [{ a: 'an adm' }]),
        one({ 'a|endswith': '\\cmd.exe' }, [{ a: 'C:\\CMD.exe' }], [{ a: 'cmd.exe' }]),
        one({ 'a|contains': 'b*d' }, [{ a: 'abcde' }], [{ a: 'adcb' }]),
      ],
      refuses: [refusal({ 'a|startswith|endswith': 'x' }, 'modifier-conflict')],
    },
    {
      name: 'numbers and booleans under them: the text that is written',
      section: GENERIC,
      detects: [one({ 'a|contains': [409, true] }, [{ a: 'HTTP 409' }, { a: 4090 }, { a: 'untrue' }], [{ a: '49' }])],
    },
    {
      name: '`all`: a list of values is an `and`',
      section: GENERIC,
      detects: [
        one({ 'a|contains|all': ['-x', '-y'] }, [{ a: '-y -x' }], [{ a: '-x' }]),
        one({ 'a|gt|all': [1, 5] }, [{ a: 6 }], [{ a: 3 }], { a: 'long' }),
      ],
      refuses: [refusal({ 'a|all': 'x' }, 'all-needs-list'), refusal({ 'a|all|neq': ['x', 'y'] }, 'modifier-conflict')],
    },
    {
      name: '`exists`',
      section: GENERIC,
      detects: [
        one({ 'a|exists': true }, [{ a: 'x' }, { a: '' }, { a: null }], [{ b: 'x' }]),
        one({ 'a|exists': false }, [{ b: 'x' }], [{ a: null }]),
      ],
      refuses: [
        refusal({ 'a|exists': 'true' }, 'invalid-value'),
        refusal({ 'a|exists|contains': true }, 'modifier-conflict'),
      ],
    },
    {
      name: '`cased`, also with `contains`, `startswith`, `endswith`',
      section: GENERIC,
      detects: [
        one({ 'a|cased': 'Ab' }, [{ a: 'Ab' }], [{ a: 'ab' }]),
        one({ 'a|contains|cased': 'B' }, [{ a: 'aBc' }], [{ a: 'abc' }]),
      ],
      refuses: [refusal({ 'a|cidr|cased': '10.0.0.0/8' }, 'modifier-conflict')],
    },
    {
      name: '`neq`, with any of the others but `all` and `exists`',
      section: GENERIC,
      detects: [
        one({ 'a|neq': ['x', 'y'] }, [{ a: 'z' }, {}], [{ a: 'X' }, { a: 'y' }]),
        one({ 'a|neq': 5 }, [{ a: 6 }], [{ a: 5 }], { a: 'long' }),
        one({ 'a|contains|neq': 'b' }, [{ a: 'ac' }], [{ a: 'abc' }]),
        one({ 'a|re|neq': '^b' }, [{ a: 'ab' }], [{ a: 'ba' }]),
        one({ 'a|cidr|neq': '10.0.0.0/8' }, [{ a: '192.0.2.1' }], [{ a: '10.1.1.1' }], { a: 'ip' }),
      ],
    },
    {
      name: '`windash`: `-`, `/`, `–`, `—`, `―` for one another',
      section: STRINGS,
      detects: [
        one(
          { 'a|windash|contains': ' -f' },
          ['-', '/', '–', '—', '―'].map((dash) => ({ a: `x ${dash}f` })),
          [{ a: 'x +f' }],
        ),
        one({ 'a|windash': '/a -b' }, [{ a: '-a /b' }], [{ a: 'a b' }]),
        one({ 'a|windash|contains': '/a-b-c-d-e-f' }, [{ a: 'x -a/b–c—d―e-f' }], [{ a: 'x -a/b–c—d―e+f' }]),
      ],
      refuses: [refusal({ 'a|windash|base64': '-'.repeat(5) }, 'too-large')],
    },
    {
      name: '`re`: anywhere in the value, case-sensitive',
      section: REGEX,
      detects: [
        one({ 'a|re': 'b+[c-e]?(x|y)' }, [{ a: 'abbcx' }], [{ a: 'ABBCX' }, { a: 'ac' }]),
        one({ 'a|re': '^a.{2,3}$' }, [{ a: 'abcd' }], [{ a: 'xabcd' }, { a: 'ab\nd' }]),
      ],
      refuses: [
        refusal({ 'a|re': '(?=x)' }, 'unsupported-regex'),
        refusal({ 'a|re|contains': 'x' }, 'modifier-conflict'),
      ],
    },
    {
      name: '`re` with `i` or `ignorecase`',
      section: REGEX,
      detects: ['i', 'ignorecase']
        .map((flag) => one({ [`a|re|${flag}`]: 'ab' }, [{ a: 'xAB' }], [{ a: 'ac' }]))
        .concat([one({ 'a|re|i': 'É+' }, [{ a: 'éÉ' }], [{ a: 'e' }])]),
      refuses: [refusal({ 'a|i|re': 'x' }, 'modifier-conflict'), refusal({ 'a|contains|i': 'x' }, 'modifier-conflict')],
    },
    {
      name: '`re` with `m` or `multiline`',
      section: REGEX,
      detects: ['m', 'multiline'].map((flag) => one({ [`a|re|${flag}`]: '^b$' }, [{ a: 'a\nb' }], [{ a: 'ab' }])),
    },
    {
      name: '`re` with `s` or `dotall`',
      section: REGEX,
      detects: ['s', 'dotall'].map((flag) => one({ [`a|re|${flag}`]: 'a.b' }, [{ a: 'a\nb' }], [{ a: 'ab' }])),
    },
    {
      name: '`base64`',
      section: ENCODING,
      detects: [one({ 'a|base64': 'cmd' }, [{ a: base64('cmd') }], [{ a: 'cmd' }])],
      refuses: [refusal({ 'a|base64': 'a*' }, 'wildcard-in-encoding')],
    },
    {
      name: '`base64offset`, at each of the three places',
      section: ENCODING,
      detects: [
        one(
          { 'a|base64offset|contains': 'http://' },
          ['', 'x', 'xy'].map((before) => ({ a: base64(`${before}http://example.org`) })),
          [{ a: base64('https') }],
        ),
      ],
    },
    {
      name: '`utf16le`, `wide`, `utf16be`, `utf16`',
      section: ENCODING,
      detects: [
        one({ 'a|wide|base64': 'cmd' }, [{ a: base64('cmd', 'utf16le') }], [{ a: base64('cmd') }]),
        one(
          { 'a|utf16le|base64offset|contains': 'cmd' },
          [{ a: base64('x cmd x', 'utf16le') }],
          [{ a: base64('cmd') }],
        ),
        one({ 'a|utf16be|base64': 'cmd' }, [{ a: base64('\0c\0m\0d') }], [{ a: base64('cmd', 'utf16le') }]),
        one({ 'a|utf16|base64': 'cmd' }, [{ a: base64('\ufeffcmd', 'utf16le') }], [{ a: base64('cmd', 'utf16le') }]),
      ],
      refuses: [refusal({ 'a|utf16': 'x' }, 'encoding-needs-base64')],
    },
    ...orderings.map(([name, value, holds, fails]): Feature => ({
      name: `\`${name}\``,
      section: `${SECTION}, Numeric Modifiers`,
      detects: [
        one(
          { [`a|${name}`]: value },
          holds.map((a) => ({ a })),
          [...fails.map((a) => ({ a })), { a: 'x' }, {}],
          { a: 'double' },
        ),
        one({ [`a|${name}`]: value }, [{ a: `${holds[0]}` }], [{ a: `${fails[0]}` }]),
      ],
      refuses: [
        refusal({ [`a|${name}`]: 'many' }, 'invalid-value'),
        refusal({ [`a|${name}`]: '0x10' }, 'invalid-value'),
      ],
    })),
    {
      name: 'two comparisons in one key',
      section: `${SECTION}, Numeric Modifiers`,
      refuses: [refusal({ 'a|lt|gt': 5 }, 'modifier-conflict')],
    },
    ...times,
    {
      name: '`cidr`, for IPv4 and IPv6',
      section: `${SECTION}, IP Modifiers`,
      detects: [
        one({ 'a|cidr': '10.0.0.0/8' }, [{ a: '10.255.0.1' }], [{ a: '11.0.0.1' }, { a: 'x' }], { a: 'ip' }),
        one(
          { 'a|cidr': ['192.0.2.0/24', '2001:db8::/32'] },
          [{ a: '2001:DB8::1' }, { a: '192.0.2.9' }],
          [{ a: '2001:db9::1' }],
          { a: 'ip' },
        ),
        one({ 'a|cidr': '192.0.2.0/24' }, [{ a: '192.0.2.1' }], [{ a: 'host' }]),
      ],
      refuses: [
        refusal({ 'a|cidr': '10.0.0.0/33' }, 'invalid-network'),
        refusal({ 'a|cidr|contains': '10.0.0.0/8' }, 'modifier-conflict'),
      ],
    },
    {
      name: '`fieldref`, also with `neq`, `cased`, `startswith`, `endswith`, `contains`',
      section: `${SECTION}, Specific Modifiers`,
      detects: [
        one({ 'a|fieldref': 'b' }, [{ a: 'x', b: 'X' }], [{ a: 'x', b: 'y' }, { a: 'x' }]),
        one({ 'a|fieldref|neq': 'b' }, [{ a: 'x', b: 'y' }], [{ a: 'x', b: 'x' }]),
        one({ 'a|fieldref|startswith': 'b' }, [{ a: 'xyz', b: 'xy' }], [{ a: 'zxy', b: 'xy' }]),
        one({ 'a|fieldref|endswith': 'b' }, [{ a: 'zxy', b: 'xy' }], [{ a: 'xyz', b: 'xy' }]),
        one({ 'a|fieldref|contains': 'b' }, [{ a: 'zxyz', b: 'xy' }], [{ a: 'xzy', b: 'xy' }]),
        one({ 'a|fieldref|cased': 'b' }, [{ a: 'x', b: 'x' }], [{ a: 'x', b: 'X' }]),
      ],
      refuses: [refusal({ 'a|fieldref': 5 }, 'invalid-value'), refusal({ 'a|fieldref|re': 'b' }, 'modifier-conflict')],
    },
    {
      name: 'an unknown or repeated modifier',
      section: 'Rules, Value Modifiers',
      refuses: [
        refusal({ 'a|contain': 'x' }, 'unknown-modifier'),
        refusal({ 'a|contains|contains': 'x' }, 'modifier-conflict'),
      ],
    },
    {
      name: 'modifiers are applied in the written order',
      section: 'Rules, Value Modifiers',
      detects: [
        one({ 'a|wide|base64offset|contains': 'ab' }, [{ a: base64('xaby', 'utf16le') }], [{ a: base64('ab') }]),
      ],
      refuses: [refusal({ 'a|contains|base64': 'ab' }, 'wildcard-in-encoding')],
    },
  ],
};

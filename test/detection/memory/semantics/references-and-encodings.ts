import { when, refused, type Points } from './expectation';

export const REFERENCES_AND_ENCODINGS: Points = {
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

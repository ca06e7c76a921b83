import { expect } from 'chai';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { MAX_DEPTH, parseYaml } from '../../src/yaml/yaml';

const brief = (text: string): string[] =>
  parseYaml('f.yml', text).diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
const values = (text: string): unknown[] => parseYaml('f.yml', text).documents.map(({ value }) => value);

describe('parseYaml', () => {
  it('reads several documents and numbers them', () => {
    const { documents, diagnostics } = parseYaml('f.yml', 'a: 1\n---\nb: 2\n');
    expect(diagnostics).to.deep.equal([]);
    expect(documents.map(({ index, value }) => [index, value])).to.deep.equal([
      [0, { a: 1 }],
      [1, { b: 2 }],
    ]);
  });

  it('follows the core schema of YAML 1.2: dates, times and yes stay text', () => {
    expect(values('d: 2026-01-05\nt: 10:20\ny: yes\nn: 0x10\nf: 1.5\nz: ~\nb: true\n')).to.deep.equal([
      { d: '2026-01-05', t: '10:20', y: 'yes', n: 16, f: 1.5, z: null, b: true },
    ]);
  });

  it('knows where each key and value stands', () => {
    const [document] = parseYaml('f.yml', 'a:\n  - b: "q"\n    c:\n  - {d: [1, 2]}\n').documents;
    const at = (path: (string | number)[], part?: 'key' | 'value'): string => {
      const { line, column } = document!.position(path, part);
      return `${line}:${column}`;
    };
    expect(at([])).to.equal('1:1');
    expect(at(['a'], 'key')).to.equal('1:1');
    expect(at(['a'])).to.equal('2:3');
    expect(at(['a', 0, 'b'], 'key')).to.equal('2:5');
    expect(at(['a', 0, 'b'])).to.equal('2:8');
    expect(at(['a', 0, 'c'])).to.equal('3:6');
    expect(at(['a', 1, 'd', 1])).to.equal('4:13');
    expect(at(['a', 1, 'missing'])).to.equal('4:5');
  });

  it('knows positions behind a document marker and behind Windows line ends', () => {
    const [, second] = parseYaml('f.yml', 'a: 1\r\n---\r\nb:\r\n  c: 2\r\n').documents;
    expect(second!.position(['b', 'c'])).to.deep.equal({ line: 4, column: 6 });
  });

  const refused: [string, string, string[]][] = [
    ['a syntax error', 'a: 1\n b: 2\n', ['2:3 yaml-syntax']],
    ['a tab', 'a:\n\t- b\n', ['2:1 yaml-syntax']],
    ['a control character', 'a: \u0001\n', ['1:4 yaml-syntax']],
    ['anchors and aliases', 'a: &x 1\nb: [*x]\n', ['1:4 anchor', '2:5 alias']],
    ['merge keys', 'a:\n  <<: {b: 1}\n', ['2:3 merge-key']],
    ['custom tags', 'a: !foo b\n', ['1:4 yaml-tag']],
    ['standard tags', 'a: !!binary aGk=\n', ['1:4 yaml-tag']],
    ['maps as keys', '? {a: 1}\n: 2\n', ['1:3 complex-key']],
    [
      'every second key that is a duplicate',
      'a: 1\nb: {c: 1, c: 2}\na: 3\n',
      ['2:11 duplicate-key', '3:1 duplicate-key'],
    ],
    ['an empty file', '# nothing\n', ['1:1 empty-file']],
    ['deep nesting', `a: ${'['.repeat(3000)}${']'.repeat(3000)}\n`, [`1:${MAX_DEPTH + 3} too-deep`]],
  ];
  for (const [what, text, expected] of refused) {
    it(`refuses ${what}, at its place`, () => expect(brief(text)).to.deep.equal(expected));
  }

  it('keeps the quoted merge key, which is plain text', () => {
    expect(values('"<<": 1\n')).to.deep.equal([{ '<<': 1 }]);
  });

  it('finds the errors of all documents at once and keeps the good ones', () => {
    const text = 'a: [1,\n---\nb: 1\n---\nc: "x\n---\nd: *x\n';
    expect(brief(text)).to.deep.equal(['2:1 yaml-syntax', '6:1 yaml-syntax', '7:4 alias']);
    const { documents } = parseYaml('f.yml', text);
    expect(documents.map(({ index, value }) => [index, value])).to.deep.equal([[1, { b: 1 }]]);
    expect(documents[0]!.position(['b'])).to.deep.equal({ line: 3, column: 4 });
  });

  it('refuses an alias bomb without expanding it', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++) {
      const before = i === 1 ? 'a' : `a${i - 1}`;
      bomb.push(`a${i}: &a${i} [${Array(10).fill(`*${before}`).join(', ')}]`);
    }
    const { documents, diagnostics } = parseYaml('f.yml', bomb.join('\n'));
    expect(documents).to.deep.equal([]);
    expect(diagnostics[0]).to.include({ code: 'anchor', line: 1, column: 4 });
  });

  it('keeps a key named __proto__ from becoming a prototype', () => {
    const [value] = values('__proto__: {polluted: true}\n') as [Record<string, unknown>];
    expect(Object.hasOwn(value, '__proto__')).to.equal(true);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('reads back what was written, and finds every key on the line where it stands', () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree.value, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (value) => {
        const text = dump(value, { noRefs: true });
        const { documents, diagnostics } = parseYaml('f.yml', text);
        expect(diagnostics).to.deep.equal([]);
        expect(documents[0]!.value).to.deep.equal(value);
        for (const name of Object.keys(value)) {
          const { line, column } = documents[0]!.position([name], 'key');
          const written = text
            .split('\n')
            [line - 1]!.slice(column - 1)
            .replace(/^["']/, '');
          expect(written.startsWith(name)).to.equal(true);
        }
      }),
    );
  });

  it('throws at no text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a1:- \n\t[]{}"\'&*!|>%@#?,<~\\') }), (text) => {
        parseYaml('f.yml', text);
      }),
      { numRuns: 500 },
    );
  });
});

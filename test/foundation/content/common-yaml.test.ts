import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { readCommonYaml } from '@tollgate/sigma/yaml/common-yaml';
import { findYaml } from '../../../tools/foundation/content/find';
import { jsonOf } from '@tollgate/sigma/values/json';
import { parseAnyYaml } from '@tollgate/sigma/yaml/yaml';

/** That a text is either left to the whole parser, or read as it reads it, without anything to report. True where it is read. */
function agrees(text: string): boolean {
  const value = readCommonYaml(text);
  if (value === null) return false;
  const { documents, diagnostics } = parseAnyYaml('f.yml', text);
  expect(diagnostics, jsonOf(text)).to.deep.equal([]);
  expect(
    documents.map((document) => document.value),
    jsonOf(text),
  ).to.deep.equal([value]);
  expect(jsonOf(value)).to.equal(jsonOf(documents[0]!.value));
  return true;
}

const read = (folders: string[]): string[] => findYaml(folders).map((file) => readFileSync(file, 'utf8'));
/** What stands in brackets is left to the parser, as is a file of several documents; without them ours are of the common kind. */
const RULES = read([join(__dirname, '../../../rules')])
  .flatMap((text) => text.split(/^---\n/m))
  .map((text) => text.replace(/ (?:\[.*\]|\{.*\})$/gm, ' x'));

describe('readCommonYaml', () => {
  const common: [string, string, unknown][] = [
    ['maps in maps', 'a:\n  b:\n    c: d\n  e: f\n', { a: { b: { c: 'd' }, e: 'f' } }],
    ['lists, indented or not', 'a:\n  - b\n  - c\nd:\n- e\nf: g', { a: ['b', 'c'], d: ['e'], f: 'g' }],
    ['lists of maps', 'a:\n  - b: c\n    d:\n    - e\n  - f:\n', { a: [{ b: 'c', d: ['e'] }, { f: null }] }],
    ['quotes', "a: 'it''s'\n\"b c\": \"d: e # f\"\n'': x\n", { a: "it's", 'b c': 'd: e # f', '': 'x' }],
    ['comments and blank lines', "# x\n\na: b # c\n   # d\n\ne: 'f'  # g\nh: # i\n", { a: 'b', e: 'f', h: null }],
    ['literal text', 'a: |\n    b\n      c\n\n    d\n\ne: |-\n  f\n', { a: 'b\n  c\n\nd\n', e: 'f' }],
    ['folded text', 'a: >\n  b\n  c\n\n  d\nb: >+\n  e\n\n', { a: 'b c\nd\n', b: 'e\n\n' }],
    [
      'the core schema',
      'a: 1\nb: -1.5\nd: ~\ne: true\nf: 1234567890123456789\n',
      { a: 1, b: -1.5, d: null, e: true, f: 1234567890123456789n },
    ],
    [
      'what only looks like one',
      'a: nothing\nb: 1.2.3\nc: -k\nd: C:\\x\ne: 2026-01-05\n',
      { a: 'nothing', b: '1.2.3', c: '-k', d: 'C:\\x', e: '2026-01-05' },
    ],
  ];
  for (const [what, text, value] of common) {
    it(`reads ${what}`, () => {
      expect(readCommonYaml(text)).to.deep.equal(value);
      agrees(text);
    });
  }

  const declined = [
    ...[
      '',
      '# c\n',
      '- a\n',
      'a\n',
      ' a: b\n',
      'a: b\n---\nc: d\n',
      '---\na: b\n',
      'a: b\n...\n',
      '%YAML 1.2\n---\na: b\n',
    ],
    ...['a: [b]\n', 'a: {b: c}\n', 'a: &x b\n', 'a: *x\n', 'a: !t b\n', '? a\n: b\n', '<<: {a: b}\n', '__proto__: a\n'],
    ...[
      'a: b\na: c\n',
      'null: a\n',
      '1: a\n',
      'a : b\n',
      'a: b: c\n',
      'a: b:\n',
      'a: "b\\n"\n',
      "a: 'b\n",
      "a: 'b' c\n",
    ],
    ...[
      "a: 'b'#c\n",
      'a: b\n  c\n',
      "a: 'b\n  c'\n",
      'a:\n  - b\n - c\n',
      'a:\n    b: c\n  d: e\n',
      'a: b\n c: d\n',
      'a:\n\t- b\n',
    ],
    ...[
      'a: |2\n   b\n',
      'a: |\n\n  b\n',
      'a: |\nb: c\n',
      'a: |\n  b\n  ',
      'a: - b\n',
      'a:\n  - - b\n',
      'a:\n  -\n    b\n',
    ],
    ...[
      'a: b\r\n',
      '\ufeffa: b\n',
      'a: \u0001\n',
      'a: \u{1f600}\n',
      'a: @b\n',
      `${[...Array(20).keys()].map((n) => `${' '.repeat(n)}a:\n`).join('')}`,
    ],
  ];
  for (const text of declined) {
    it(`leaves ${jsonOf(text.slice(0, 40))} to the parser`, () => expect(readCommonYaml(text)).to.equal(null));
  }

  it('reads every document of ours without brackets as the parser does', () => {
    for (const text of RULES) expect(agrees(text), text).to.equal(true);
  });

  it('agrees with the parser on the rules of TOLLGATE_CORPUS, and reads nearly all', function () {
    const corpus = process.env['TOLLGATE_CORPUS'];
    if (corpus === undefined) this.skip();
    const texts = read([corpus]);
    expect(texts.filter(agrees).length).to.be.greaterThan(0.99 * texts.length);
  });

  it('agrees with the parser on texts of a few marks', () => {
    const mark = fc.constantFrom(
      ...[
        'a',
        'b: ',
        'c:\n',
        '- ',
        '-',
        '\n',
        '\n  ',
        '\n    ',
        ' ',
        ':',
        "'",
        '"',
        '#',
        ' # d',
        '|\n',
        '>-\n',
        '1',
        '~',
        '.5',
        '[',
        '{',
        '?',
        '&',
        '*',
      ],
    );
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 24 }), (marks) => void agrees(`k: ${marks.join('')}`)),
      { numRuns: 3000 },
    );
  });

  it('agrees with the parser on rules that were changed in a few places', () => {
    const change = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 3 }),
      put: fc.constantFrom(
        '',
        '',
        ' ',
        '  ',
        '\n',
        ':',
        ': ',
        '- ',
        '#',
        ' #',
        "'",
        '"',
        '|',
        '>',
        '\n  ',
        '\\',
        '\t',
        '~',
        '[',
        'a',
      ),
    });
    fc.assert(
      fc.property(fc.constantFrom(...RULES), fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) => {
        for (const { at, cut, put } of changes) {
          const start = at % text.length;
          text = text.slice(0, start) + put + text.slice(start + cut);
        }
        agrees(text);
      }),
      { numRuns: 1500 },
    );
  });
});

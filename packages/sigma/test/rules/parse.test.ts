import { expect } from 'chai';
import * as fc from 'fast-check';
import { MAX_CONDITION_DEPTH, MAX_TESTS } from '../../src/rules/limits';
import { parseSigma } from '../../src/rules/parse';
import { documentOf, ruleOf, sigma } from './documents';

const HEAD = 'title: A rule\nlogsource:\n  product: test\n';

/** `line:column code` of each diagnostic of a rule with this detection, which begins in line 4. */
function found(detection: string): string[] {
  const { diagnostics, rules } = sigma(`${HEAD}detection:\n${detection}`);
  if (diagnostics.some(({ severity }) => severity === 'error')) expect(rules).to.deep.equal([]);
  return diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

describe('sigma: rules', () => {
  it('finds wrong attributes, all at once, each at its place', () => {
    const { diagnostics } = sigma(
      'title: [x]\nid: 5\nstatus: tset\nlevel: hihg\ndate: 2020-13-01\nreferences: {a: 1}\nrelated: [{id: a, type: b}]\ntags: [atack.x]\nlogsource: {definition: x}\ndetection: {s: {a: 1}, condition: s}\n',
    );
    expect(diagnostics.map(({ line, column, code, hint }) => [line, column, code, hint])).to.deep.equal([
      [2, 5, 'invalid-attribute', 'write a text, in quotes if it looks like a number'],
      [1, 8, 'invalid-attribute', 'write a text, in quotes if it looks like a number'],
      [8, 8, 'unknown-tag', "did you mean 'attack'?"],
      [3, 9, 'invalid-attribute', "did you mean 'test'?"],
      [4, 8, 'invalid-attribute', "did you mean 'high'?"],
      [6, 13, 'invalid-attribute', 'put the item in quotes'],
      [7, 11, 'invalid-attribute', 'types are derived, obsolete, merged, renamed, similar'],
      [5, 7, 'invalid-attribute', 'correct the month or the day'],
      [9, 12, 'invalid-logsource', 'add one of them'],
    ]);
  });

  it('refuses an id or name that another document has', () => {
    const rule = (id: string) => `${HEAD}id: ${id}\nname: ${id}-name\ndetection: {s: {a: 1}, condition: s}\n`;
    const { diagnostics, rules } = sigma([rule('one'), rule('one')].join('---\n'));
    expect(diagnostics.map(({ line, code, message }) => [line, code, message])).to.deep.equal([
      [11, 'duplicate-id', "'one' is taken by rule.yml:4"],
      [12, 'duplicate-id', "'one-name' is taken by rule.yml:5"],
    ]);
    expect(rules.map(({ document }) => document)).to.deep.equal([0]);
  });

  it('names the rule in its diagnostics', () => {
    expect(sigma(`${HEAD}detection: {s: {a|b: 1}, condition: s}`).diagnostics[0]).to.include({
      rule: 'A rule',
      file: 'rule.yml',
    });
  });
});

describe('sigma: detections', () => {
  const cases: [string, string, string[]][] = [
    ['an unknown modifier', '  s:\n    a|contain: x\n  condition: s', ['6:5 unknown-modifier']],
    ['a repeated modifier', '  s: {a|all|all: [x]}\n  condition: s', ['5:7 modifier-conflict']],
    ['two positions', '  s: {a|startswith|endswith: x}\n  condition: s', ['5:7 modifier-conflict']],
    ['a flag without re', '  s: {a|contains|i: x}\n  condition: s', ['5:7 modifier-conflict']],
    ['a flag before re', '  s: {a|i|re: x}\n  condition: s', ['5:7 modifier-conflict']],
    ['re with contains', '  s: {a|re|contains: x}\n  condition: s', ['5:7 modifier-conflict']],
    ['cidr with cased', '  s: {a|cidr|cased: 10.0.0.0/8}\n  condition: s', ['5:7 modifier-conflict']],
    ['all with neq', '  s: {a|all|neq: [x, y]}\n  condition: s', ['5:7 modifier-conflict']],
    ['exists without a field', "  s: {'|exists': true}\n  condition: s", ['5:7 modifier-needs-field']],
    ['a field without a name', "  s: {'': x}\n  condition: s", ['5:7 empty-field']],
    ['all on a single value', '  s: {a|all: x}\n  condition: s', ['5:7 all-needs-list']],
    ['an empty list', '  s: {a: []}\n  condition: s', ['5:10 empty-list']],
    ['an empty selection', '  s: []\n  t: {}\n  condition: s or t', ['5:6 empty-selection', '6:6 empty-selection']],
    ['a map as value', '  s: {a: {b: x}}\n  condition: s', ['5:10 nested-map']],
    ['a list in a list', '  s: {a: [[x]]}\n  t: [[x]]\n  condition: s or t', ['5:11 nested-list', '6:7 nested-list']],
    ['null as keyword', '  s: [null]\n  condition: s', ['5:7 invalid-value']],
    ['null under contains', '  s: {a|contains: null}\n  condition: s', ['5:19 invalid-value']],
    ['exists with a text', "  s: {a|exists: 'true'}\n  condition: s", ['5:17 invalid-value']],
    ['gt with a text', '  s: {a|gt: many}\n  condition: s', ['5:13 invalid-value']],
    ['an hour over 23', '  s: {a|hour: 24}\n  condition: s', ['5:15 invalid-value']],
    ['half a minute', '  s: {a|minute: 0.5}\n  condition: s', ['5:17 invalid-value']],
    ['fieldref with a number', '  s: {a|fieldref: 5}\n  condition: s', ['5:19 invalid-value']],
    ['infinity', '  s: {a: .inf}\n  condition: s', ['5:10 invalid-value']],
    ['Base64 of a wildcard', '  s: {a|base64: a*}\n  condition: s', ['5:17 wildcard-in-encoding']],
    ['UTF-16 that is no text', '  s: {a|utf16: a}\n  condition: s', ['5:16 encoding-needs-base64']],
    ['too many dashes to encode', `  s: {a|windash|base64: '${'-'.repeat(5)}'}\n  condition: s`, ['5:25 too-large']],
    ['endless dashes to encode', `  s: {a|windash|wide: '${'-/'.repeat(4000)}'}\n  condition: s`, ['5:23 too-large']],
    ['a long value', `  s: {a: '${'x'.repeat(9000)}'}\n  condition: s`, ['5:10 too-large']],
    [
      'a regular expression that explodes',
      '  s: {a|re: "((a{0,100}){0,100}){0,100}"}\n  condition: s',
      ['5:13 too-large'],
    ],
    ['a placeholder without values', "  s: {a|expand: 'x%servers%'}\n  condition: s", ['5:17 unresolved-placeholder']],
    ['a timeframe', '  s: {a: x}\n  timeframe: 5m\n  condition: s', ['6:3 unsupported-timeframe']],
    ['an unused selection', '  s: {a: x}\n  t: {a: y}\n  _u: {a: z}\n  condition: s', ['6:3 unused-selection']],
    [
      'several errors',
      '  s:\n    a|x: 1\n    b|cidr: [x, y]\n  condition: s and t',
      ['6:5 unknown-modifier', '7:14 invalid-network', '7:17 invalid-network', '8:14 unknown-selection'],
    ],
  ];
  for (const [what, detection, expected] of cases) {
    it(`reports ${what} at its place`, () => expect(found(detection)).to.deep.equal(expected));
  }

  it('suggests the modifier that was meant', () => {
    expect(sigma(`${HEAD}detection: {s: {a|startwith: 1}, condition: s}`).diagnostics[0]!.hint).to.equal(
      "did you mean 'startswith'?",
    );
  });

  it('bounds the tests of a whole detection', () => {
    const values = Array.from({ length: MAX_TESTS / 2 }, (_, index) => `v${index}`);
    const rule = (condition: string) =>
      parseSigma([ruleOf({ s: { a: values }, condition })]).diagnostics.map(({ code }) => code);
    expect(rule('s or s')).to.deep.equal([]);
    expect(rule('s or s or s')).to.deep.equal(['too-large']);
  });

  it('throws at nothing', () => {
    const key = fc.oneof(
      fc.constantFrom(
        'title',
        'detection',
        'selection',
        'condition',
        'correlation',
        'filter',
        'rules',
        'type',
        'timespan',
        'group-by',
        'aliases',
        'a|re',
        'a|cidr',
        'a|all',
        '|all',
        'a|expand',
        'a|base64',
        'tollgate',
        'related',
      ),
      fc.string(),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>('event_count', '5m', 'selection', '1 of them', null, true),
        fc.string(),
        fc.double(),
        fc.bigInt(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(key, tie('any'), { maxKeys: 6, noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.array(fc.dictionary(key, value, { noNullPrototype: true }), { maxLength: 3 }), (values) => {
        parseSigma(values.map(documentOf));
      }),
      { numRuns: 500 },
    );
  });
});

describe('sigma: conditions', () => {
  for (const [condition, code] of [
    ['any of a*', 'unsupported-quantifier'],
    [`${'('.repeat(MAX_CONDITION_DEPTH + 1)}a${')'.repeat(MAX_CONDITION_DEPTH + 1)}`, 'too-large'],
    [`${'not '.repeat(4000)}a`, 'too-large'],
    ['a or '.repeat(9000), 'too-large'],
  ] as const) {
    it(`reports '${condition.slice(0, 30)}' as ${code}`, () => {
      const { diagnostics } = parseSigma([ruleOf({ a: { f: 'a' }, ab: { f: 'b' }, condition })]);
      expect(diagnostics.map((each) => each.code)).to.deep.equal([code]);
    });
  }

  it('have a place each in a list of conditions', () => {
    expect(found('  a: {f: a}\n  condition:\n    - a\n    - a and')).to.deep.equal(['8:7 condition-syntax']);
  });
});

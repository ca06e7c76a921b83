import { expect } from 'chai';
import * as fc from 'fast-check';
import { MAX_CONDITION_DEPTH, MAX_TESTS } from '../../tools/sigma/limits';
import { parseSigma } from '../../tools/sigma/parse';
import { documentOf, ruleOf, sigma } from './documents';

const HEAD = 'title: A rule\nlogsource:\n  product: test\n';

/** `line:column code` of each diagnostic of a rule with this detection, which begins in line 4. */
function found(detection: string): string[] {
  const { diagnostics, rules } = sigma(`${HEAD}detection:\n${detection}`);
  if (diagnostics.some(({ severity }) => severity === 'error')) expect(rules).to.deep.equal([]);
  return diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

describe('sigma: rules', () => {
  it('reads every attribute of the specification and lets custom ones be', () => {
    const { rules, diagnostics } = sigma(`
title: Whoami
id: 929a690e-bef0-4204-a928-ef5e620d6fcc
name: whoami
related: [{id: 08fbc97d-0a2f-491c-ae21-8ffcfd3174e9, type: derived}]
taxonomy: sigma
status: test
description: Runs whoami
license: MIT
author: Somebody
references: [https://example.org/]
date: 2019-10-23
modified: 2020-01-02
logsource: {category: process_creation, product: windows, service: sysmon, definition: switch it on}
detection: {selection: {Image|endswith: whoami.exe}, condition: selection}
fields: [Image]
falsepositives: Administrators
level: high
tags: [attack.t1033, cve.2020.1234]
scope: [server]
custom: {anything: 1}
`);
    expect(diagnostics).to.deep.equal([]);
    expect(rules).to.deep.equal([
      {
        kind: 'detection',
        id: '929a690e-bef0-4204-a928-ef5e620d6fcc',
        name: 'whoami',
        title: 'Whoami',
        related: [{ id: '08fbc97d-0a2f-491c-ae21-8ffcfd3174e9', type: 'derived' }],
        status: 'test',
        description: 'Runs whoami',
        license: 'MIT',
        author: 'Somebody',
        references: ['https://example.org/'],
        date: '2019-10-23',
        modified: '2020-01-02',
        logsource: { category: 'process_creation', product: 'windows', service: 'sysmon', definition: 'switch it on' },
        fields: ['Image'],
        falsepositives: ['Administrators'],
        level: 'high',
        tags: ['attack.t1033', 'cve.2020.1234'],
        scope: ['server'],
        file: 'rule.yml',
        document: 0,
        plan: {
          expr: {
            op: 'test',
            test: { kind: 'pattern', field: 'Image', parts: [{ wild: 'any' }, 'whoami.exe'], cased: false },
          },
          fields: ['Image'],
        },
      },
    ]);
  });

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
      [5, 7, 'invalid-attribute', 'write it as YYYY-MM-DD'],
      [9, 12, 'invalid-logsource', 'add one of them'],
    ]);
  });

  it('takes the name, else the place, for a missing id', () => {
    const rule = (extra: string) => `${HEAD}${extra}detection: {s: {a: 1}, condition: s}\n`;
    const { rules } = sigma([rule('name: called\n'), rule('')].join('---\n'));
    expect(rules.map(({ id }) => id)).to.deep.equal(['called', 'rule.yml#1']);
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

  for (const [what, text, code] of [
    ['a list', '- a', 'not-sigma'],
    ['a document without detection', 'title: x', 'not-sigma'],
    ['a document with two sections', 'title: x\ndetection: {}\nfilter: {}', 'not-sigma'],
    ['a rule collection', 'action: global\ntitle: x', 'unsupported-action'],
    ['a rule without title', 'logsource: {product: x}\ndetection: {s: {a: 1}, condition: s}', 'missing-title'],
    ['a rule without log source', 'title: x\ndetection: {s: {a: 1}, condition: s}', 'invalid-logsource'],
    ['a detection that is a list', `${HEAD}detection: [a]`, 'invalid-detection'],
    ['a foreign taxonomy', `${HEAD}taxonomy: ecs\ndetection: {s: {a: 1}, condition: s}`, 'foreign-taxonomy'],
  ] as const) {
    it(`reports ${what} as ${code}`, () => {
      expect(sigma(text).diagnostics.map((each) => each.code)).to.deep.equal([code]);
    });
  }

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
    ['a number under contains', '  s: {a|contains: [x, 5]}\n  condition: s', ['5:23 invalid-value']],
    ['exists with a text', "  s: {a|exists: 'true'}\n  condition: s", ['5:17 invalid-value']],
    ['gt with a text', '  s: {a|gt: many}\n  condition: s', ['5:13 invalid-value']],
    ['an hour over 23', '  s: {a|hour: 24}\n  condition: s', ['5:15 invalid-value']],
    ['half a minute', '  s: {a|minute: 0.5}\n  condition: s', ['5:17 invalid-value']],
    ['fieldref with a number', '  s: {a|fieldref: 5}\n  condition: s', ['5:19 invalid-value']],
    ['infinity', '  s: {a: .inf}\n  condition: s', ['5:10 invalid-value']],
    ['Base64 of a wildcard', '  s: {a|base64: a*}\n  condition: s', ['5:17 wildcard-in-encoding']],
    ['UTF-16 that is no text', '  s: {a|utf16: a}\n  condition: s', ['5:16 encoding-needs-base64']],
    ['too many dashes', `  s: {a|windash: '${'-'.repeat(5)}'}\n  condition: s`, ['5:18 too-large']],
    ['endless dashes', `  s: {a|windash: '${'-/'.repeat(4000)}'}\n  condition: s`, ['5:18 too-large']],
    ['a long value', `  s: {a: '${'x'.repeat(9000)}'}\n  condition: s`, ['5:10 too-large']],
    [
      'a regular expression that explodes',
      '  s: {a|re: "((a{0,100}){0,100}){0,100}"}\n  condition: s',
      ['5:13 unsupported-regex'],
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

  it('replaces placeholders under expand only, by every value, with wildcards in them', () => {
    const values = (key: string, value: string) => {
      const detection = { s: { [key]: value }, condition: 's' };
      const { rules } = parseSigma([ruleOf(detection)], { placeholders: { servers: ['srv*', 'x'], no: ['1', '2'] } });
      const tests = JSON.stringify((rules[0] as { plan: { expr: unknown } }).plan.expr);
      return [...tests.matchAll(/"(?:parts|source)":(\[.*?\]|".*?")/g)].map((each) => each[1]);
    };
    const any = '{"wild":"any"}';
    expect(values('a', '%servers%')).to.deep.equal(['["%servers%"]']);
    expect(values('a|expand', '%servers%-%no%')).to.deep.equal([
      `["srv",${any},"-1"]`,
      `["srv",${any},"-2"]`,
      '["x-1"]',
      '["x-2"]',
    ]);
    expect(values('a|expand', '\\%plain%no%')).to.deep.equal(['["%plain1"]', '["%plain2"]']);
    expect(values('a|contains|expand', '%no%')).to.deep.equal([`[${any},"1",${any}]`, `[${any},"2",${any}]`]);
    expect(values('a|re|expand', '^%no%$')).to.deep.equal(['"^1$"', '"^2$"']);
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
  /** The condition over selections a, b, c and _d, each true or false, as `abcd` → truth. */
  function truth(condition: string): (present: string) => boolean {
    const { rules, diagnostics } = parseSigma([
      ruleOf({ a: { f: 'a' }, ab: { f: 'b' }, c: { f: 'c' }, _d: { f: 'd' }, condition }),
    ]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    const rule = rules[0]!;
    if (rule.kind !== 'detection') throw new Error('not a detection');
    const evaluate = (expr: typeof rule.plan.expr, present: string): boolean => {
      switch (expr.op) {
        case 'and':
          return expr.all.every((each) => evaluate(each, present));
        case 'or':
          return expr.any.some((each) => evaluate(each, present));
        case 'not':
          return !evaluate(expr.expr, present);
        case 'test':
          return present.includes((expr.test as { parts: string[] }).parts[0]!);
      }
    };
    return (present) => evaluate(rule.plan.expr, present);
  }

  for (const [condition, holds, fails] of [
    ['a or ab and c', ['a', 'bc'], ['b', 'c']],
    ['not a and ab', ['b'], ['ab', '']],
    ['not (a and ab)', ['a', 'b', ''], ['ab']],
    ['not a or ab', ['', 'ab'], ['a']],
    ['not not a', ['a'], ['']],
    ['not 1 of a*', ['', 'c'], ['a', 'b']],
    ['all of a* and c', ['abc'], ['ac']],
    ['1 of them', ['a', 'b', 'c'], ['d', '']],
    ['all of them', ['abc'], ['abd']],
    ['all of *', ['abc'], ['ab']],
    ['1 of _*', ['d'], ['abc']],
    ['1 of *b', ['b'], ['a']],
    ['all of a', ['a'], ['b']],
    ['NOT a AND ab', ['b'], ['ab']],
    ['(a)or(c)', ['a', 'c'], ['b']],
  ] as const) {
    it(`'${condition}' holds and fails where the precedence says`, () => {
      const evaluate = truth(condition);
      for (const present of holds) expect(evaluate(present), present).to.equal(true);
      for (const present of fails) expect(evaluate(present), present).to.equal(false);
    });
  }

  for (const [condition, code] of [
    ['a and', 'condition-syntax'],
    ['and a', 'condition-syntax'],
    ['(a', 'condition-syntax'],
    ['a)', 'condition-syntax'],
    ['a ab', 'condition-syntax'],
    ['()', 'condition-syntax'],
    ['1 of', 'condition-syntax'],
    ['2 of a*', 'unsupported-quantifier'],
    ['any of a*', 'unsupported-quantifier'],
    ['x', 'unknown-selection'],
    ['1 of x*', 'unknown-selection'],
    ['a | count() > 5', 'unsupported-aggregation'],
    [`${'('.repeat(MAX_CONDITION_DEPTH + 1)}a${')'.repeat(MAX_CONDITION_DEPTH + 1)}`, 'too-large'],
    [`${'not '.repeat(4000)}a`, 'too-large'],
    ['a or '.repeat(9000), 'too-large'],
    ['', 'invalid-condition'],
  ] as const) {
    it(`reports '${condition.slice(0, 30)}' as ${code}`, () => {
      const { diagnostics } = parseSigma([ruleOf({ a: { f: 'a' }, ab: { f: 'b' }, condition })]);
      expect(diagnostics.map((each) => each.code)).to.deep.equal([code]);
    });
  }

  it('is an or of a list of conditions, each with its own place', () => {
    expect(found('  a: {f: a}\n  condition:\n    - a\n    - a and')).to.deep.equal(['8:7 condition-syntax']);
    const { rules } = sigma(`${HEAD}detection: {a: {f: a}, b: {f: b}, condition: [a, b]}`);
    expect((rules[0] as { plan: { expr: { op: string } } }).plan.expr.op).to.equal('or');
  });
});

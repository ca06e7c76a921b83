import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cli from '../../tools/command/cli/limits';
import * as schema from '../../tools/foundation/content/schema';
import * as decode from '@tollgate/sigma/yaml/decode';
import * as waits from '../../tools/foundation/content/waits';
import * as yaml from '@tollgate/sigma/yaml/yaml';
import * as correlate from '@tollgate/sigma/correlate/limits';
import { MAX_GROUPS_OF_EVENT } from '../../tools/detection/hunt/groups';
import { evaluate, parse } from '@tollgate/sigma';
import * as form from '../../tools/evidence/measure/form';
import * as ownLogs from '../../tools/evidence/own-logs/limits';
import * as seeds from '../../tools/evidence/measure/seeds';
import { MAX_LINE } from '../../tools/foundation/ndjson/framing';
import * as sigma from '@tollgate/sigma/rules/limits';

const many = (times: number, text: (index: number) => string, between = ''): string =>
  Array.from({ length: times }, (_, index) => text(index)).join(between);
const rule = (detection: string, name = 'base'): string =>
  `title: t\nname: ${name}\nlogsource: {product: p}\ndetection:\n${detection}`;
const values = (key: string, times: number, value: (index: number) => string): string =>
  rule(`  a:\n    '${key}':\n${many(times, (n) => `    - ${value(n)}\n`)}  condition: a\n`);
const correlation = (name: string, section: string): string =>
  `title: ${name}\nname: ${name}\ncorrelation:\n  type: event_count\n  condition: {gte: 1}\n${section}`;
const chain = (length: number, refer: (n: number) => string): string =>
  [
    rule('  a: {x: 1}\n  condition: a\n'),
    ...Array.from({ length }, (_, n) => correlation(`c${n + 1}`, `  timespan: 1m\n  rules: [${refer(n)}]\n`)),
  ].join('---\n');
const filter = (n: number, rules: string): string =>
  `title: f${n}\nlogsource: {product: p}\nfilter:\n  rules: ${rules}\n  a: {x: 1}\n  condition: not a\n`;

/** Each would hang, exhaust the memory or end in a stack overflow if nothing stopped it, or is one more than is allowed. */
const HOSTILE: [string, string, string[]][] = [
  ['a large file', '#'.repeat(decode.MAX_SOURCE_BYTES + 1), ['too-large']],
  ['a file of document markers', '---\n'.repeat(250_000), ['too-large']],
  ['a file of document ends', 'a\n...\n'.repeat(100_000), ['too-large']],
  ['broken documents without end', '---\n[\n'.repeat(170_000), ['too-large']],
  ['brackets without end', '['.repeat(1_000_000), ['too-deep']],
  [
    'duplicate keys without end',
    `${rule('  a: {x: 1}\n  condition: a\n')}${'b: 1\n'.repeat(100_000)}`,
    Array<string>(100).fill('duplicate-key'),
  ],
  ['a long list of keywords', rule(`  a:\n${'  - a\n'.repeat(150_000)}  condition: a\n`), ['too-large']],
  ['a long value', values('x', 1, () => 'x'.repeat(sigma.MAX_VALUE_LENGTH + 1)), ['too-large']],
  ['dashes without end', values('x|windash|base64', 1, () => '-a'.repeat(4000)), ['too-large']],
  ['many values of many alternatives', values('x|windash|base64offset', 80_000, () => 'a-b-c'), ['too-large']],
  [
    'long values of many alternatives',
    values('x|windash|base64', 120, () => `a-b-c-${'x'.repeat(8000)}`),
    ['too-large'],
  ],
  ['a count of counts', values('x|re', 1, () => '((a{0,100}){0,10}){0,10}'), ['too-large']],
  ['counts in a row', values('x|re', 1, () => '.{1000}'.repeat(1100)), ['too-large']],
  ['unfinished groups of counts', values('x|re', 1, () => `"${'(a{900}'.repeat(1000)}"`), ['too-large']],
  ['a thousand regular expressions', values('x|re', 100_000, () => '.{900}'), ['too-large']],
  ['a class in a class', values('x|re', 1, () => `"${'['.repeat(3000)}"`), ['unsupported-regex']],
  ['groups in groups', values('x|re', 1, () => `"${'('.repeat(4000)}${')'.repeat(4000)}"`), ['unsupported-regex']],
  [
    'a field of many levels',
    rule(`  a: {${'a.'.repeat(sigma.MAX_FIELD_LEVELS)}a: 1}\n  condition: a\n`),
    ['too-large'],
  ],
  ['a long field', rule(`  a: {${'a'.repeat(sigma.MAX_FIELD_LENGTH + 1)}: 1}\n  condition: a\n`), ['too-large']],
  ['a reference to a field of many levels', values('x|fieldref', 1, () => 'a.'.repeat(40)), ['too-large']],
  ['many selections', rule(`${many(1001, (n) => `  a${n}: {x: 1}\n`)}  condition: 1 of them\n`), ['too-large']],
  ['many conditions', rule(`  a: {x: 1}\n  condition:\n${'  - a\n'.repeat(200_000)}`), ['too-large']],
  ['a long condition', rule(`  a: {x: 1}\n  condition: a${' or a'.repeat(4000)}\n`), ['too-large']],
  [
    'a deep condition',
    rule(`  a: {x: 1}\n  condition: ${'not '.repeat(sigma.MAX_CONDITION_DEPTH + 1)}a\n`),
    ['too-large'],
  ],
  [
    'selections times conditions',
    rule(`${many(900, (n) => `  a${n}: {x: 1}\n`)}  condition: 1 of them${' or 1 of them'.repeat(1000)}\n`),
    ['too-large'],
  ],
  [
    'tests times uses',
    rule(`  a:\n    x:\n${'    - a\n'.repeat(1000)}  condition: a${' and a'.repeat(100)}\n`),
    ['too-large'],
  ],
  [
    'tests times uses in each of many documents',
    many(
      50,
      (n) => rule(`  a: {x: [${many(100, () => '1', ',')}]}\n  condition: a${' or a'.repeat(20)}\n`, `r${n}`),
      '---\n',
    ),
    Array<string>(27).fill('too-large'),
  ],
  [
    'unknown modifiers without end',
    rule(`  a:\n${many(20_000, (n) => `    x|y${n}: 1\n`)}  condition: a\n`),
    Array<string>(100).fill('unknown-modifier'),
  ],
  ['many rules', correlation('c', `  timespan: 1m\n  rules: [${many(40_000, (n) => `r${n}`, ',')}]\n`), ['too-large']],
  [
    'a long timespan',
    `${rule('  a: {x: 1}\n  condition: a\n')}---\n${correlation('c', '  timespan: 999999w\n  rules: base\n')}`,
    ['invalid-timespan'],
  ],
  [
    'a group of many levels',
    `${rule('  a: {x: 1}\n  condition: a\n')}---\n${correlation('c', `  timespan: 1m\n  rules: base\n  group-by: [${'a.'.repeat(40)}a]\n`)}`,
    ['too-large'],
  ],
  [
    'many aliases',
    `${rule('  a: {x: 1}\n  condition: a\n')}---\n${correlation('c', `  timespan: 1m\n  rules: base\n  aliases: {${many(1001, (n) => `a${n}: {base: x}`, ',')}}\n`)}`,
    ['too-large'],
  ],
  ['a chain of correlations', chain(sigma.MAX_CHAIN + 1, (n) => (n === 0 ? 'base' : `c${n}`)), ['too-large']],
  [
    'a chain upside down',
    chain(900, (n) => (n === 899 ? 'base' : `c${n + 2}`)),
    ['too-large', ...Array<string>(867).fill('broken-reference')],
  ],
  ['a circle', chain(900, (n) => `c${((n + 1) % 900) + 1}`), Array<string>(900).fill('circular-correlation')],
  ['many rules of a filter', filter(0, `[${many(10_001, (n) => `r${n}`, ',')}]`), ['too-large']],
  [
    'many filters',
    [rule('  a: {x: 1}\n  condition: a\n'), ...Array.from({ length: 105 }, (_, n) => filter(n, 'base'))].join('---\n'),
    Array<string>(5).fill('too-large'),
  ],
];

describe('limits', () => {
  for (const [what, text, codes] of HOSTILE) {
    it(`stops ${what}`, () => expect(parse(text).diagnostics.map(({ code }) => code)).to.deep.equal(codes));
  }

  it('lets diamonds of correlations be, which have more paths than there are atoms', () => {
    const length = sigma.MAX_CHAIN;
    const names = (n: number) => (n < 2 ? 'base' : `c${n - (n % 2) - 1}, c${n - (n % 2)}`);
    const text = chain(2 * length, names);
    const { rules, diagnostics } = parse(text);
    expect(diagnostics).to.deep.equal([]);
    expect(rules).to.have.length(2 * length + 1);
    expect(evaluate(rules, [{ x: 1, time: 1767225600 }]).alerts).to.have.length(2 * length);
  });

  it('are those of the page', () => {
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'limits.md'), 'utf8');
    const written = [...page.matchAll(/\| `([\w.]+)`\s*\|\s*([\d,]+) \|/g)].map(([, name, value]) => [
      name,
      Number(value!.replaceAll(',', '')),
    ]);
    const { STREAM_LIMITS, ...rest } = correlate;
    const stream = Object.entries(STREAM_LIMITS).map(([name, value]) => [`STREAM_LIMITS.${name}`, value]);
    const modules = [yaml, decode, schema, sigma, rest, { MAX_LINE }, cli, form, seeds, ownLogs].flatMap((module) =>
      Object.entries(module),
    );
    const constants = [...modules.filter(([, value]) => typeof value === 'number'), ...stream];
    constants.push(['MAX_GROUPS_OF_EVENT', MAX_GROUPS_OF_EVENT]);
    constants.push(...Object.entries(waits).map(([name, ms]): [string, number] => [name, ms / 1000]));
    expect(written.sort()).to.deep.equal(constants.sort());
  });
});

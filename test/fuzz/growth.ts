import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nearby } from '../../tools/command/check/nearby';
import { readCommonYaml } from '@tollgate/sigma/yaml/common-yaml';
import { schemaDiagnostics } from '../../tools/foundation/content/schema';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { compile, evaluate, parse, type Event } from '@tollgate/sigma';
import { readBlock } from '../../tools/foundation/ndjson/read-block';
import { readerOf } from '../../tools/foundation/ndjson/scanner';
import { completer } from '../../tools/telemetry/complete';
import { loadContracts } from '../../tools/telemetry/load';

/** An input that grows, and what is done with it; `of` makes the input of a size, and what it gives does the work. */
interface Growth {
  name: string;
  size: number;
  of: (size: number) => () => unknown;
}

const each = (size: number, text: (n: number) => string): string =>
  Array.from({ length: size }, (_, n) => text(n)).join('');
const list = <T>(size: number, item: (n: number) => T): T[] => Array.from({ length: size }, (_, n) => item(n));

const rule = (detection: string): string =>
  `title: t\nname: base\nlogsource: {product: p}\ndetection:\n${detection}  condition: a\n`;

/** A text of YAML that is read whatever it is. */
const yaml = (name: string, text: (size: number) => string, size = 2000): Growth => ({
  name: `YAML of ${name}`,
  size,
  of: (n) => {
    const made = text(n);
    return () => [readCommonYaml(made), parse(made)];
  },
});

/** An event on which a detection is run. */
const event = (name: string, detection: string, make: (size: number) => unknown, size = 1000): Growth => ({
  name: `${name} in an event`,
  size,
  of: (n) => {
    const holds = compile(parse(rule(`  a:\n    ${detection}\n`)).rules[0] as never);
    const made = make(n) as Event;
    return () => holds(made);
  },
});

/** An event on which a correlation is run. */
const correlated = (name: string, section: string, make: (size: number) => object, size = 300): Growth => ({
  name: `${name} in a correlation`,
  size,
  of: (n) => {
    const text = `${rule('  a: {k: 1}\n')}---\ntitle: c\ncorrelation:\n  rules: [base]\n  timespan: 1m\n${section}`;
    const { rules } = parse(text);
    const events = [0, 1].map((time) => ({ k: 1, time, ...make(n) }));
    return () => evaluate(rules, events);
  },
});

/** A line that is scanned. */
const line = (name: string, text: (size: number) => string): Growth => ({
  name: `a line of ${name}`,
  size: 2000,
  of: (n) => {
    const bytes = Buffer.from(`${text(n)}\n`);
    const read = readerOf(['a.b', 'c']);
    return () => readBlock(bytes, read, { take: () => undefined, bad: () => undefined });
  },
});

const YAML: Growth[] = [
  yaml('blank lines and markers', (n) => `${'\n'.repeat(n)}${'---\n'.repeat(Math.min(n / 4, 900))}[`, 400),
  yaml('blank lines and words', (n) => `a: b\n${' \n'.repeat(n)} c`),
  yaml('opening brackets', (n) => '['.repeat(n)),
  yaml('dashes', (n) => '- '.repeat(n)),
  yaml('question marks', (n) => '? '.repeat(n)),
  yaml('quotes', (n) => `a: '${"''".repeat(n)}'`),
  yaml('quotes that nothing closes', (n) => `a: "${'b\n '.repeat(n)}`),
  yaml('tabs', (n) => 'a:\t'.repeat(n)),
  yaml('anchors and aliases', (n) => `- &${'a'.repeat(n)} b\n${`- *a\n`.repeat(n)}`),
  yaml('a long alias and many', (n) => `- *${'a'.repeat(n)}\n${`- *a\n`.repeat(n)}`),
  yaml('tags', (n) => '- !a b\n'.repeat(n)),
  yaml('a long key', (n) => `${'a'.repeat(n)}: b`),
  yaml('many keys', (n) => each(n, (i) => `a${i}: b\n`)),
  yaml('repeated keys', (n) => 'a: b\n'.repeat(n)),
  yaml('comments', (n) => `a: b\n${'# c\n'.repeat(n)}`),
  yaml('a line of hashes', (n) => `a: b${' #'.repeat(n)}`),
  yaml('colons', (n) => `a: ${'b:'.repeat(n)}`),
  yaml('a block', (n) => `a: |\n${'  b\n'.repeat(n)}`),
  yaml('a folded block of blank lines', (n) => `a: >\n  b\n${'\n'.repeat(n)}  c\n`),
  yaml('a flow list over lines', (n) => `a: [b\n${'\n'.repeat(n)}]`),
  yaml('a flow map', (n) => `a: {${'b,'.repeat(n)}}`),
  yaml('directives', (n) => `${'%A b\n'.repeat(n)}---\na: b`),
  yaml('document ends', (n) => 'a: b\n...\n'.repeat(n), 90),
];

const RULES: Growth[] = [
  yaml('values', (n) => rule(`  a:\n    x:\n${each(n, (i) => `      - v${i}\n`)}`), 500),
  yaml('unknown modifiers', (n) => rule(`  a:\n${each(n, (i) => `    x|y${i}: 1\n`)}`), 500),
  yaml('selections', (n) => `${rule(each(n, (i) => `  a${i}: {x: 1}\n`))}`.replace(': a\n', ': 1 of a*\n'), 90),
  yaml(
    'a condition of quantifiers',
    (n) => rule('  ab: {x: 1}\n').replace(': a\n', `: 1 of a*${' or 1 of *b'.repeat(n)}\n`),
    100,
  ),
  yaml(
    'a quantifier of asterisks',
    (n) => rule(`  ${'a'.repeat(n)}: {x: 1}\n`).replace(': a\n', `: 1 of ${'a*'.repeat(n)}\n`),
    500,
  ),
  yaml('a pattern of asterisks', (n) => rule(`  a: {x: '${'*a'.repeat(n)}'}\n`), 400),
  yaml('a pattern of backslashes', (n) => rule(`  a: {x: '${'\\'.repeat(n)}'}\n`), 800),
  yaml('a text in Base64', (n) => rule(`  a: {x|base64offset: '${'a'.repeat(n)}'}\n`), 800),
  yaml('a regular expression of brackets', (n) => rule(`  a: {x|re: '${'['.repeat(n)}'}\n`), 800),
  yaml('a regular expression of escapes', (n) => rule(`  a: {x|re: '${'\\x{'.repeat(n)}'}\n`), 250),
  yaml('rules that are not there', (n) => `title: t\ncorrelation:\n  rules: [${each(n, (i) => `r${i}, `)}]\n`, 90),
  yaml(
    'groups',
    (n) =>
      `title: t\ncorrelation:\n  type: event_count\n  timespan: 1m\n  condition: {gte: 1}\n  rules: [base]\n  group-by: [${each(n, (i) => `g${i}, `)}]\n---\n${rule('  a: {x: 1}\n')}`,
    90,
  ),
];

const dotted = (size: number): object => Object.fromEntries(list(size, (n) => [`a.b${n}`, 1]));

const EVENTS: Growth[] = [
  event('an address of dots', 'x|cidr: 10.0.0.0/8', (n) => ({ x: `:${'.'.repeat(n)}` })),
  event('an address of colons', 'x|cidr: 10.0.0.0/8', (n) => ({ x: `${'1:'.repeat(n)}1` })),
  event('many addresses', 'x|cidr: 10.0.0.0/8', (n) => ({ x: list(n, (i) => `192.0.2.${i}`) })),
  ...['', '|startswith', '|endswith', '|contains'].flatMap((how) => [
    event(`two lists of a fieldref${how}`, `x|fieldref${how}: y`, (n) => ({
      x: list(n, (i) => `x${i}x`),
      y: list(n, (i) => `y${i}y`),
    })),
    event(`two long texts of a fieldref${how}`, `x|fieldref${how}: y`, (n) => ({
      x: 'a'.repeat(2 * n),
      y: `b${'a'.repeat(n)}b`,
    })),
  ]),
  event('a pattern of asterisks', "x: '*a*a*a*a*a*a*b*'", (n) => ({ x: 'a'.repeat(n) })),
  event('a pattern of question marks', "x: '*a?a*a?a*b?*'", (n) => ({ x: 'a'.repeat(n) })),
  event('a regular expression', "x|re: '(a|aa)+b'", (n) => ({ x: 'a'.repeat(n) })),
  event('a regular expression of counts', "x|re: '(a{1,20}){1,20}b'", (n) => ({ x: 'a'.repeat(n) }), 200),
  event('a number of digits', 'x|gt: 1', (n) => ({ x: `1.${'0'.repeat(n)}e` })),
  event('a time of digits', 'x|hour: 1', (n) => ({ x: `2026-01-01T00:00:00.${'0'.repeat(n)}` })),
  event('a field of lists in lists', 'x: b', (n) => ({ x: JSON.parse('['.repeat(n) + ']'.repeat(n)) as unknown })),
  event('a field of maps in maps', 'x.x: b', (n) => JSON.parse('{"x":'.repeat(n) + '1' + '}'.repeat(n))),
  event('null in maps in maps', 'x: null', (n) => JSON.parse('{"x":'.repeat(n) + 'null' + '}'.repeat(n))),
  event('names with dots', 'a.a.a.a.a.a.a.a: b', (n) => ({
    ...dotted(n),
    ...Object.fromEntries(list(n, (i) => ['a' + '.a'.repeat(i % 8), list(4, () => ({ a: 1 }))])),
  })),
  event('a keyword and many texts', "'|contains': b", (n) => ({ x: list(n, (i) => `a${i}`) })),
];

const CORRELATIONS: Growth[] = [
  correlated('a list of groups', '  type: event_count\n  group-by: [x]\n  condition: {gte: 2}\n', (n) => ({
    x: list(n, (i) => i),
  })),
  correlated('a list of values', '  type: value_count\n  condition: {field: x, gte: 2}\n', (n) => ({
    x: list(n, (i) => i),
  })),
  correlated('a list of numbers', '  type: value_median\n  condition: {field: x, gte: 2}\n', (n) => ({
    x: list(n, (i) => i),
  })),
  correlated('a list of numbers to be summed', '  type: value_sum\n  condition: {field: x, gte: 2}\n', (n) => ({
    x: list(n, (i) => 1 / (i + 1)),
  })),
];

const LINES: Growth[] = [
  line('brackets', (n) => `{"a":${'['.repeat(n)}`),
  line('lists in lists', (n) => `{"a":{"b":${'['.repeat(n)}${']'.repeat(n)}}}`),
  line('spaces', (n) => `{"a"${' '.repeat(n)}: 1`),
  line('escapes', (n) => `{"a":"${'\\"'.repeat(n)}"}`),
  line('repeated keys', (n) => `{${'"c":1,'.repeat(n)}"c":2}`),
  line('keys that are not asked for', (n) => `{${each(n, (i) => `"k${i}":1,`)}"c":2}`),
];

/** A file beside the one that is looked at. */
const neighbour = (name: string, text: (size: number) => string): Growth => ({
  name: `a neighbouring file of ${name}`,
  size: 2000,
  of: (n) => {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    const [own, other] = ['own.yml', 'other.yml'].map((file) => join(folder, file)) as [string, string];
    writeFileSync(own, `title: Own\nid: own\n${'some words\n'.repeat(n)}`);
    writeFileSync(other, text(n));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const none = {
      queries: [],
      filters: [],
      cases: [],
      over: [],
      worlds: [],
      scenarios: [],
      telemetry: [],
      fieldEvidence: [],
      acts: [],
      shapes: '',
      others: [],
    };
    const layout = { ...none, root: folder, datasets: '', rules: [own, other], files: 1, selected: new Set([own]) };
    return () => nearby(layout);
  },
});

const FILES: Growth[] = [
  neighbour('spaces', (n) => `title: B\nname: "${' '.repeat(n)}x`),
  neighbour('hashes', (n) => `title: B\nname: "${'#'.repeat(n)}\\x`),
  neighbour('names', (n) => `title: B\n${each(n, (i) => `- id: some${i}\n`)}`),
  {
    name: 'a scenario of errors',
    size: 300,
    of: (n) => {
      const [document] = parseYaml('a.yml', `steps:\n${'  - {rate: no}\n'.repeat(n)}`).documents;
      return () => schemaDiagnostics('scenario', document!);
    },
  },
  {
    name: 'a record of names with dots',
    size: 500,
    of: (n) => {
      const complete = completer(
        loadContracts('schemas/telemetry/application.otp.yml').contracts.get('application.otp')!,
      );
      const record = { ...Object.fromEntries(list(n, (i) => [`a.b${i}`, 1])), timestamp: '2026-01-05T10:00:00Z' };
      return () => complete(record);
    },
  },
];

/** What a sender of events or an author of files may make as large as they like. */
export const GROWTH: readonly Growth[] = [...YAML, ...RULES, ...EVENTS, ...CORRELATIONS, ...LINES, ...FILES];

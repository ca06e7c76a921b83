import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { condition, key, NAMES, value } from '../../test/fuzz/sigma-text';
import type { Trial } from '../trial';
import { makeFolders, removeFolders, run, type Folders } from './command';
import type { Job } from './job';
import { shown, wrongWith } from './judge';

/** Patterns that take other engines exponential time, memory without end, or down: key and value of a selection. */
const HARMFUL: [key: string, value: unknown][] = [
  ...['(x+x+)+y', '(a|a)*$', '(a|aa)+$', '([a-z]+)*\\d', '(.*)*x', '(.*a){20}', '^(([a-z])+.)+[A-Z]$'].map(regex),
  ...[
    '(a{1000}){1000}',
    'a{1000000}',
    '(((a{30}){30}){30}){30}',
    '[^\\x00-\\x{10FFFF}]',
    '\\p{Harm}',
    '(?<n>a)\\k<n>',
    '(?=a)',
    '(a)\\1',
  ].map(regex),
  ...[
    '(',
    ')',
    '[',
    '*',
    '\\',
    '(?',
    '(?P<',
    '\\Q',
    '[[:harm:]]',
    '(?i',
    '[z-a]',
    '\\u{110000}',
    '\ud83d',
    '',
    '('.repeat(5000),
    '|'.repeat(5000),
  ].map(regex),
  ...[
    '*a'.repeat(1000),
    '?'.repeat(5000),
    '*'.repeat(5000),
    '*?'.repeat(2000),
    '\\'.repeat(4999),
    '\\*'.repeat(2000),
  ].map((one): [string, unknown] => ['text', one]),
  ...[
    '0.0.0.0/0',
    '::/0',
    '1.2.3.4/33',
    '::1/129',
    '1.2.3.4/-1',
    '1.2.3.4/1e9',
    '999.1.1.1/8',
    '1.2.3.4',
    '/8',
    '::ffff:1.2.3.4/96',
    '01.02.03.04/8',
    '1.2.3.4/08',
    'a/b',
  ].map((one): [string, unknown] => ['address|cidr', one]),
  ...['-', '-'.repeat(5000), '/a -b '.repeat(1000), '\u2014\u2013\u2015', '-/-/-/-/'].map((one): [string, unknown] => [
    'text|windash',
    one,
  ]),
  ...[
    'text|windash|base64offset|contains',
    'text|utf16|base64offset',
    'text|base64offset|base64offset',
    'text|re|i|m|s|cased',
    'text|contains|startswith|endswith',
    'text|all',
    'text|exists',
    'text|fieldref',
    'text|gt',
    'text|harm',
    `text${'|contains'.repeat(500)}`,
    '|re',
    'text|',
    '__proto__|contains',
    'constructor.prototype',
    'a.'.repeat(100),
  ].map((one): [string, unknown] => [one, '-a -b']),
  ...[1e308, -1e308, 5e-324, 9007199254740993, -0, true, null, [], {}, [[]], [null, [], {}], 'NaN', 'Infinity'].map(
    (one): [string, unknown] => ['text|gt', one],
  ),
];

/** Rules that are drawn, with whatever selections and conditions. */
const DRAWN = 40;

function regex(pattern: string): [string, unknown] {
  return ['text|re', pattern];
}

/** What regular expressions and wildcards are slow over. */
const EVENTS = ['x', 'a', '-', '\\', '/a -b ', '\ud83d']
  .map(
    (one) =>
      `${JSON.stringify({ text: one.repeat(20_000), address: '1.2.3.4', count: 1e308, time: '2026-01-01T00:00:00Z' })}\n`,
  )
  .join('');

/** Rules that go to one command. */
const BATCH = 20;

interface Hostile {
  which: string;
  detection: object;
}

/** Each pattern in a file of its own, which is matched and compiled. */
export function* patterns(seed: number): Iterable<Job> {
  const rules = HARMFUL.map(([field, pattern]): Hostile => ({
    which: shown(`${field}: ${JSON.stringify(pattern)}`),
    detection: { selection: { [field]: pattern }, condition: 'selection' },
  }));
  const selections = fc.array(fc.tuple(fc.constantFrom(...NAMES), key, value), { maxLength: 4 });
  for (const [n, [found, text]] of fc.sample(fc.tuple(selections, condition), { seed, numRuns: DRAWN }).entries())
    rules.push({
      which: `drawn ${n}`,
      detection: {
        ...Object.fromEntries(found.map(([name, field, one]) => [name, { [field]: one }])),
        condition: text,
      },
    });
  for (let n = 0; n < rules.length; n += BATCH) {
    yield job('match', rules.slice(n, n + BATCH));
    yield job('compile', rules.slice(n, n + BATCH));
  }
}

function job(by: 'compile' | 'match', rules: Hostile[]): Job {
  return {
    what: `${by}: pattern`,
    try: async (folder) => {
      const folders = makeFolders(folder);
      try {
        mkdirSync(join(folders.work, 'rules'));
        for (const [n, { detection }] of rules.entries()) {
          const rule = {
            title: `Hostile ${n} \u001b[31m\n::error::harm`,
            id: `hostile-${n}`,
            logsource: { product: 'p' },
            detection,
          };
          writeFileSync(join(folders.work, 'rules', `rule_${n}.yml`), JSON.stringify(rule));
        }
        return await judged(by, rules, folders);
      } finally {
        removeFolders(folders);
      }
    },
  };
}

/** What the command as a whole does wrong is the first rule's; each rule is done or refused at its place. */
async function judged(by: 'compile' | 'match', rules: Hostile[], folders: Folders): Promise<Trial[]> {
  const args = by === 'match' ? ['match', '--rules', 'rules', '--events', '-'] : ['compile', '--rules', 'rules'];
  const ended = await run({ args, input: by === 'match' ? EVENTS : '' }, folders);
  const shared = wrongWith(ended, { codes: [0, 1], json: 'lines' });
  return rules.map(({ which }, n): Trial => {
    const isTold = ended.stderr.includes(`rule_${n}.yml:`) || ended.stdout.includes(`rule_${n}.yml`);
    const wrong = n === 0 ? [...shared] : [];
    if (by === 'compile' && !isTold) wrong.push({ wrong: 'answer', seen: 'it is neither compiled nor refused' });
    return { what: `${by}: pattern`, which, wrong };
  });
}

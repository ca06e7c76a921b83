import fc from 'fast-check';
import { mutated } from '../../test/fuzz/mutate';

/** A name, and what it makes of a whole file of content. */
export type Damage = [name: string, of: (text: string) => Buffer | string];

/** A key that no kind of content has, with a value. */
const more =
  (yaml: string) =>
  (text: string): string =>
    `${text.trimEnd()}\n${yaml}\n`;

/** After each of these a file of any kind of content has an error. */
export const DAMAGES: Damage[] = [
  ['nothing', () => ''],
  ['only a comment', () => '# nothing\n'],
  ['a NUL at the beginning', (text) => `\0${text}`],
  ['a NUL at the end', (text) => `${text}\0`],
  ['a byte that is no UTF-8', (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x0a])])],
  [
    'a letter cut in two',
    (text) => Buffer.concat([Buffer.from('# caf'), Buffer.from([0xc3]), Buffer.from(`\n${text}`)]),
  ],
  ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  [
    'a surrogate as UTF-8',
    (text) => Buffer.concat([Buffer.from(text), Buffer.from([0x78, 0x3a, 0xed, 0xa0, 0x80, 0x0a])]),
  ],
  ['a control character', more('harm: "\u001b[31m"')],
  ['a string that never ends', more('harm: "never')],
  ['a tab as indentation', more('harm:\n\tx: 1')],
  ['the first key twice', (text) => `${text.trimEnd()}\n${/^[a-z_]+:/m.exec(text)![0]} again\n`],
  ["a prototype's name", more('__proto__: {harm: 1}')],
  ['a constructor', more('constructor: {prototype: {harm: 1}}')],
  ['an alias', more('harm: &a [1]\nharms: *a')],
  [
    'a bomb of aliases',
    more(
      `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`).join('\n')}`,
    ),
  ],
  ['a merge', more('<<: {harm: 1}')],
  ['a tag that runs code', more('harm: !!js/function "function () { process.exit(7) }"')],
  ['a tag of bytes', more('harm: !!binary R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=')],
  ['brackets without end', more(`harm: ${'['.repeat(100_000)}`)],
  ['lists in lists', more(`harm: ${'['.repeat(70)}${']'.repeat(70)}`)],
  ['maps in maps', more(`harm: ${'{a: '.repeat(70)}1${'}'.repeat(70)}`)],
  ['a million bytes too many', more(`# ${'x'.repeat(1 << 20)}`)],
  ['a thousand documents', (text) => `${text.trimEnd()}\n${'---\n'.repeat(1001)}`],
  ['a key of ten thousand characters', more(`${'k'.repeat(10_000)}: 1`)],
  ['a list', (text) => `- ${text.split('\n')[0]!}\n`],
  ['a number', () => '1e999\n'],
  ['a string', () => '"just a text"\n'],
  ['a null', () => 'null\n'],
  ['an escape in a key', more('"\\e[2J\\e]0;harm\\a\\u202e": 1')],
  ['a line for a runner in a key', more('"\\n::error file=x::harm\\n##[error]harm": 1')],
  ['half a surrogate in a key', more('"\\ud83d harm": 1')],
  ['C1 controls in a key', more('"\\x9b31m\\u0085::harm\\u2028::harm": 1')],
  ['a value that is harmful', more('harm: "\\r::set-output name=x::y\\e[1A"')],
  ['two hundred unknown keys', more(Array.from({ length: 200 }, (_, n) => `harm${n}: 1`).join('\n'))],
];

/** Words that some language of content knows. */
const WORDS = [
  'title: ',
  'id: ',
  'level: ',
  'detection: ',
  'correlation: ',
  'timespan: 1h',
  'per_day: ',
  'tollgate: ',
  '-1',
  '1e400',
  '0.0000001',
  '2026-01-01',
  'PT0S',
  'P9999999D',
  '+1',
  '..',
  '/',
  '${',
  '!!js/function ',
];

/** Edits that are drawn; the file may still be a good one. */
export function drawn(text: string, seed: number, count: number): Damage[] {
  const all = fc.sample(mutated(fc.constant(text), WORDS), { seed, numRuns: count });
  return all.map((bytes, n): Damage => [`edits ${n}`, () => bytes]);
}

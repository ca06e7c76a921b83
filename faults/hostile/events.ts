import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { mutated } from '../../test/fuzz/mutate';
import { ROOT } from './command';
import { command, type Job } from './job';

const GOOD = '{"name":"a","time":"2026-01-01T00:00:00Z"}';
const RULE = `title: Hostile
id: hostile
logsource: {product: p}
detection:
  selection: {name: a}
  condition: selection
---
title: Hostile count
id: hostile-count
correlation:
  type: value_count
  rules: [hostile]
  group-by: [group]
  timespan: 1h
  condition: {gte: 1, field: name}
`;

/** What events are given as, with how the command should end: a line that is no event is a finding. */
const HARMFUL: [which: string, events: Buffer | string, codes: number[]][] = [
  ['nothing', '', [2]],
  ['blank lines', '\n\n \n', [2]],
  ['a line cut off', GOOD.slice(0, -3), [1]],
  ['a line without an end', GOOD, [0]],
  ['brackets', '['.repeat(3_000_000), [1]],
  ['braces', '{"a":'.repeat(500_000), [1]],
  ['deep lists', `{"name":${'['.repeat(500_000)}${']'.repeat(500_000)}}`, [0, 1]],
  ['a line of five million bytes', `{"name":"${'a'.repeat(5_000_000)}"}`, [1]],
  ['a line that never ends', Buffer.alloc(20_000_000, 0x61), [1]],
  ['a mark of the byte order', `\ufeff${GOOD}\n`, [0, 1]],
  ['two marks of the byte order', `\ufeff\ufeff${GOOD}\n`, [1]],
  ['a mark in the middle', `${GOOD}\n\ufeff${GOOD}\n`, [0, 1]],
  ['NULs', Buffer.alloc(100_000), [1]],
  ['a NUL in a line', GOOD.replace('a"', 'a\0"'), [1]],
  ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d, 0x0a]), [0, 1]],
  ['UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), [1]],
  ['half a surrogate', '{"name":"\\ud83d","time":1}\n', [0]],
  ['names of prototypes', '{"__proto__":{"name":"a"},"constructor":1,"toString":null,"hasOwnProperty":[]}\n', [0, 1]],
  ['the same key twice', '{"name":"b","name":"a","time":"2026-01-01T00:00:00Z"}\n', [0]],
  ['a huge number', '{"name":1e999,"time":1e308}\n', [0, 1]],
  ['a number of a million digits', `{"name":${'9'.repeat(1_000_000)}}\n`, [0, 1]],
  [
    'times that are none',
    ['""', '"now"', '-1', '1e99', '"9999999-01-01"', 'null', '[]', '"2026-02-30T00:00:00Z"']
      .map((time) => `{"name":"a","time":${time}}\n`)
      .join(''),
    [0, 1],
  ],
  ['carriage returns', GOOD.concat('\r').repeat(3), [0, 1]],
  ['scalars', '1\n"a"\nnull\ntrue\n[]\n', [1]],
  ['a list of events', `[${GOOD},${GOOD}]`, [0, 1]],
  ['a list cut off', `[${GOOD},${GOOD}`, [1]],
  ['an envelope cut off', `{"Records":[${GOOD},${GOOD}`, [1]],
  ['an envelope in an envelope', `{"Records":[{"Records":[${GOOD}]}]}`, [0, 1]],
  ['an envelope of scalars', '{"Records":[1,"a",null]}', [0, 1]],
  ['an envelope of a text', '{"Records":"harm"}', [0, 1]],
  ['an envelope and more', `{"Records":[${GOOD}]} harm`, [1]],
  [
    'escapes as values',
    '{"name":"\\u001b[31m\\n::error::harm","time":1}\n\u001b[2J::error::harm\n::error::harm\n',
    [1],
  ],
  [
    'a hundred thousand combinations',
    `{"name":${JSON.stringify(Array.from({ length: 1000 }, (_, n) => `${n}`).concat('a'))},"group":${JSON.stringify(Array.from({ length: 1000 }, (_, n) => n))},"time":1767225600}\n`,
    [1],
  ],
  ['a million lines that are none', 'x\n'.repeat(20_000), [1]],
];

const GZIP: [which: string, bytes: Buffer][] = [
  ['no gzip', Buffer.from('no gzip at all')],
  ['gzip cut off', gzipSync(GOOD.repeat(1000)).subarray(0, 40)],
  ['gzip and more', Buffer.concat([gzipSync(`${GOOD}\n`), Buffer.from('harm')])],
  ['gzip with a wrong sum', Buffer.concat([gzipSync(`${GOOD}\n`).subarray(0, -8), Buffer.alloc(8)])],
  ['an empty gzip', gzipSync('')],
  ['nothing', Buffer.alloc(0)],
  ['a bomb', gzipSync(Buffer.alloc(200_000_000, 0x61))],
];

const DRAWN = 20;

/** Records that somebody sends, on standard input and as files. */
export function* events(seed: number): Iterable<Job> {
  for (const [n, [which, text, codes]] of HARMFUL.entries())
    yield matched(which, text, codes, n % 2 === 0 ? '-' : 'events.ndjson');
  for (const [which, bytes] of GZIP) yield matched(which, bytes, [1, 2, 3], 'events.ndjson.gz');
  const drawn = fc.sample(
    mutated(fc.constant(`${GOOD}\n`.repeat(5)), ['"name":', '"__proto__":', '1e400', '{"Records":[']),
    { seed, numRuns: DRAWN },
  );
  for (const [n, bytes] of drawn.entries()) yield matched(`edits ${n}`, bytes, [0, 1, 2], '-');
  for (const [which, text] of HARMFUL.filter((_, n) => n % 4 === seed % 4)) yield hunted(which, text);
}

function matched(which: string, events: Buffer | string, codes: number[], file: string): Job {
  return command(
    file === '-' ? 'match: standard input' : 'match: file',
    which,
    ({ work }) => {
      writeFileSync(join(work, 'rule.yml'), RULE);
      if (file !== '-') writeFileSync(join(work, file), events);
      return { args: ['match', '--rules', 'rule.yml', '--events', file], input: file === '-' ? events : '' };
    },
    { codes, json: 'lines' },
  );
}

function hunted(which: string, events: Buffer | string): Job {
  return command(
    'hunt: file',
    which,
    ({ work }) => {
      writeFileSync(join(work, 'events.ndjson'), events);
      const query = join(ROOT, 'queries', 'twilio', 'twilio_dense_block.yml');
      return { args: ['hunt', query, '--engine', 'memory', '--events', 'events.ndjson'] };
    },
    { codes: [1, 2] },
  );
}

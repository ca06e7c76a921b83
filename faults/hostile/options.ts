import { join } from 'node:path';
import { ROOT } from './command';
import { command, type Job } from './job';

const HARM = '\u001b[2J\n::error::harm\u202e';

/** What is no number, or one that no command takes. */
const NUMBERS = ['', '-1', '1.5', 'NaN', 'Infinity', '1e9', '0x10', '99999999999999999999', ' 1', '1 ', HARM];

/** Options that take a number, each with what else the command needs. */
const NUMBERED: string[][] = [
  ['replay', '--engine', 'memory', '--days'],
  ['replay', '--engine', 'memory', '--seed'],
  ['generate', '--out', 'out', '--days'],
  ['generate', '--out', 'out', '--history'],
  ['generate', '--out', 'out', '--seed'],
  ['match', '--rules', 'rules', '--events', '-', '--threads'],
  ['measure', '--jobs'],
];

const HUNT = [
  'hunt',
  join(ROOT, 'queries', 'twilio', 'twilio_dense_block.yml'),
  '--engine',
  'memory',
  '--events',
  '/dev/null',
];

const OTHERS: string[][] = [
  [],
  ['harm'],
  [HARM],
  ['validat'],
  ['__proto__'],
  ['constructor'],
  ['toString'],
  ['--'],
  ['-'],
  ['--harm'],
  [`--${HARM}`],
  ['help', HARM],
  ['validate', '--format', 'harm'],
  ['validate', '--format'],
  ['validate', '--format', '__proto__'],
  ['validate', HARM],
  ['validate', ''],
  ['validate', 'x'.repeat(5000)],
  ['validate', '../'.repeat(500)],
  ['match'],
  ['match', '--rules', HARM, '--events', HARM],
  ['match', '--rules', '', '--events', ''],
  ['match', '--rules', '/dev/zero', '--events', '-'],
  ['match', '--rules', join(ROOT, 'rules', 'twilio'), '--events', '/'],
  ['match', '--rules', join(ROOT, 'rules', 'twilio'), '--events', '-', '--source', HARM],
  ['match', '--rules', join(ROOT, 'rules', 'twilio'), '--events', '-', '--source', '__proto__'],
  ['compile', '--rules', join(ROOT, 'rules', 'twilio'), '--target', HARM],
  ['compile', '--rules', '/dev/null'],
  ['generate', '--out', 'out', '--scale', '-1'],
  ['generate', '--out', 'out', '--scale', 'NaN'],
  ['generate', '--out', 'out', '--scale', '1e300'],
  ['generate', '--out', 'out', '--world', HARM],
  ['generate', '--out', 'out', '--world', '__proto__'],
  ['generate', '--out', 'out', '--source', HARM],
  ['generate', '--out', '/', '--world', 'regional-shop', '--days', '1'],
  ['generate', '--out', '', '--world', 'regional-shop', '--days', '1'],
  ['measure', '--seeds', '1-99999999'],
  ['measure', '--seeds', '101-140,', '--world', 'regional-shop'],
  ['measure', '--plan', '/dev/zero'],
  ['measure', '--plan', HARM],
  ['hunt'],
  ['hunt', HARM],
  ['hunt', '__proto__'],
  ...['', 'harm', '1e9h', '-1h', '2026-13-01', '99999-01-01T00:00:00Z', '24h'.repeat(500), HARM].flatMap((time) => [
    [...HUNT, '--from', time],
    [...HUNT, '--to', time],
  ]),
  ...[
    '',
    '=',
    'a',
    'a=',
    '__proto__=1',
    'constructor=1',
    `a=${HARM}`,
    'numbers=1e999',
    'numbers=-1',
    'numbers=NaN',
  ].map((param) => [...HUNT, '--param', param]),
  ['export', '--target', HARM],
  ['audit', '--part', HARM],
  ['es'],
  ['es', 'harm'],
  ['es', HARM],
];

/** Arguments that nobody meant: each is wrong use (2), or what it names is refused (1). */
export function* options(): Iterable<Job> {
  for (const [n, args] of NUMBERED.entries())
    for (const [m, number] of NUMBERS.entries())
      if ((n + m) % 2 === 0 || number === HARM) yield refused([...args, number]);
  for (const args of OTHERS) yield refused(args);
}

function refused(args: string[]): Job {
  const isHelp = args.length === 0 || args[0] === '--' || args[0] === 'es' || args[0] === 'help';
  return command(
    `${args[0] && /^[a-z]+$/.test(args[0]) ? args[0] : 'tollgate'}: options`,
    JSON.stringify(args).slice(0, 200),
    () => ({ args, input: '{}\n' }),
    { codes: isHelp ? [0, 1, 2] : [1, 2], isHelp },
  );
}

import { chmodSync, chownSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type Asked, type Folders } from './command';
import { command, type Job } from './job';

const RULES = join(ROOT, 'rules', 'web');
const EVENTS = '{"a":1}\n'.repeat(10);

/** Commands that need neither a node nor a home: whatever is around them, they end as they always do. */
const ANYWHERE: [args: string[], codes: number[]][] = [
  [['--version'], [0]],
  [
    ['match', '--rules', RULES, '--events', '-'],
    [0, 1],
  ],
  [
    ['compile', '--rules', RULES],
    [0, 1],
  ],
  [
    ['test', RULES],
    [0, 1],
  ],
];

/** Commands that need a folder for a node of their own. */
const NODE: string[][] = [
  ['es', 'status'],
  ['es', 'stop'],
];

type Around = [which: string, put: (folders: Folders) => Partial<Asked>];

const PLACES: Around[] = [
  ['no HOME', () => ({ env: { HOME: undefined } })],
  ['HOME is empty', () => ({ env: { HOME: '' } })],
  ['HOME is relative', () => ({ env: { HOME: 'home' } })],
  ['HOME is nowhere', () => ({ env: { HOME: '/nowhere/at/all' } })],
  ['HOME is a file', ({ home }) => (file(home), {})],
  ['HOME cannot be written', ({ home }) => (chmodSync(home, 0o500), {})],
  ['HOME is a device', () => ({ env: { HOME: '/dev/null' } })],
  ['the cache is a file', ({ cache }) => (file(cache), {})],
  [
    'the cache is a link in a circle',
    ({ cache }) => (rmSync(cache, { recursive: true }), symlinkSync('cache', cache), {}),
  ],
  [
    'the cache is a link to nowhere',
    ({ cache }) => (rmSync(cache, { recursive: true }), symlinkSync('/nowhere/at/all', cache), {}),
  ],
  ["the cache is another user's", ({ cache }) => (theirs(cache), {})],
  ['everybody can write the cache', ({ cache }) => (chmodSync(cache, 0o777), {})],
  ['the cache is below a device', () => ({ env: { TOLLGATE_CACHE: '/dev/null/cache' } })],
  ['the cache is in /proc', () => ({ env: { TOLLGATE_CACHE: '/proc/tollgate' } })],
  ['the cache has an escape in its name', () => ({ env: { TOLLGATE_CACHE: '/dev/null/\u001b[31m\n::error::harm' } })],
  ['TMPDIR is nowhere', () => ({ env: { TMPDIR: '/nowhere/at/all' } })],
  ['TMPDIR is a file', ({ tmp }) => (file(tmp), {})],
  ['TMPDIR has an escape in its name', () => ({ env: { TMPDIR: '/nowhere/\u001b[31m\n::error::harm' } })],
];

const VALUES: Record<string, string[]> = {
  TERM: ['', 'dumb', 'harm', '\u001b[31m', 'xterm-256color'],
  COLUMNS: ['0', '-1', 'NaN', '1', '99999999999', '\u001b'],
  LANG: ['', 'C', 'tr_TR.UTF-8', 'harm', '\u001b'],
  TZ: ['', 'harm', 'Pacific/Kiritimati', '../../../dev/zero', 'UTC+99', '\u001b[31m'],
  NO_COLOR: ['', '0'],
  FORCE_COLOR: ['3', 'harm'],
  CI: ['true'],
  NODE_OPTIONS: ['--max-old-space-size=4096', '--no-warnings', '--trace-uncaught', '--stack-trace-limit=0'],
  NODE_DEBUG: ['harm'],
  NODE_ENV: ['production', '__proto__'],
};

/** Streams that are closed, or lead nowhere. */
const STREAMS: [which: string, stdio: NonNullable<Asked['stdio']>][] = [
  ['no standard input', ['ignore', 'pipe', 'pipe']],
  ['no standard output', ['pipe', 'ignore', 'pipe']],
  ['no standard error', ['pipe', 'pipe', 'ignore']],
  ['no streams', ['ignore', 'ignore', 'ignore']],
];

/** What is around a command, rather than what it is given. */
export function* environments(): Iterable<Job> {
  for (const [n, [which, put]] of PLACES.entries()) {
    const [args, codes] = ANYWHERE[1 + (n % 3)]!;
    yield around(which, { args }, put, codes);
    for (const args of NODE)
      yield around(which, { args, env: { TOLLGATE_NODE: 'java' }, own: /\/cache\/state/ }, put, [0, 3]);
  }
  for (const [name, values] of Object.entries(VALUES))
    for (const [n, value] of values.entries()) {
      const [args, codes] = ANYWHERE[n % ANYWHERE.length]!;
      yield around(`${name}=${JSON.stringify(value)}`, { args }, () => ({ env: { [name]: value } }), codes);
    }
  for (const [which, stdio] of STREAMS)
    for (const [args] of ANYWHERE) yield around(which, { args }, () => ({ stdio }), [0, 1, 2]);
}

function around(which: string, asked: Asked, put: Around[1], codes: number[]): Job {
  const what = `${asked.args[0]}: environment`;
  return command(
    what,
    `${which}; ${asked.args.join(' ')}`,
    (folders) => {
      const more = put(folders);
      return { input: EVENTS, ...asked, ...more, env: { ...asked.env, ...more.env } };
    },
    { codes, isHelp: true },
  );
}

function file(path: string): void {
  rmSync(path, { recursive: true });
  writeFileSync(path, '');
}

/** Only root can give a folder away; for others the system's own does. */
function theirs(cache: string): void {
  if (process.getuid?.() === 0) chownSync(cache, 12_345, 12_345);
  else {
    rmSync(cache, { recursive: true });
    symlinkSync('/root', cache);
  }
}

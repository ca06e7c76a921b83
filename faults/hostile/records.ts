import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { mutated } from '../../test/fuzz/mutate';
import { ROOT, type Folders } from './command';
import { command, type Job } from './job';

const RESULTS = readFileSync(join(ROOT, 'measurement', 'results.json'), 'utf8');

/** What a file of JSON may hold in place of what Tollgate wrote there; each is refused. */
const JSONS: [which: string, text: string | Buffer][] = [
  ['nothing', ''],
  ['cut off', RESULTS.slice(0, 5000)],
  ['an empty map', '{}'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a number', '1e999'],
  ['a NUL', '\0'],
  ['no UTF-8', Buffer.from([0xff, 0xfe, 0x7b])],
  ['deep lists', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['names of prototypes', '{"__proto__":{"digests":{},"units":[]},"constructor":1}'],
  ['escapes', '{"\\u001b[31m\\n::error::harm":1}\u001b[31m\n::error::harm'],
  ['counts below nothing', RESULTS.replace(/"episodes":\d+/g, '"episodes":-1')],
  ['counts without end', RESULTS.replace(/"episodes":\d+/g, '"episodes":1e308')],
  ['lists that are maps', RESULTS.replaceAll('[', '{"a":[').replaceAll(']', ']}')],
  ['texts that are numbers', RESULTS.replace(/"world":"[^"]*"/g, '"world":7')],
];

/** What the file of a node's state, or of a lock on it, may hold. */
const STATES: [which: string, put: (path: string) => void][] = [
  ...JSONS.filter(([, text]) => text.length < 10_000).map(([which, text]): [string, (path: string) => void] => [
    which,
    (path) => writeFileSync(path, text),
  ]),
  ['a million bytes', (path) => writeFileSync(path, 'x'.repeat(1 << 20))],
  ['a folder', (path) => mkdirSync(join(path, 'below'), { recursive: true })],
  ['a link to nowhere', (path) => symlinkSync('/nowhere/at/all', path)],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path)],
  [
    "another machine's node",
    (path) =>
      writeFileSync(
        path,
        JSON.stringify({
          way: 'java',
          process: { pid: 1, startedAt: 1 },
          url: 'http://harm.example:9200',
          username: 'u',
          password: 'p',
        }),
      ),
  ],
  [
    "the first process's node",
    (path) =>
      writeFileSync(
        path,
        JSON.stringify({ way: 'java', process: { pid: 1, start: '1' }, username: 'u', password: 'p' }),
      ),
  ],
  [
    'a process below nothing',
    (path) =>
      writeFileSync(
        path,
        JSON.stringify({
          way: 'java',
          process: { pid: -1, start: '0' },
          url: 'http://127.0.0.1:1',
          username: 'u',
          password: 'p',
        }),
      ),
  ],
  [
    'a container that is an option',
    (path) =>
      writeFileSync(
        path,
        JSON.stringify({ way: 'docker', container: '--help\n::error::harm', username: 'u', password: 'p' }),
      ),
  ],
];

const DRAWN = 8;

/** What Tollgate itself writes down, as others may leave it. */
export function* records(seed: number): Iterable<Job> {
  const drawn = fc.sample(mutated(fc.constant(RESULTS.slice(0, 100_000))), { seed, numRuns: DRAWN });
  const results = [...JSONS, ...drawn.map((bytes, n): [string, Buffer] => [`edits ${n}`, bytes])];
  for (const [n, [which, text]] of results.entries()) {
    yield stored('measurement', which, text, n % 2 === 0 ? ['measure', '--check'] : ['coverage', '--check'], [1]);
    if (n < JSONS.length) yield stored('measurement', which, text, ['validate'], [1]);
  }
  for (const [which, text] of JSONS) yield assets(which, text);
  for (const [n, [which, put]] of STATES.entries()) {
    yield state('node.json', which, put, 'status');
    yield state(n % 2 === 0 ? 'lock' : 'users', which, put, 'stop');
  }
}

function stored(what: string, which: string, text: string | Buffer, args: string[], codes: number[]): Job {
  return command(
    `${args[0]}: ${what}`,
    which,
    ({ work }) => {
      content(work);
      write(join(work, 'measurement', 'results.json'), text);
      return { args };
    },
    { codes },
  );
}

/** The values that a site gives, in YAML: of JSON all but a map of texts is refused, or nothing. */
function assets(which: string, text: string | Buffer): Job {
  return command(
    'match: placeholders',
    which,
    ({ work }) => {
      content(work);
      write(join(work, 'site.yml'), text);
      return { args: ['match', '--rules', 'rules', '--events', '-', '--placeholders', 'site.yml'], input: '{"a":1}\n' };
    },
    { codes: which === 'an empty map' ? [0, 1, 2] : [1, 2], json: 'lines' },
  );
}

function state(name: string, which: string, put: (path: string) => void, command_: 'status' | 'stop'): Job {
  return command(
    `es ${command_}: file '${name}'`,
    which,
    ({ cache }: Folders) => {
      mkdirSync(join(cache, 'state'), { recursive: true, mode: 0o700 });
      put(join(cache, 'state', name));
      return { args: ['es', command_], env: { TOLLGATE_NODE: 'java' }, own: /cache\/(?:state|node)/ };
    },
    { codes: [0, 3], isHelp: true },
  );
}

/** Enough content for the commands to come to the file. */
function content(work: string): void {
  for (const path of ['schemas/telemetry', 'rules/web', 'datasets/worlds/regional-shop.yml', 'coverage/attack.yml'])
    cpSync(join(ROOT, path), join(work, path), { recursive: true });
}

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

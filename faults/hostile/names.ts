import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, type Job } from './job';

/** Names that a file system holds. */
const NAMES: [which: string, name: string | Buffer][] = [
  ['an escape', 'harm\u001b[2Jharm.yml'],
  ['a line for a runner', 'harm\n::error::harm\n##[error]harm.yml'],
  ['it begins like a command', '::error file=x::harm.yml'],
  ['a carriage return', 'harm\rharm.yml'],
  ['quotes', `harm'"\`$(touch harm)\`.yml`],
  ['an option', '--help.yml'],
  ['letters that turn round', 'harm\u202elmy.yml'],
  ['no UTF-8', Buffer.concat([Buffer.from('harm'), Buffer.from([0xff, 0xfe]), Buffer.from('.yml')])],
  ['half a surrogate', Buffer.concat([Buffer.from('harm'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('.yml')])],
  ['as long as can be', `${'h'.repeat(251)}.yml`],
  ['wide letters', `${'東'.repeat(80)}.yml`],
  ['markup', '<img src=x onerror=alert(1)>|[x](javascript:1).yml'],
  ['blanks', '  harm  .yml'],
  ['a backslash', 'harm\\..\\harm.yml'],
  ['a percent sign', '%0a%1b[31m%s.yml'],
  ['a name of a prototype', '__proto__.yml'],
];

const RULE = `title: Hostile
id: 6a0f2d0e-4b1d-4d5c-9d51-0a3f0f6f4b11
logsource: {product: p}
detection:
  selection: {name: a}
  condition: nothing
`;

/** Content in files with such names: the name is told, and does nothing. */
export function* names(): Iterable<Job> {
  for (const [n, [which, name]] of NAMES.entries()) {
    yield of('validate', which, name, (folder) => ['validate', folder], [1, 2]);
    yield of('validate --format github', which, name, (folder) => ['validate', '--format', 'github', folder], [1, 2]);
    yield of('match', which, name, (folder) => ['match', '--rules', folder, '--events', '-'], [1, 2]);
    if (n % 2 === 0) yield of('test', which, name, () => ['test'], [1, 2]);
    if (typeof name === 'string' && n % 2 === 1) {
      yield of('validate FILE', which, name, (folder) => ['validate', `./${folder}/${name}`], [1]);
      yield of('hunt FILE', which, name, (folder) => ['hunt', `./${folder}/${name}`], [1, 2]);
    }
  }
}

function of(
  by: string,
  which: string,
  name: string | Buffer,
  args: (folder: string) => string[],
  codes: number[],
): Job {
  return command(
    `${by}: name of a file`,
    which,
    ({ work }) => {
      mkdirSync(join(work, 'rules', 'twilio'), { recursive: true });
      writeFileSync(Buffer.concat([Buffer.from(join(work, 'rules', 'twilio', '/')), Buffer.from(name)]), RULE);
      return { args: args(join('rules', 'twilio')), input: '{}\n' };
    },
    { codes, isForGithub: by.includes('github') },
  );
}

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { Trial } from '../trial';
import { makeFolders, removeFolders, ROOT, run, type Ended, type Folders } from './command';
import { DAMAGES, drawn, type Damage } from './damages';
import type { Job } from './job';
import { shown, wrongWith } from './judge';

/** A kind of content: a good file of it, and where such files stand, all beside each other or only the one. */
interface Kind {
  name: string;
  good: string;
  at: (n: number) => string;
  isSingle?: boolean;
  /** It has no schema of its own: Sigma leaves unknown keys to others. */
  isOpen?: boolean;
}

const beside =
  (folder: string, name: (n: number) => string): Kind['at'] =>
  (n) =>
    join(folder, `${name(n)}.yml`);
const hyphens = (n: number): string => `hostile-content-${n}`;
const underscores = (n: number): string => `hostile_content_${n}`;

const KINDS: Kind[] = [
  { name: 'rule', good: 'rules/twilio/twilio_verify_expired_block.yml', at: beside('rules/twilio', underscores) },
  { name: 'query', good: 'queries/twilio/twilio_dense_block.yml', at: beside('queries/twilio', underscores) },
  { name: 'filter', good: 'filters/office_addresses.yml', at: beside('filters', underscores) },
  {
    name: 'contract',
    good: 'schemas/telemetry/web.access.yml',
    at: beside('schemas/telemetry', (n) => `hostile.c${n}`),
  },
  { name: 'world', good: 'datasets/worlds/regional-shop.yml', at: beside('datasets/worlds', hyphens) },
  { name: 'benign scenario', good: 'datasets/benign/load-test.yml', at: beside('datasets/benign', hyphens) },
  { name: 'campaign', good: 'datasets/malicious/dead-range.yml', at: beside('datasets/malicious', hyphens) },
  { name: 'file of cases', good: 'datasets/cases/twilio_dead_range.yml', at: beside('datasets/cases', underscores) },
  {
    name: 'baseline',
    good: 'datasets/baselines/user-sends.yml',
    at: beside('datasets/baselines', hyphens),
    isOpen: true,
  },
  { name: 'rate card', good: 'datasets/rate-card.yml', at: () => 'datasets/rate-card.yml', isSingle: true },
  { name: 'list of mutants', good: 'datasets/mutants.yml', at: () => 'datasets/mutants.yml', isSingle: true },
  { name: 'plan', good: 'measurement/plan.yml', at: () => 'measurement/plan.yml', isSingle: true },
  { name: 'mapping', good: 'coverage/attack.yml', at: () => 'coverage/attack.yml', isSingle: true },
];

/** Files of a folder, and of a kind of which there is one, that are drawn. */
const DRAWN = { folder: 16, single: 3 };
/** Of a kind of which there is one file, each damage costs commands of its own. */
const EVERY_OF_SINGLE = 5;

/** Every kind of content, damaged in every way, given to `validate` in each of its formats. */
export function* contents(seed: number): Iterable<Job> {
  for (const [index, kind] of KINDS.entries()) {
    const text = readFileSync(join(ROOT, kind.good), 'utf8');
    if (kind.isSingle) {
      const some = DAMAGES.filter((_, n) => n % EVERY_OF_SINGLE === (seed + index) % EVERY_OF_SINGLE);
      for (const damage of [...some, ...drawn(text, seed + index, DRAWN.single)]) yield job(kind, text, [damage]);
    } else yield job(kind, text, [...DAMAGES, ...drawn(text, seed + index, DRAWN.folder)]);
  }
}

/** One folder of content with a damaged file for each of the damages; each file is a trial. */
function job(kind: Kind, text: string, damages: Damage[]): Job {
  return {
    what: `validate: ${kind.name}`,
    try: async (folder) => {
      const folders = makeFolders(folder);
      try {
        cpSync(join(ROOT, 'schemas', 'telemetry'), join(folders.work, 'schemas', 'telemetry'), { recursive: true });
        for (const [n, [, damaged]] of damages.entries()) put(join(folders.work, kind.at(n)), damaged(text));
        return await judged(kind, text, damages, folders);
      } finally {
        removeFolders(folders);
      }
    },
  };
}

function put(path: string, text: Buffer | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function judged(kind: Kind, text: string, damages: Damage[], folders: Folders): Promise<Trial[]> {
  const what = `validate: ${kind.name}`;
  const ask = (format: string): Promise<Ended> => run({ args: ['validate', '--format', format] }, folders);
  const json = await ask('json');
  const codes = damages.some((damage) => DAMAGES.includes(damage)) ? [1] : [0, 1];
  const shared = wrongWith(json, { codes, json: 'whole' });
  const found = diagnosticsIn(json);
  // Of a kind of which there is one file, every other is seen in the one format.
  const formats = kind.isSingle ? [damages[0]![0].length % 2 === 0 ? 'pretty' : 'github'] : ['pretty', 'github'];
  for (const format of formats) {
    const ended = await ask(format);
    const isForGithub = format === 'github';
    shared.push(...wrongWith(ended, { codes: [json.code!], isForGithub }));
    const told = ended.stdout.split('\n').filter((line) => line.startsWith('::')).length;
    if (isForGithub && told !== found.length)
      shared.push({ wrong: 'answer', seen: `${told} findings for GitHub, of ${found.length}` });
  }
  return damages.map((damage, n) => {
    const [which, damaged] = damage;
    const own = found.filter(({ file }) => file === kind.at(n));
    const wrong = [...(n === 0 ? shared : []), ...places(own, damaged(text))];
    if (DAMAGES.includes(damage) && !kind.isOpen && !own.some(({ severity }) => severity === 'error'))
      wrong.push({ wrong: 'answer', seen: `no error is found in ${kind.at(n)}` });
    return { what, which, wrong };
  });
}

function diagnosticsIn({ stdout }: Ended): Diagnostic[] {
  try {
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
  } catch {
    return []; // That is judged already.
  }
}

/** Every finding stands inside its file and says something. */
function places(found: Diagnostic[], bytes: Buffer | string): Trial['wrong'] {
  const lines = bytes.toString().split(/\r\n|\n|\r/);
  return found
    .filter(({ line, column, message }) => {
      const length = lines[line - 1]?.length;
      return message === '' || length === undefined || column < 1 || column > length + 1;
    })
    .map((one) => ({ wrong: 'answer', seen: `outside of its file, or mute: ${shown(JSON.stringify(one))}` }));
}

import type { Command } from 'commander';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { isTerminal } from '../../foundation/content/terminal';
import { contractQuestions, makeContract } from '../new/contract';
import { copyDetector } from '../new/copy';
import { makeDetector } from '../new/detector';
import { detectorQuestions } from '../new/detector-questions';
import { writeAll } from '../new/files';
import { formQuestions, makeForm } from '../new/form';
import { groundHere, type NewGround } from '../new/ground';
import type { Made } from '../new/made';
import { answer, type Answers, type Question, type Terminal } from '../new/questions';
import { makeScenario, scenarioQuestions } from '../new/scenario';
import { makeWorld, worldQuestions } from '../new/world';
import { findExplained } from './explained';

interface NewKind {
  summary: string;
  /** Asked of the ground; without one only for what options there are. */
  questions: (ground: NewGround) => Question[];
  make: (answers: Answers, ground: NewGround) => Made | Promise<Made>;
}

/** What can be made, by its name. */
const KINDS: Record<string, NewKind> = {
  rule: {
    summary: 'a Sigma rule: on single events, or on something that comes often within some time',
    questions: (ground) => detectorQuestions('rule', ground),
    make: (answers, ground) => makeDetector('rule', answers, ground),
  },
  query: {
    summary: 'a hunting query: more of something than the two weeks before would suggest',
    questions: (ground) => detectorQuestions('query', ground),
    make: (answers, ground) => makeDetector('query', answers, ground),
  },
  scenario: {
    summary: 'a benign or malicious scenario, with one stream of visits',
    questions: scenarioQuestions,
    make: makeScenario,
  },
  world: {
    summary: 'a world, modelled on one that records the same sources',
    questions: worldQuestions,
    make: makeWorld,
  },
  contract: { summary: 'a telemetry contract of a log of messages', questions: contractQuestions, make: makeContract },
  form: { summary: "a form in which a source's records are delivered", questions: formQuestions, make: makeForm },
};

/** Of a copy only this is asked; what it counts and how is the neighbour's. */
const OF_COPY = ['name', 'title'];
const BESIDE_COPY = [...OF_COPY, 'source', 'where', 'from', 'map'];

export function configure(command: Command): void {
  for (const [name, kind] of Object.entries(KINDS)) {
    const sub = command.command(name).description(kind.summary).argument('[name]', 'its name');
    for (const { key, flag, about, several } of kind.questions(null as never))
      if (key !== 'name') sub.option(flag, `${about}${several ? '; several may follow' : ''}`);
    if (name === 'rule' || name === 'query')
      sub
        .option('--from <name>', 'copy this rule or query, for another --source if one is given')
        .option('--map <field=field...>', 'with --from, what a field is called in the other source');
    sub.action(async (given: string | undefined, options: Answers) => {
      const ground = groundHere();
      const asked = { ...options, name: given };
      const made =
        options['from'] === undefined ? await madeOf(kind, asked, ground) : await copyOf(name, asked, ground);
      writeAll(made.files);
      const lines = [
        ...made.files.map(({ file, was }) => `${was === null ? 'written' : 'added to'}: ${file}`),
        ...made.notes,
        'next:',
        ...made.next.map((line) => `  ${line}`),
      ];
      process.stdout.write(`${lines.map(harmless).join('\n')}\n`);
    });
  }
}

async function madeOf({ questions, make }: NewKind, given: Answers, ground: NewGround): Promise<Made> {
  return make(await answer(questions(ground), given, personAt()), ground);
}

/** A copy of a neighbour, which is named as everywhere, or as `tollgate:<name>`. */
async function copyOf(kind: string, given: Answers, ground: NewGround): Promise<Made> {
  const strange = Object.keys(given).find((key) => given[key] !== undefined && !BESIDE_COPY.includes(key));
  const questions = detectorQuestions('rule', ground);
  const flag = questions.find(({ key }) => key === strange)?.flag.split(' ', 1)[0];
  if (flag !== undefined)
    throw new Failure(2, `${flag} is of no use with --from`, 'leave it out, and change it in the copy');
  const found = findExplained(String(given['from']).replace(/^tollgate:/, ''));
  if (found.subject.kind !== kind)
    throw new Failure(
      2,
      `${found.subject.file} is a ${found.subject.kind}, not a ${kind}`,
      `tollgate new ${found.subject.kind} copies it`,
    );
  const answers = await answer(
    questions.filter(({ key }) => OF_COPY.includes(key)),
    given,
    personAt(),
  );
  return copyDetector(found, answers, ground);
}

/** Where somebody can be asked; null in a pipe or a script. */
function personAt(): Terminal | null {
  return process.stdin.isTTY && isTerminal(process.stderr) ? { input: process.stdin, output: process.stderr } : null;
}

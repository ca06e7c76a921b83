import type { Command } from 'commander';
import { harmless } from '../../foundation/content/harmless';
import { isTerminal } from '../../foundation/content/terminal';
import { makeDetector, type Made } from '../new/detector';
import { detectorQuestions } from '../new/detector-questions';
import { writeAll } from '../new/files';
import { groundHere, type Ground } from '../new/ground';
import { answer, type Answers, type Question, type Terminal } from '../new/questions';

/** What can be made, by its name. */
const KINDS: Record<
  string,
  {
    summary: string;
    questions: (ground: Ground) => Question[];
    make: (answers: Answers, ground: Ground) => Made | Promise<Made>;
    next: (answers: Answers, made: Made) => string[];
  }
> = {
  rule: {
    summary: 'a Sigma rule: something comes often within a time, or a single event',
    questions: (ground) => detectorQuestions('rule', ground),
    make: (answers, ground) => makeDetector('rule', answers, ground),
    next: nextOfDetector,
  },
  query: {
    summary: 'a hunting query: more of something than the two weeks before make likely',
    questions: (ground) => detectorQuestions('query', ground),
    make: (answers, ground) => makeDetector('query', answers, ground),
    next: nextOfDetector,
  },
};

export function configure(command: Command): void {
  for (const [name, { summary, questions, make, next }] of Object.entries(KINDS)) {
    const sub = command.command(name).description(summary).argument('[name]', 'how its file is called');
    // The questions of a kind are its options; what they check is there only where it runs.
    for (const { key, flag, about, several } of questions(null as never))
      if (key !== 'name') sub.option(flag, `${about}${several ? '; several may follow' : ''}`);
    sub.action(async (given: string | undefined, options: Answers) => {
      const ground = groundHere();
      const answers = await answer(questions(ground), { ...options, name: given }, personAt());
      const made = await make(answers, ground);
      writeAll(made.files);
      for (const { file, was } of made.files)
        process.stdout.write(`${was === null ? 'written' : 'added to'}: ${harmless(file)}\n`);
      for (const text of made.notes) process.stdout.write(`${harmless(text)}\n`);
      process.stdout.write(
        `next:\n${next(answers, made)
          .map((line) => `  ${harmless(line)}\n`)
          .join('')}`,
      );
    });
  }
}

/** Where somebody can be asked; null in a pipe or a script. */
function personAt(): Terminal | null {
  return process.stdin.isTTY && isTerminal(process.stderr) ? { input: process.stdin, output: process.stderr } : null;
}

function nextOfDetector(_: Answers, { files }: Made): string[] {
  const [{ file }] = files as [Made['files'][number]];
  return [
    `npx tollgate validate ${file}    # what is left to write`,
    `npx tollgate test ${file}`,
    `npx tollgate mutate ${file}`,
    `npx tollgate replay ${file} --engine memory`,
  ];
}

import { createInterface, type Interface } from 'node:readline/promises';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';

/** What was said so far, by the question's key: a text, or several. */
export type Answers = Record<string, string | string[] | undefined>;

/** One thing that a new file needs to know. */
export interface Question {
  key: string;
  /** How it is given on the command line, such as `--source <id>`. */
  flag: string;
  /** What it is, for a person. */
  about: string;
  /** Several may be given, with spaces between on a terminal. */
  several?: boolean;
  /** What is taken where nothing is said; undefined where somebody has to say it. */
  otherwise?: (answers: Answers) => string | string[] | undefined;
  /** What may be taken, offered to a person and never taken unasked. */
  offer?: (answers: Answers) => string | string[] | undefined;
  /** Throws a `Failure` (2) where an answer is none. */
  check?: (answer: string, answers: Answers) => void;
}

/** Where a person is asked, and says something. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/**
 * All answers: those of the command line, what a person says to what is missing, and what is taken otherwise. Throws a `Failure` (2)
 * that names everything that is missing where there is no terminal to ask on, and for the first wrong answer that was given.
 */
export async function answer(
  questions: readonly Question[],
  given: Answers,
  terminal: Terminal | null,
): Promise<Answers> {
  const answers = { ...given };
  const missing = questions.filter(({ key, otherwise }) => answers[key] === undefined && otherwise === undefined);
  if (missing.length > 0 && terminal === null) throw lacking(missing);
  const person = missing.length > 0 ? new Person(terminal!) : null;
  try {
    for (const question of questions) {
      const { key, otherwise, check } = question;
      if (answers[key] === undefined)
        answers[key] = otherwise === undefined ? await person!.ask(question, answers) : otherwise(answers);
      for (const one of [answers[key] ?? []].flat()) check?.(one, answers);
    }
  } finally {
    person?.leave();
  }
  return answers;
}

function lacking(missing: readonly Question[]): Failure {
  const flags = missing.map(({ flag }) => flag);
  const last = flags.pop()!;
  const list = flags.length > 0 ? `${flags.join(', ')} and ${last}` : last;
  return new Failure(2, `missing: ${list}`, 'give them as options; on a terminal they are asked for');
}

/** Who sits at a terminal. */
class Person {
  private readonly lines: Interface;
  private readonly said: AsyncIterator<string>;

  constructor(private readonly terminal: Terminal) {
    // The terminal itself lets a line be corrected.
    this.lines = createInterface({ ...terminal, terminal: false });
    this.said = this.lines[Symbol.asyncIterator]();
  }

  /** Asks until the answer is one; an empty line takes the offer. Throws a `Failure` (2) where the input ends. */
  async ask({ about, offer, several = false, check }: Question, answers: Answers): Promise<string | string[]> {
    const offered = offer?.(answers);
    const shown = offered === undefined ? '' : ` [${harmless([offered].flat().join(' '))}]`;
    for (;;) {
      this.terminal.output.write(`${about}${shown}: `);
      const next = await this.said.next();
      if (next.done) throw new Failure(2, 'there was no answer', 'nothing was written');
      const line = next.value.trim();
      const said = line === '' ? offered : several ? line.split(/\s+/) : line;
      if (said === undefined) continue;
      try {
        for (const one of [said].flat()) check?.(one, answers);
        return said;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        this.terminal.output.write(`${harmless(error.message)}${error.hint ? ` (${harmless(error.hint)})` : ''}\n`);
      }
    }
  }

  leave(): void {
    this.lines.close();
  }
}

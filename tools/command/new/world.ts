import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { requireTitle } from './detector-questions';
import { contractNamed, requireFile, type NewGround } from './ground';
import type { Made } from './made';
import type { Answers, Question } from './questions';
import { flow, modeline } from './yaml';

/** What a new world needs to know. */
export function worldQuestions(ground: NewGround): Question[] {
  const { worlds } = ground?.loaded.independent ?? { worlds: [] };
  return [
    {
      key: 'name',
      flag: '<name>',
      about: 'its name, lower case with hyphens',
      check: (name) => requireFile(name, worlds),
    },
    { key: 'title', flag: '--title <text>', about: 'what the business is, in one line', check: requireTitle },
    {
      key: 'source',
      flag: '--source <id...>',
      about: 'the log sources that it records',
      several: true,
      check: (id) => void contractNamed(ground, id),
    },
    {
      key: 'sendsPerDay',
      flag: '--sends-per-day <number>',
      about: 'how many messages it sends a day',
      check: (text) => {
        if (!/^[1-9]\d{1,6}$/.test(text))
          throw new Failure(2, `'${text}' is not a number of messages a day`, 'give 10 to 9999999');
      },
    },
  ];
}

/**
 * A world after the smallest one that records the sources: what it runs and how its people behave is that one's, until somebody
 * writes otherwise. Throws a `Failure` (2) where no world records them all.
 */
export function makeWorld(answers: Answers, { layout, loaded }: NewGround): Made {
  const name = String(answers['name']);
  const sources = [answers['source'] ?? []].flat();
  const [neighbour] = loaded.datasets.worlds
    .filter((world) => sources.every((source) => world.sources.includes(source)))
    .sort((a, b) => a.sends_per_day - b.sends_per_day);
  if (neighbour === undefined)
    throw new Failure(
      2,
      `no world records ${sources.join(', ')} together`,
      'give fewer, and add the others by hand (CONTRIBUTING.md, A new log source)',
    );
  const text = readFileSync(neighbour.file, 'utf8')
    .replace(/^# yaml-language-server.*\n/, '')
    .replace(/^title: .*$/m, () => `title: ${flow(answers['title'])}`)
    .replace(
      /^description: (?:[>|]-?\s*\n {2}|)/m,
      (head) => `${head}TODO whose numbers are these now? They are those of ${neighbour.name}: `,
    )
    .replace(/^asset: .*$/m, `asset: ${name}`)
    .replace(/^sends_per_day: .*$/m, `sends_per_day: ${String(answers['sendsPerDay'])} # TODO ours, or whose?`)
    .replace(/^sources: .*$/m, `sources: ${flow(sources)}`);
  const file = join(layout.datasets, 'worlds', `${name}.yml`);
  return {
    files: [{ file, text: `${modeline('world', 2)}\n${text}`, was: null }],
    notes: [`it is a copy of ${neighbour.name}, the smallest world that records ${sources.join(', ')}`],
    next: [
      `npx tollgate validate ${file}    # what is left to write`,
      `npx tollgate replay --world ${name} --engine memory`,
      'measurement/plan.yml: add units of it, so that it is measured',
    ],
  };
}

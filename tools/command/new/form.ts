import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { contentName } from '../../foundation/content/find';
import { requirePage } from './detector-questions';
import { contractNamed, type NewGround } from './ground';
import type { Made } from './made';
import type { Answers, Question } from './questions';
import { block, flow } from './yaml';

/** What a new form of a source's records needs to know. */
export function formQuestions(ground: NewGround): Question[] {
  return [
    {
      key: 'name',
      flag: '<name>',
      about: 'its id, lower case with hyphens',
      check: (id) => {
        if (!/^[a-z][a-z0-9-]*$/.test(id))
          throw new Failure(2, `'${id}' is not an id for a form`, 'use lower-case letters, digits and hyphens');
      },
    },
    {
      key: 'source',
      flag: '--source <id>',
      about: 'the log source whose records it delivers',
      check: (id, answers) => {
        const taken = Object.keys(contractNamed(ground, id).forms ?? {});
        if (taken.includes(String(answers['name'])))
          throw new Failure(2, `${id} has a form '${String(answers['name'])}' already`, 'choose another id');
      },
    },
    { key: 'title', flag: '--title <text>', about: 'what the form is called, such as: log stream to EventBridge' },
    { key: 'reference', flag: '--reference <url>', about: 'the page that shows it', check: requirePage },
    {
      key: 'wraps',
      flag: '--wraps <key>',
      about: 'the key under which the record is, in what is delivered',
      check: (key) => {
        if (!/^[A-Za-z][\w-]*$/.test(key)) throw new Failure(2, `'${key}' is not a key`, 'give one name without dots');
      },
    },
  ];
}

/** The contract with a form before its others, as the narrower stand above: an envelope in which the record lies under a key. */
export function makeForm(answers: Answers, ground: NewGround): Made {
  const contract = contractNamed(ground, String(answers['source']));
  const { telemetry } = ground.layout;
  const file =
    typeof telemetry === 'string'
      ? join(telemetry, `${contract.id}.yml`)
      : telemetry.find((one) => contentName(one) === contract.id)!;
  const was = readFileSync(file, 'utf8');
  const key = String(answers['wraps']);
  const form = [
    `  ${String(answers['name'])}:`,
    `    title: ${flow(answers['title'])}`,
    `    reference: ${String(answers['reference'])}`,
    '    evidence: unverified # TODO documented, where the page shows it',
    `    when: {${key}: true} # TODO what else tells it from other records`,
    `    record: ${key}`,
    '    example:',
    block({ [key]: contract.example }, 6),
    '',
  ].join('\n');
  const text = /^forms:\n/m.test(was) ? was.replace(/^forms:\n/m, (head) => `${head}${form}`) : `${was}forms:\n${form}`;
  return {
    files: [{ file, text, was }],
    notes: ['it stands above the other forms: the first that fits a record is taken'],
    next: [`npx tollgate validate ${file}    # what is left to write, and whether other forms are taken for it`],
  };
}

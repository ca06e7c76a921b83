import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { requirePage, requireTitle } from './detector-questions';
import { requireFile, type NewGround } from './ground';
import type { Made } from './made';
import type { Answers, Question } from './questions';
import { flow, modeline, prose } from './yaml';

/** What a new scenario needs to know. */
export function scenarioQuestions(ground: NewGround): Question[] {
  const { scenarios, worlds } = ground?.loaded.datasets ?? { scenarios: [], worlds: [] };
  const flows = [...new Set(worlds.flatMap((world) => Object.keys(world.flows)))];
  return [
    {
      key: 'name',
      flag: '<name>',
      about: 'its name, lower case with hyphens',
      check: (name) => requireFile(name, scenarios),
    },
    {
      key: 'kind',
      flag: '--kind <kind>',
      about: 'benign or malicious',
      check: (kind) => {
        if (kind !== 'benign' && kind !== 'malicious')
          throw new Failure(2, `'${kind}' is not a kind of scenario`, 'say benign or malicious');
      },
    },
    { key: 'title', flag: '--title <text>', about: 'what happens in it, in one line', check: requireTitle },
    {
      key: 'flow',
      flag: '--flow <name>',
      about: 'the flow that it uses, such as login',
      otherwise: () => 'login',
      check: (flow) => {
        if (!flows.includes(flow))
          throw new Failure(2, `no world has a flow '${flow}'`, `there are ${flows.join(', ')}`);
      },
    },
    {
      key: 'reference',
      flag: '--reference <url...>',
      about: 'where it is documented',
      several: true,
      otherwise: () => ['https://attack.mitre.org/techniques/T1496/003/'],
      check: requirePage,
    },
  ];
}

/** A scenario that occurs in every world with its flow: a machine that has codes sent to one block of numbers. */
export function makeScenario(answers: Answers, { layout }: NewGround): Made {
  const [name, kind] = [String(answers['name']), String(answers['kind'])];
  const isBenign = kind === 'benign';
  const text = [
    modeline('scenario', 2),
    `title: ${flow(answers['title'])}`,
    `kind: ${kind}`,
    prose('description', 'TODO: who does what and why; give each number below a source, or the word "ours".'),
    `references: ${flow([answers['reference'] ?? []].flat())}`,
    isBenign
      ? 'exposure: {per_year: 4} # TODO how often a business meets it'
      : 'signals: [number, country, client, agent, fingerprint] # TODO by what it stands out',
    'start: {day: [0, 3], hour: [8, 16]}',
    'duration: [60m, 90m]',
    'traffic:',
    '  - entry: form',
    `    flow: ${flow(answers['flow'])}`,
    `    visits_per_hour: ${isBenign ? '[10, 20]' : '[240, 360]'}`,
    '    shape: flat',
    `    destinations: {countries: ${isBenign ? 'home, numbers: subscribers' : '{AZ: 1}, numbers: consecutive, blocks: 1'}}`,
    `    clients: ${isBenign ? '{network: office, addresses: 1, user_agents: usual}' : '{network: vpn, addresses: 6, user_agents: one}'}`,
    ...(isBenign ? [] : ['    answers: 0', '    resends: 0']),
    '',
  ].join('\n');
  const file = join(layout.datasets, kind, `${name}.yml`);
  return {
    files: [{ file, text, was: null }],
    notes: [],
    next: [
      `npx tollgate validate ${file}    # what is left to write`,
      `npx tollgate replay --scenario ${name} --engine memory`,
    ],
  };
}

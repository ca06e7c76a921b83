import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { requirePage, requireTitle } from './detector-questions';
import type { NewGround } from './ground';
import type { Made } from './made';
import type { Answers, Question } from './questions';
import { flow, modeline, prose } from './yaml';

/** What a new contract needs to know. */
export function contractQuestions(ground: NewGround): Question[] {
  return [
    {
      key: 'name',
      flag: '<name>',
      about: 'its id, the platform and the source, such as vendor.sms',
      check: (id) => {
        if (!/^[a-z][a-z0-9]*(?:\.[a-z][a-z0-9_]*)+$/.test(id))
          throw new Failure(2, `'${id}' is not an id for a source`, 'write <platform>.<source> in lower case');
        if (ground.loaded.content.contracts.has(id))
          throw new Failure(2, `there is a source '${id}' already`, 'choose another id');
      },
    },
    { key: 'title', flag: '--title <text>', about: 'what the log is called, in one line', check: requireTitle },
    {
      key: 'reference',
      flag: '--reference <url...>',
      about: "the vendor's pages that document it",
      several: true,
      check: requirePage,
    },
  ];
}

/** A contract of a log of sent messages whose fields nobody has verified yet. */
export function makeContract(answers: Answers, { layout }: NewGround): Made {
  const id = String(answers['name']);
  const references = [answers['reference'] ?? []].flat();
  const [product, ...service] = id.split('.');
  const field = (name: string, type: string, meaning: string): string[] => [
    `  ${name}:`,
    `    type: ${type}`,
    '    evidence: unverified # TODO read it in the documentation',
    `    meaning: ${meaning}`,
  ];
  const derived = (name: string, how: string, meaning: string, isOptional = true): string[] => [
    `  ${name}:`,
    '    type: keyword',
    '    evidence: unverified',
    ...(isOptional ? ['    optional: true'] : []),
    `    meaning: ${meaning}`,
    `    derive: {how: ${how}}`,
  ];
  const text = [
    modeline('telemetry-contract', 2),
    `id: ${id}`,
    `title: ${flow(answers['title'])}`,
    prose('description', 'TODO: what it sees, in two sentences, and what of a campaign shows in it.'),
    `logsource: {product: ${product!}, service: ${service.join('_')}}`,
    'references:',
    ...references.map((page) => `  - ${page}`),
    'enabled:',
    '  byDefault: false',
    prose('how', 'TODO: how to turn it on, in the console or by a call.', 2),
    'delay: {typical: PT1M, worst: PT1H, evidence: unverified} # TODO how late records come',
    'retention: "TODO: how long the vendor keeps them."',
    'time: {field: time, format: iso8601}',
    'roles: {asset: asset.id, identity: null, destination: destination.number}',
    'step: [status]',
    'fields:',
    ...field('id', 'keyword', "The record's id."),
    ...field('time', 'date', 'When it happened.'),
    ...field('account', 'keyword', 'The account.'),
    ...field('to', 'keyword', 'The destination in E.164.'),
    '    tells: number',
    ...field('status', 'keyword', 'What became of the message.'),
    '    values:',
    '      - of: [sent]',
    '        evidence: unverified',
    '    others: true',
    'derived:',
    ...derived(
      'destination.number',
      'copy, from: to',
      'The destination, under the name that all sources share.',
      false,
    ),
    ...derived('destination.country', 'country, from: to', "ISO 3166-1 country of the number's prefix."),
    ...derived('destination.block', 'block, from: to', 'The number less its last four digits.'),
    ...derived('destination.range', 'range, from: to', 'The number less its last six digits.'),
    ...derived('destination.suffix', 'suffix, from: to', "The number's last four digits."),
    ...derived('asset.id', 'asset, from: account', 'The product that the account belongs to.', false),
    'never:',
    '  - "TODO: what a reader would expect here and the source does not log."',
    'example: # TODO the documented one, with values that belong to nobody',
    '  id: example-1',
    '  time: "2026-08-04T03:12:11Z"',
    '  account: example',
    '  to: "+998000939421"',
    '  status: sent',
    'forms:',
    '  own:',
    '    title: the record as it is delivered',
    `    reference: ${references[0]!}`,
    '    evidence: unverified',
    '    when: {id: true, account: true, to: true, status: true}',
    '',
  ].join('\n');
  const file = join(
    typeof layout.telemetry === 'string' ? layout.telemetry : join(layout.root, 'schemas', 'telemetry'),
    `${id}.yml`,
  );
  return {
    files: [{ file, text, was: null }],
    notes: [],
    next: [
      `npx tollgate validate ${file}    # what is left to write`,
      'CONTRIBUTING.md, A new log source: the lens that simulates it, and a world that records it',
    ],
  };
}

import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { readTime } from '@tollgate/sigma/values/date-time';
import { scalarAt } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { readRecords } from '../../detection/reading/records';
import { explainOn, type NamedEvent } from '../../evidence/explain/explain';
import type { Explanation } from '../../evidence/explain/result';
import type { Explainable } from '../../evidence/explain/subject';
import { caseFile, type PlacedCase } from '../../evidence/replay/case-events';
import { nameOf } from '../../evidence/replay/case-explanation';
import { eventsOf, placeCases } from '../../evidence/replay/case-outcomes';
import type { Loaded } from '../check/load';
import { tellFindings } from '../report/diagnostics';
import { EXPLANATION_FORMATS } from '../report/explanation';
import { WORLD_EXPLANATION_FORMATS } from '../report/explanation-world';
import { BadLines } from './bad-lines';
import { PLACEHOLDERS } from './content';
import { findExplained, type FoundSubject } from './explained';
import { explainWorld } from './explain-world';
import { MAX_DAYS } from './limits';
import { seed, wholeNumber } from './numbers';
import { ASSET_ID, knownContracts, tellRead } from './reading';

interface Options {
  event?: string;
  case?: string;
  form?: string;
  assetId?: string;
  whole?: boolean;
  placeholders?: string;
  world?: string;
  scenario?: string[];
  seed: number;
  days: number;
  format: keyof typeof EXPLANATION_FORMATS;
}

/** More records than anybody reads an explanation of, and a bound on the memory that they take. */
const MOST_RECORDS = 50_000;

export function configure(command: Command): void {
  command
    .argument('<rule>', 'the file of a rule or query, or its name, title or id')
    .option('--event <file>', 'records as the source delivers them; file:LINE picks one line, - is standard input')
    .option('--case <name>', 'one of its cases in datasets/cases, by name')
    .option(
      '--world <name>',
      'a simulated world: what matched there, and how near it came to the campaigns that it missed',
    )
    .option('--scenario <names...>', 'with --world, only these scenarios, benign or malicious')
    .option('--seed <number>', 'with --world, the seed of the run', seed, 1)
    .option('--days <number>', 'with --world, how many days are measured', wholeNumber(1, MAX_DAYS), 2)
    .option('--form <form>', 'the form of the records, if it should not be detected')
    .option(...ASSET_ID)
    .option(...PLACEHOLDERS)
    .option('--whole', 'show every part of the condition, including those that decide nothing')
    .addOption(
      new Option('--format <format>', 'how to print the explanation')
        .choices(Object.keys(EXPLANATION_FORMATS))
        .default('pretty'),
    )
    .action(async (name: string, options: Options, given: Command) => {
      const [how, ...more] = WAYS.filter((way) => options[way] !== undefined);
      if (how === undefined || more.length > 0)
        throw new Failure(
          2,
          'give one of --event, --case and --world',
          '--event FILE for records, --case NAME for one of its cases, --world NAME for a simulated world',
        );
      refuseOthers(how, given);
      const found = findExplained(name, options.placeholders);
      process.stdout.write(
        how === 'world'
          ? WORLD_EXPLANATION_FORMATS[options.format](explainWorld(found, { ...options, world: options.world! }))
          : EXPLANATION_FORMATS[options.format](await explain(found, options), options),
      );
    });
}

const WAYS = ['event', 'case', 'world'] as const;

/** The options that are about one way to explain. */
const ONLY: Record<string, (typeof WAYS)[number]> = {
  form: 'event',
  assetId: 'event',
  scenario: 'world',
  seed: 'world',
  days: 'world',
};

/** Throws a `Failure` (2) where an option was given that says nothing here. */
function refuseOthers(how: (typeof WAYS)[number], command: Command): void {
  const given = Object.keys(ONLY).find((name) => ONLY[name] !== how && command.getOptionValueSource(name) === 'cli');
  if (given === undefined) return;
  const option = command.options.find((one) => one.attributeName() === given)!.long!;
  throw new Failure(2, `${option} is of no use with --${how}`, `leave it out, or give --${ONLY[given]!} instead`);
}

async function explain({ subject, loaded }: FoundSubject, options: Options): Promise<Explanation> {
  const { contracts } = loaded.content;
  if (options.event !== undefined)
    return explainOn(subject, await recordsOf(options.event, subject, options), contracts);
  const placed = caseOf(options.case!, subject, loaded);
  const { document, index, one } = placed;
  const position = document.position(['cases', index, 'name']);
  const events = [...eventsOf([placed], contracts)].map((event) => ({ ...event, name: nameOf(placed, event.n) }));
  return {
    ...explainOn(subject, events, contracts),
    case: { name: one.name, kind: one.kind, expected: one.alerts, file: document.file, ...position },
  };
}

/** The case of a rule or query with this name. Throws a `Failure`: (2) where there is none, (1) where its file has errors, which are told. */
function caseOf(name: string, subject: Explainable, { content }: Loaded): PlacedCase {
  const { id, title } = subject.kind === 'rule' ? subject.rule : subject.query;
  const documents = content.cases.filter(({ value }) => (value as { rule?: unknown } | null)?.rule === id);
  const diagnostics = documents.flatMap((document) => schemaDiagnostics('cases', document));
  if (diagnostics.length > 0) {
    tellFindings({ files: documents.length, diagnostics });
    throw new Failure(1, `${diagnostics[0]!.file} has errors`, 'correct them first');
  }
  const cases = placeCases(documents, { rules: content.sigma, queries: content.hunts, contracts: content.contracts });
  const found = cases.find(({ one }) => one.name === name);
  if (found) return found;
  const names = documents.flatMap((document) => caseFile(document).cases.map((one) => one.name));
  if (names.length === 0) throw new Failure(2, `'${title}' has no cases`, 'cases stand in datasets/cases');
  throw new Failure(2, `'${title}' has no case '${name}'`, didYouMean(name, names));
}

/** The records of a file, or the one on its line, that are of the sources of a rule or query. */
async function recordsOf(path: string, subject: Explainable, { form, assetId }: Options): Promise<NamedEvent[]> {
  const [file, line] = placeOf(path);
  const contracts = [...new Set(subject.parts.map(({ contract }) => contract))];
  const events: NamedEvent[] = [];
  const bad = new BadLines();
  const summary = await readRecords(
    [file],
    { contracts, known: knownContracts, form, assetId },
    {
      take: ({ event, contract, file: from, line: at }) => {
        if (line !== null && line !== at) return;
        const timestamp = scalarAt(event, '@timestamp');
        const time = readTime(timestamp);
        if (time === null)
          throw new Failure(1, `the record's @timestamp is ${JSON.stringify(timestamp)}, which is not a time`);
        if (events.length === MOST_RECORDS)
          throw new Failure(2, `${path} holds more than ${MOST_RECORDS} records`, 'give fewer, or one with file:LINE');
        const name = `${from === '-' ? 'standard input' : from}:${at}`;
        events.push({ source: (contract ?? contracts[0]!).id, time, ingested: time, event, name });
      },
      lost: (from, fault) => {
        if (line === null || line === fault.line) bad.tell(from, fault);
      },
      unreadable: (from, failure) => bad.unreadable(from, failure),
    },
  );
  if (line === null) tellRead(summary.line);
  bad.sum();
  if (events.length > 0) return events;
  const sources = contracts.map(({ id }) => id).join(' or ');
  if (process.exitCode === 3) throw new Failure(3, 'nothing was read');
  const where = line === null ? path : `line ${line} of ${file}`;
  throw new Failure(
    bad.count > 0 ? 1 : 2,
    `${where} holds no record of ${sources}`,
    'docs/sources has the forms of its records',
  );
}

/** A file, and the line that is meant of it. */
function placeOf(path: string): [string, number | null] {
  const found = /^(.+):(\d+)$/.exec(path);
  return found === null || existsSync(path) ? [path, null] : [found[1]!, Number(found[2])];
}

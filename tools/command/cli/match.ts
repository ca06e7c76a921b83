import { once } from 'node:events';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import type { GivenParameter } from '../../detection/parameters/change';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { MAX_TUPLES, STREAM_LIMITS } from '@tollgate/sigma/correlate/limits';
import { jsonOf } from '@tollgate/sigma/values/json';
import { detectionsOf, matchEvents, type MatchSink, type MatchSummary } from '../../detection/match/run';
import { Threads } from '../../detection/match/threads';
import { filesOf } from '../../detection/reading/files';
import { LAYOUT_NAMES } from '../../detection/reading/reading';
import { tellFindings } from '../report/diagnostics';
import { parametersText } from '../report/parameters';
import { ruleRecord } from '../report/rule-record';
import { loadPlaceholders, loadRules } from '../../detection/rules/load';
import { partsOf, type Rule } from '@tollgate/sigma/rules/model';
import { runnable, type Runnable } from '@tollgate/sigma/rules/runnable';
import type { Contract } from '../../telemetry/contract';
import { appliesTo } from '../../telemetry/logsource';
import { BadLines } from './bad-lines';
import { ASSET_ID, knownContracts, tellRead } from './reading';
import { choose } from './choose';
import { MAX_THREADS } from './limits';
import { note } from '../../foundation/content/note';
import { wholeNumber } from './numbers';
import { parameterOption, requireRun } from './parameters';
import { TerminalProgress } from './progress';

interface Options {
  rules: string[];
  events: string[];
  source?: string;
  form?: string;
  assetId?: string;
  timeField?: string[];
  placeholders?: string;
  threads?: number;
  param: GivenParameter[];
  all?: boolean;
  format: (typeof FORMATS)[number];
}

/** `json` adds what the rule says about itself to each line. */
const FORMATS = ['ndjson', 'json'] as const;

/** Threads unasked: more would wait for the one that reads. */
const USUAL_THREADS = 8;

/** Files that are smaller together, in bytes, are done before a thread has started. */
const WORTH_A_THREAD = 4 << 20;

export function configure(command: Command): void {
  command
    .requiredOption('--rules <paths...>', 'Sigma rules: files, or folders of them')
    .requiredOption(
      '--events <files...>',
      'files, folders or globs of records in any usual form, also compressed with gzip or zstd; - is standard input',
    )
    .option('--source <id>', 'the log source of the events: only its rules run, and they see its derived fields')
    .option(
      '--form <form>',
      `the form of the records, if it should not be detected: ${LAYOUT_NAMES.join(', ')}, or one of the source`,
    )
    .option(...ASSET_ID)
    .option(
      '--time-field <names...>',
      'the fields that hold the time of an event, for correlations; by default the usual ones',
    )
    .option('--placeholders <file>', 'YAML map of name → values, for %name% under the modifier expand')
    .addOption(parameterOption())
    .option('--all', 'also print the matches of rules that only serve a correlation')
    .addOption(
      new Option(
        '--format <format>',
        "how to print a match; json adds the rule's own keys, including custom attributes",
      )
        .choices(FORMATS)
        .default(FORMATS[0]),
    )
    .option('--threads <number>', `how many threads to use, at most ${MAX_THREADS}`, wholeNumber(0, MAX_THREADS))
    .action(run);
}

async function run(options: Options): Promise<void> {
  const files = filesOf(options.events);
  const threads = new Threads(options.threads ?? threadsFor(files));
  const progress = new TerminalProgress();
  try {
    const { rules, contract } = chosen(options);
    const bad = new BadLines(() => progress.clear());
    const out = new Lines(rules, { ...options, events: files }, progress, bad);
    const reading = {
      contracts: contract && [contract],
      known: knownContracts,
      form: options.form,
      assetId: options.assetId,
    };
    const summary = await matchEvents({ rules, files, reading, timeFields: options.timeField }, threads, out);
    progress.clear();
    tellRead(summary.line);
    bad.sum();
    tell(summary, rules);
    if ((summary.untimed > 0 || summary.strained.length > 0) && process.exitCode !== 3) process.exitCode = 1;
  } finally {
    progress.clear();
    await threads.close();
  }
}

/** The rules without an error; those with one are told, and are findings. */
function chosen({ rules: paths, source, placeholders, param, all }: Options): {
  rules: Rule[];
  contract: Contract | null;
} {
  const contract = source === undefined ? null : contractOf(source);
  const loaded = loadRules(paths, placeholders === undefined ? {} : loadPlaceholders(placeholders), param);
  if (loaded.diagnostics.length > 0) tellFindings(loaded);
  if (loaded.diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1;
  const isOn = (rule: Rule) => contract === null || rule.kind === 'correlation' || appliesTo(rule.logsource, contract);
  const found = runnable(loaded.rules.filter(isOn), all ? NOBODY : loaded.parts);
  tellLeftOut(found, contract);
  if (found.rules.length > 0) requireRun(loaded.changes, found.rules);
  if (loaded.changes.length > 0) note(parametersText(loaded.changes));
  if (found.rules.length > 0) return { rules: found.rules, contract };
  if (loaded.rules.length > 0 && contract !== null)
    throw new Failure(2, `none of the rules is on ${contract.id}`, 'leave --source out, or give other rules');
  throw new Failure(
    loaded.diagnostics.length > 0 ? 1 : 2,
    'there is no rule to run',
    'give files or folders of Sigma rules',
  );
}

const NOBODY: ReadonlySet<string> = new Set();

/** Of what is on another log source nothing was asked; what is not run although a part of it is on this one is told. */
function tellLeftOut({ rules, incomplete, idle }: Runnable, contract: Contract | null): void {
  const here = new Set([...rules, ...idle].map(({ id }) => id));
  for (const { title, id, rules: parts } of incomplete)
    if (parts.some((part) => here.has(part)))
      note(`'${title}' (${id}) is not run: it reads another log source than ${contract!.id} as well`);
  for (const { title, id } of idle)
    note(`'${title}' (${id}) is not run: it is there for a correlation that is not run; --all runs it`);
}

function contractOf(id: string): Contract {
  const named = knownContracts().map((contract) => ({ name: contract.id, contract }));
  return choose('log source', named, [id])[0]!.contract;
}

function threadsFor(files: readonly string[]): number {
  const isSmall = bytesIn(files) < WORTH_A_THREAD && !files.some((file) => /\.(?:gz|zst)$/.test(file));
  return isSmall ? 0 : Math.min(USUAL_THREADS, availableParallelism());
}

/** The size of files together; NaN where one of them is standard input, or can't be read. */
function bytesIn(files: readonly string[]): number {
  try {
    return files.reduce((sum, file) => sum + statSync(file).size, 0);
  } catch {
    return NaN;
  }
}

/** Writes a line a match or alert to stdout. */
class Lines implements MatchSink {
  /** For each detection rule the beginning of its lines; `null` for what only a correlation asks for. */
  private readonly beginnings: (string | null)[];
  /** What `json` adds to the lines of a rule. */
  private readonly about: ReadonlyMap<Rule, string> = new Map();
  private text = '';
  private readonly total: number;

  constructor(
    rules: readonly Rule[],
    { all, events, format }: Options,
    private readonly bar: TerminalProgress,
    private readonly badLines: BadLines,
  ) {
    const parts = partsOf(rules);
    if (format === 'json')
      this.about = new Map(rules.map((rule) => [rule, `,${jsonOf(ruleRecord(rule)).slice(1, -1)}`]));
    const beginning = (rule: Rule) =>
      `${JSON.stringify({ rule: rule.id, title: rule.title }).slice(0, -1)}${this.about.get(rule) ?? ''},"event":`;
    this.beginnings = detectionsOf(rules).map((rule) => (all || !parts.has(rule.id) ? beginning(rule) : null));
    this.total = bytesIn(events);
  }

  matches(found: readonly number[], first: number): void {
    for (let i = 0; i < found.length; i += 2) {
      const beginning = this.beginnings[found[i + 1]!];
      if (beginning !== null) this.text += `${beginning}${first + found[i]!}}\n`;
    }
  }

  alert(rule: Rule, { group, start, end, value, events, more }: Parameters<MatchSink['alert']>[1]): void {
    const times = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
    const { id, title } = rule;
    const line = jsonOf({ rule: id, title, group, ...times, value, events, more });
    this.text += `${line.slice(0, -1)}${this.about.get(rule) ?? ''}}\n`;
  }

  bad(file: string, fault: Parameters<MatchSink['bad']>[1]): void {
    this.badLines.tell(file, fault);
  }

  unreadable(file: string, failure: Failure): void {
    this.badLines.unreadable(file, failure);
  }

  read(bytes: number): void {
    this.bar.update('matching', bytes, this.total > 0 ? this.total : undefined);
  }

  async drained(): Promise<void> {
    const { text } = this;
    this.text = '';
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}

function tell({ events, bad, untimed, excluded, strained }: MatchSummary, rules: readonly Rule[]): void {
  if (events === 0 && bad === 0) throw new Failure(2, 'there are no events', 'give NDJSON with one event a line');
  const [which, are] = untimed === 1 ? ['event has', 'is'] : ['events have', 'are'];
  if (untimed > 0) note(`${untimed} ${which} no time and ${are} in no correlation; --time-field names where it is`);
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  for (const [id, count] of excluded)
    if (count > 0)
      note(`${count} events are in no group of '${titles.get(id)}', as a field of its group-by has no value`);
  for (const { rule, crowded, cut } of strained) {
    const name = `'${titles.get(rule)}' (${rule})`;
    for (const { event, place } of crowded)
      process.stderr.write(
        `${harmless(`${place === null ? '' : `${place.file === '-' ? 'standard input' : place.file}:${place.line}: `}event ${event} is left out of ${name}: more than ${MAX_TUPLES} combinations of its values in the fields that are grouped and counted`)}\n`,
      );
    if (cut > 0)
      note(
        `the windows of ${name} would hold more than ${STREAM_LIMITS.held} entries: the oldest ${cut} left early, so that it may miss what takes longer`,
      );
  }
}

import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { loadContent } from '../check/load';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { GivenParameter, ParameterChange } from '../../detection/parameters/change';
import { Failure } from '../../foundation/content/failure';
import { writeWhole } from '../../foundation/content/write';
import type { OwnContent } from '../../evidence/own-logs/detectors';
import { parseIncident, type KnownIncident } from '../../evidence/own-logs/incidents';
import { Losses } from '../../evidence/own-logs/losses';
import { recordsOfFiles } from '../../evidence/own-logs/read-files';
import { Redactor } from '../../evidence/own-logs/redact';
import { keyIn, newKey } from '../../evidence/own-logs/redaction-key';
import { emptyPicture, type OwnPicture } from '../../evidence/own-logs/picture';
import type { NotRun, OwnReport } from '../../evidence/own-logs/result';
import { replayRecords, type OwnOptions } from '../../evidence/own-logs/run';
import { OWN_FORMATS, printOwn } from '../report/own-logs';
import { closure, reported } from '../../evidence/replay/rule-detector';
import { runnable } from '@tollgate/sigma/rules/runnable';
import { rateCardOf } from '../../simulate/load';
import type { Contract } from '../../telemetry/contract';
import type * as ClientModule from '../../detection/elasticsearch/client';
import type * as Find from '../../detection/elasticsearch/node/find';
import type * as Cluster from '../../evidence/own-logs/cluster';
import type * as ReplayIndex from '../../evidence/own-logs/replay-index';
import { contractShape } from '../../evidence/own-logs/contract-shape';
import { platformShape } from '../../evidence/own-logs/platform-shape';
import { loadShapes, type LoadedShapes } from '../../telemetry/shape-load';
import { readDateTime } from '@tollgate/sigma/values/date-time';
import { choose } from './choose';
import { layoutOrOwn, siteValues, tellFilters } from './content';
import { requireRun } from './parameters';
import { TerminalProgress } from './progress';
import { ASSET_ID } from './reading';

/** Options of `replay` that say which logs of one's own it is run on. */
export interface OwnLogOptions {
  events?: string[];
  index?: string | true;
  from?: number;
  to?: number;
  source?: string;
  incident: KnownIncident[];
  redact?: boolean;
  keyFile?: string;
  form?: string;
  assetId?: string;
}

interface Options extends OwnLogOptions {
  placeholders?: string;
  param: GivenParameter[];
  format: keyof typeof OWN_FORMATS;
  url?: string;
  out?: string;
}

/** Adds the options of a replay on one's own logs. */
export function configureOwnLogs(command: Command): void {
  command
    .option(
      '--events <paths...>',
      'run on your own logs instead: files, folders or globs of records in any usual form; - is standard input',
    )
    .option('--source <id>', 'the log source of all these records; by default each is recognised by its fields')
    .option('--form <form>', 'with --events: the form of the records, if it should not be detected')
    .option(...ASSET_ID)
    .option(
      '--index [pattern]',
      "run on your own logs in a cluster, which is only read: records of --source in this index or, by default, all that are where the exports or Elastic's own integrations put them",
    )
    .option('--from <time>', 'with --index: only records from this time on; by default the last 30 days', moment)
    .option('--to <time>', 'with --index: only records before this time; by default up to now', moment)
    .addOption(
      new Option(
        '--incident <start/length>',
        'with --events or --index: the period of a known attack, such as 2026-08-03T02:00Z/PT6H; repeatable',
      )
        .argParser(incident)
        .default([], 'none'),
    )
    .option(
      '--redact',
      'with --events or --index: show keyed hashes instead of the numbers, addresses, names and ids of records',
    )
    .option(
      '--key-file <file>',
      'with --redact: the file of the key, so that hashes are the same in each run; created if missing',
    );
}

/** A time with its zone, or a day. */
function moment(text: string): number {
  const time = /^[^T]*T.*(?:Z|[+-]\d\d:\d\d)$|^\d{4}-\d\d-\d\d$/.test(text) ? readDateTime(text) : null;
  if (time === null) throw new InvalidArgumentError('Write 2026-08-03T02:00Z or 2026-08-03.');
  return time;
}

function incident(text: string, before: KnownIncident[]): KnownIncident[] {
  try {
    return [...before, parseIncident(text)];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new InvalidArgumentError(`${error.message}; ${error.hint}`);
  }
}

/**
 * Runs the content on logs that nobody labelled, and prints the report. Exit code 1 where something was lost or has errors, where an
 * incident was missed or a budget is clearly exceeded; 3 where something could not be read.
 */
export async function replayOwnLogs(paths: string[], options: Options): Promise<void> {
  const progress = new TerminalProgress();
  const key = keyFor(options);
  const { content, datasets, shapes, changes } = ownContent(paths, options);
  const { events, source } = options;
  const only = source === undefined ? undefined : contractOf(source, content.contracts).id;
  const losses = new Losses();
  const rates = rateCardOf(datasets, []);
  const picture = emptyPicture();
  const isPictured = options.format === 'html' || options.out !== undefined;
  const run: OwnOptions = {
    ...{ content, incidents: options.incident, rates, losses, progress },
    ...(isPictured && { picture }),
  };
  try {
    const all = [...content.contracts.values()];
    const reading = {
      contracts: all.filter(({ id }) => only === undefined || id === only),
      known: () => all,
      form: options.form,
      assetId: options.assetId,
    };
    const found = events
      ? await replayRecords(recordsOfFiles(events, reading, losses), events, run)
      : await inCluster(run, options, shapes(), only);
    const report = { ...found, ...(changes.length > 0 && { parameters: changes }) };
    progress.clear();
    finish(key ? new Redactor(key, content.contracts.values()).report(report) : report, picture, options);
  } finally {
    progress.clear();
  }
}

async function inCluster(
  run: OwnOptions,
  options: Options,
  { shapes, diagnostics }: LoadedShapes,
  only: string | undefined,
): Promise<OwnReport> {
  const { index, from, to, url } = options;
  if (typeof index === 'string' && only === undefined)
    throw new Failure(2, '--index with a pattern needs --source', 'say of which log source its records are');
  if (from !== undefined && to !== undefined && from >= to) throw new Failure(2, '--from is not before --to');
  const contracts = [...run.content.contracts.values()].filter(({ id }) => only === undefined || id === only);
  // Content of one's own may bring other contracts than those that the package's shapes are of.
  for (const { file, line, column, message, code } of diagnostics)
    if (code !== 'unknown-source') run.losses.add(`${file}:${line}:${column}: ${message}`, null);
  const named = typeof index === 'string' ? index : undefined;
  const places = new Map(
    contracts.map((one) => {
      const others = shapes.filter(({ id }) => id === one.id).map((shape) => platformShape(shape, one, named));
      return [one.id, [contractShape(one, named), ...others]];
    }),
  );
  // A replay of files starts without the Elasticsearch client, which costs a fifth of a second.
  const { findNode } = require('../../detection/elasticsearch/node/find') as typeof Find;
  const { openClient } = require('../../detection/elasticsearch/client') as typeof ClientModule;
  const { ReadOnlyCluster } = require('../../evidence/own-logs/cluster') as typeof Cluster;
  const { replayIndices } = require('../../evidence/own-logs/replay-index') as typeof ReplayIndex;
  const node = await findNode({ env: process.env, progress: run.progress, url });
  const traffic = { requests: 0, bytes: 0 };
  const client = openClient(node.access, undefined, (bytes) => (traffic.bytes += bytes));
  const engine = { name: 'elasticsearch', version: node.version };
  const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  try {
    return await replayIndices(new ReadOnlyCluster(client, traffic), { ...run, places, span, engine });
  } finally {
    await client.close();
  }
}

/** The key of hashes; null where nothing is to be hidden. */
function keyFor({ redact = false, keyFile }: OwnLogOptions): Buffer | null {
  if (!redact && keyFile !== undefined) throw new Failure(2, '--key-file is of use with --redact only', 'add --redact');
  if (!redact) return null;
  return keyFile === undefined ? newKey() : keyIn(keyFile);
}

function finish(report: OwnReport, picture: OwnPicture, { format, out }: Options): void {
  process.stdout.write(printOwn(report, format, picture));
  if (out !== undefined)
    for (const { print, ending } of Object.values(OWN_FORMATS))
      writeWhole(join(out, `own-logs.${ending}`), print(report, picture));
  process.exitCode = exitCodeOf(report);
}

/** 3 where the environment kept something from being read, 1 for findings. */
function exitCodeOf({ losses, rules, queries, incidents, notRun, records }: OwnReport): number {
  if (losses.some(({ environment }) => environment)) return 3;
  const isOver = [...rules, ...queries].some(({ budget }) => budget === 'over');
  const isWrong = notRun.some(({ isError }) => isError === true);
  const isMissed = incidents.some(({ caught }) => !caught);
  return losses.length > 0 || isOver || isWrong || isMissed || records === 0 ? 1 : 0;
}

/** All that can be read of the rules and queries at the paths, bare and incomplete ones too; what can't is among `unread`. */
function ownContent(
  paths: string[],
  { placeholders, param }: Pick<Options, 'placeholders' | 'param'>,
): { content: OwnContent; datasets: string; shapes: () => LoadedShapes; changes: ParameterChange[] } {
  const layout = layoutOrOwn(paths);
  const values = siteValues(placeholders);
  const loaded = loadContent(layout, { datasets: false, placeholders: values, parameters: param });
  if (placeholders !== undefined) tellFilters(loaded);
  const { sigma, hunts, contracts, isJudged } = loaded.content;
  const isSelected = ({ file }: { file: string }): boolean => isJudged(file);
  const { yaml, sigma: ofRules, queries: ofQueries } = loaded.diagnostics;
  const unread = unreadOf([...yaml, ...ofRules, ...ofQueries].filter(isSelected));
  const byId = new Map(sigma.map((rule) => [rule.id, rule]));
  const whole = new Set(runnable(sigma, new Set()).rules);
  const chosen = new Set(
    reported(sigma)
      .filter(isSelected)
      .flatMap((rule) => (whole.has(rule) ? closure(rule, byId) : [rule])),
  );
  const queries = hunts.filter(isSelected);
  if (chosen.size === 0 && queries.length === 0 && unread.length === 0)
    throw new Failure(2, 'no rule and no query was selected', 'give a file or folder that holds some');
  requireRun(loaded.changes, [...chosen, ...queries]);
  const content = { rules: [...chosen], queries, contracts, parts: loaded.parts, unread };
  const shapes = () => loadShapes(join(layout.shapes, 'elastic'), contracts);
  return { content, datasets: layout.datasets, shapes, changes: loaded.changes };
}

/** A rule or query with errors is told once, with its first error. */
function unreadOf(diagnostics: Diagnostic[]): NotRun[] {
  const found = new Map<string, NotRun>();
  for (const { file, line, column, severity, message, rule } of diagnostics) {
    const key = `${file} ${rule ?? ''}`;
    if (severity !== 'error' || found.has(key)) continue;
    const reason = `it has an error at ${file}:${line}:${column}: ${message}`;
    found.set(key, { id: null, name: rule ?? file, path: file, reason, isError: true });
  }
  return [...found.values()];
}

function contractOf(id: string, contracts: ReadonlyMap<string, Contract>): Contract {
  const named = [...contracts.values()].map((contract) => ({ name: contract.id, contract }));
  return choose('log source', named, [id])[0]!.contract;
}

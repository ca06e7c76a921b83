import { type Command, Option } from 'commander';
import { Failure } from '../../foundation/content/failure';
import { WINDOW_MODELS } from '../../evidence/replay/windows';
import { FINDING_FORMATS, isFindingFormat } from '../report/diagnostics';
import { REPLAY_FORMATS } from '../report/replay';
import { findLayout, type Layout } from '../check/layout';
import { CHANGED } from './changed';
import { PLACEHOLDERS } from './content';
import { parameterOption } from './parameters';
import { laidOver, LAID_OVER } from './laid-over';
import { MAX_DAYS, MAX_THREADS } from './limits';
import { seed, wholeNumber } from './numbers';
import { configureOwnLogs, replayOwnLogs, type OwnLogOptions } from './own-logs';
import { readsDatasets, readsDetectors, watch } from './watch';
import { replayWorlds, type WorldOptions } from './replay-worlds';

interface Options extends WorldOptions, OwnLogOptions {
  watch?: boolean;
}

export function configure(command: Command): void {
  command
    .argument('[paths...]', 'rules and queries to replay, files or folders; by default all')
    .addOption(
      new Option('--engine <engine>', 'where detections run; `both` runs both and compares them')
        .choices(['elasticsearch', 'memory', 'both'])
        .default('elasticsearch'),
    )
    .option('--world <names...>', 'only these worlds')
    .option('--scenario <names...>', 'only these scenarios, benign or malicious')
    .option(...LAID_OVER)
    .option(...CHANGED)
    .option('--watch', 'after each change, replay those again that it affects')
    .option(...PLACEHOLDERS)
    .addOption(parameterOption())
    .option('--seed <number>', 'the seed of the run', seed, 1)
    .option('--days <number>', 'how many days are measured', wholeNumber(1, MAX_DAYS), 2)
    .addOption(
      new Option(
        '--window <model>',
        'the windows in which correlations count; for other models than `sliding` the report says what changes',
      )
        .choices(WINDOW_MODELS)
        .default('sliding'),
    )
    .option(
      '--jobs <number>',
      'how many worlds are replayed at once, each in a thread of its own; by default as many as are worth it',
      wholeNumber(1, MAX_THREADS),
    )
    .option('--url <url>', 'an Elasticsearch to use, with credentials from the environment')
    .option('--allow-remote-write', 'create and delete indices named tollgate-* in a cluster on another machine')
    .option('--no-keep', 'simulate and index anew, and keep nothing in the local node for the next run')
    .option('--out <folder>', 'also write the report to this folder, in every format')
    .addOption(
      new Option('--format <format>', 'how to print the report')
        .choices(Object.keys({ ...REPLAY_FORMATS, ...FINDING_FORMATS }))
        .default('pretty'),
    );
  configureOwnLogs(command);
  command.action(run);
}

/** Options that say nothing of logs that are there already. */
const OF_SIMULATION = [
  'changed',
  'watch',
  'world',
  'scenario',
  'datasets',
  'seed',
  'days',
  'window',
  'jobs',
  'allowRemoteWrite',
];

function isOnOwnLogs({ events, index }: Options): boolean {
  if (events !== undefined && index !== undefined)
    throw new Failure(2, '--events and --index are two places', 'leave one of them out');
  return events !== undefined || index !== undefined;
}

/** Throws a `Failure` (2) where one of these options was given. */
function refuseOthers(command: Command, names: string[], why: string, what: string): void {
  const given = names.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given === undefined) return;
  const option = command.options.find((one) => one.attributeName() === given)!.long!;
  throw new Failure(2, `${option} ${why}, and can't be used with ${what}`, 'leave it out');
}

async function run(paths: string[], options: Options, command: Command): Promise<void> {
  if (isOnOwnLogs(options)) {
    const isFiles = options.events !== undefined;
    const engine = options.engine === (isFiles ? 'memory' : 'elasticsearch') ? [] : ['engine'];
    const logs = isFiles ? '--events' : '--index';
    refuseOthers(command, [...OF_SIMULATION, ...engine], 'is for simulated worlds', logs);
    if (isFiles) refuseOthers(command, ['url', 'from', 'to'], 'is for a cluster', logs);
    else refuseOthers(command, ['assetId'], 'is for records in files', logs);
    const { format } = options;
    if (isFindingFormat(format))
      throw new Failure(
        2,
        `--format ${format} can't be used with ${logs}`,
        'what is found in logs stands at no line of a file',
      );
    return replayOwnLogs(paths, { ...options, format });
  }
  refuseOthers(
    command,
    ['source', 'assetId', 'from', 'to', 'incident', 'redact', 'keyFile'],
    'is for your own logs',
    'simulated worlds',
  );
  if (!options.watch) return replayWorlds(paths, options);
  const out = options.format === 'pretty' ? process.stdout : process.stderr;
  const find = (present: string[]): Layout => laidOver(findLayout(present, { orOwn: true }), options.datasets);
  const reads = (layout: Layout): string[] => [...readsDetectors(layout), ...readsDatasets(layout)];
  return watch({ paths, find, reads, out }, async (files) => {
    await replayWorlds(paths, options, files);
    return [];
  });
}

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { loadBaselines, OWN_BASELINES } from '../../evidence/baseline/load';
import { findLayout } from '../check/layout';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { writeWhole } from '../../foundation/content/write';
import { digestsOf, digestTextsOf } from '../../evidence/measure/digest';
import { Journal } from '../../evidence/measure/journal';
import type { UnitSpec } from '../../evidence/measure/plan';
import { honestDaysIn, openDays } from '../../evidence/measure/honest-days';
import type { Results } from '../../evidence/measure/results';
import { measureUnits, openUnits, type MeasureJob, type Measurement } from '../../evidence/measure/run';
import { declaredIn, withDeclared } from '../../evidence/measure/declared';
import { filesOf, readResults, resultsText, staleWorlds } from '../../evidence/measure/stored';
import { summarizeUnits } from '../../evidence/measure/summary';
import { JobThread } from '../../foundation/threads/job-thread';
import { chosenFor } from '../../evidence/measure/unit';
import { reported } from '../../evidence/replay/rule-detector';
import type { UnitResult } from '../../evidence/replay/unit';
import { note } from '../../foundation/content/note';
import { MEASURED_FORMATS } from '../report/measured';
import { measurementPage, selectionPage } from '../report/measurement';
import { thousands } from '../report/words';
import { runnableContent } from './content';
import { isNothing } from './affected';
import { CHANGED, changedSince } from './changed';
import { LAID_OVER } from './laid-over';
import { HEAP_MB, MAX_THREADS } from './limits';
import { estimateText, partOf, shardOf, unitsFor, weightOf, type Shard } from './measure-units';
import type { MeasureSettings } from './measure-worker';
import { wholeNumber } from './numbers';
import { TerminalProgress } from './progress';

interface Options {
  check?: boolean;
  plan?: string;
  world?: string[];
  seeds?: string;
  engine?: 'memory' | 'both';
  datasets?: string;
  changed?: string | true;
  development?: boolean;
  jobs: number;
  shard?: Shard;
  out?: string;
  format?: keyof typeof MEASURED_FORMATS;
  url?: string;
  allowRemoteWrite?: boolean;
}

export function configure(command: Command): void {
  command
    .argument('[paths...]', 'measure only these rules and queries, and print the result')
    .option('--check', 'only check that the committed measurement belongs to the content')
    .option('--plan <file>', 'the units to measure', join('measurement', 'plan.yml'))
    .option('--world <names...>', 'only these worlds of the plan')
    .option('--seeds <list>', "these seeds instead of the plan's, such as 101-140")
    .addOption(
      new Option('--engine <engine>', "this engine instead of the plan's; `both` compares every match").choices([
        'memory',
        'both',
      ]),
    )
    .option(...LAID_OVER)
    .option(...CHANGED)
    .option('--development', 'measure on the seeds on which thresholds may be chosen, 1-20')
    .option(
      '--jobs <number>',
      'how many units are measured at once, each in its own thread',
      wholeNumber(1, MAX_THREADS),
      Math.min(2, availableParallelism()),
    )
    .option(
      '--shard <k/n>',
      'measure only the k-th of n equal parts and write only the journal; other machines do the rest',
      shardOf,
    )
    .option('--out <folder>', 'write the results to this folder instead of the content')
    .addOption(
      new Option(
        '--format <format>',
        'how to print the measurement: of the given rules and queries or, with --check, the committed one',
      ).choices(Object.keys(MEASURED_FORMATS)),
    )
    .option('--url <url>', 'an Elasticsearch to use, with credentials from the environment')
    .option('--allow-remote-write', 'create and delete indices named tollgate-* in a cluster on another machine')
    .action(run);
}

async function run(paths: string[], options: Options): Promise<void> {
  if (options.check) return check(options);
  const isSelection = paths.length > 0 || options.changed !== undefined;
  if (isSelection && options.shard)
    throw new Failure(2, '--shard is for the whole measurement', 'some rules alone take minutes: leave it out');
  const { content: whole, independent, layout } = runnableContent(paths, { datasets: options.datasets });
  const content = options.changed === undefined ? whole : changedSince(whole, layout, options.changed);
  if (isNothing(content)) return note('no rule and no query changed, so nothing was measured');
  const { worlds } = independent;
  const weight = (unit: UnitSpec): number => weightOf(unit, worlds);
  const planned = unitsFor(worlds, options);
  const units = options.shard ? partOf(planned, options.shard, weight) : planned;
  const files = filesOf(layout.datasets);
  // Of the content as it is when the measurement begins, whatever is edited until it ends.
  const digests = digestsOf(layout);
  const journal = new Journal(files.units, digests);
  const idsIn = (unit: UnitSpec): string[] => {
    const { rules, queries } = chosenFor(content, unit);
    return [...reported(rules), ...queries].map(({ id }) => id);
  };
  const progress = new TerminalProgress();
  const measurers = Array.from(
    { length: Math.min(options.jobs, units.length) },
    () =>
      new JobThread<MeasureJob, UnitResult>({
        folder: __dirname,
        module: 'measure-worker',
        settings: settingsOf(options),
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
        died: ({ unit: { world, seed } }) => ({
          doing: `measuring ${world} with seed ${seed}`,
          hint: 'the largest world needs about 4 GB a thread; fewer --jobs need less. What is finished is kept',
        }),
      }),
  );
  const measurement: Measurement = {
    units,
    idsIn,
    isSelection,
    journal,
    measurers: measurers.map((one) => (job, onProgress) => one.run(job, onProgress)),
    weightOf: weight,
  };
  note(estimateText(openUnits(measurement), worlds, measurers.length));
  try {
    const measured = await measureUnits(measurement, ({ done, total, events, seconds, share }) => {
      const speed = `${thousands(Math.round(events / Math.max(1, seconds)))} events/s`;
      progress.update(`${done} of ${total} units · ${speed}`, events, undefined, share);
    });
    progress.clear();
    if (options.shard) {
      process.stdout.write(`${units.length} of ${planned.length} units are in ${harmless(files.units)}\n`);
      return;
    }
    const declared = declaredIn(content);
    const finished = measured.map(({ unit, result }) => ({ unit, result: withDeclared(result, declared) }));
    const baselines = isSelection ? [] : loadBaselines(OWN_BASELINES);
    const results = summarizeUnits(finished, digestTextsOf(digests), options.development ?? false, baselines);
    write(results, { ...options, isSelection }, files, [layout.datasets, ...layout.over]);
  } finally {
    progress.clear();
    await Promise.all(measurers.map((measurer) => measurer.close()));
  }
}

function settingsOf({ datasets, url, allowRemoteWrite }: Options): MeasureSettings {
  return { datasets, url, allowRemoteWrite };
}

/** Into the content where all of its plan was measured; else to a folder, or the page to stdout. */
function write(
  results: Results,
  options: Options & { isSelection: boolean },
  files: ReturnType<typeof filesOf>,
  datasets: string[],
): void {
  const isPart =
    options.isSelection ||
    [options.world, options.seeds, options.engine, options.datasets].some((one) => one !== undefined);
  const days = honestDaysIn(datasets);
  if (isPart && options.out === undefined) {
    const { format = 'markdown', isSelection } = options;
    process.stdout.write(
      isSelection && format === 'markdown' ? selectionPage(results) : MEASURED_FORMATS[format](results, days),
    );
    return;
  }
  const page = measurementPage(results, days);
  const stored = options.development ? files.development : files.results;
  const paths = options.out
    ? { results: join(options.out, 'results.json'), page: join(options.out, 'measurement.md') }
    : { results: stored, page: options.development ? null : files.page };
  writeWhole(paths.results, resultsText(results));
  if (paths.page !== null) writeWhole(paths.page, page);
  const written = [paths.results, paths.page].filter((path) => path !== null);
  process.stdout.write(`${countOf(results)} units measured: ${harmless(written.join(', '))}\n`);
  const open = [results, ...(results.independent ? [results.independent] : [])].flatMap((set) => openDays(set, days));
  if (open.length > 0)
    process.stdout.write(
      `honest days that became high and give no reason (indistinguishable): ${harmless(open.join(', '))}\n`,
    );
}

/** Ends with 1 where there is no measurement of the content as it is, or the page is not the one of the results, and with 2 for `datasets`. With `format` it prints the measurement. */
function check({ datasets, format }: Options): void {
  if (datasets !== undefined)
    throw new Failure(
      2,
      '--check holds the committed measurement, which is without --datasets',
      'leave one of the two out',
    );
  const layout = findLayout([]);
  const files = filesOf(layout.datasets);
  const results = readResults(files.results);
  if (!results) throw new Failure(1, `there is no ${files.results}`, '`tollgate measure` makes it');
  const now = digestTextsOf(digestsOf(layout));
  const stale = [
    ...staleWorlds(results, now.own),
    ...staleWorlds(results.independent ?? { digests: {} }, now.independent).map((world) => `${world} (independent)`),
  ];
  if (stale.length > 0)
    throw new Failure(
      1,
      `the measurement is of other content in ${stale.join(', ')}`,
      '`tollgate measure` measures the content as it is',
    );
  const days = honestDaysIn(layout.datasets);
  if (files.pageText() !== measurementPage(results, days))
    throw new Failure(1, `${files.page} is not the page of ${files.results}`, '`tollgate measure` writes both');
  if (format !== undefined) process.stdout.write(MEASURED_FORMATS[format](results, days));
  else process.stdout.write(`the measurement is of the content as it is: ${countOf(results)} units\n`);
}

function countOf({ units, independent }: Results): number {
  return units.length + (independent?.units.length ?? 0);
}

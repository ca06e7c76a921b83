import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { loadBaselines, OWN_BASELINES } from '../../evidence/baseline/load';
import { findLayout, type Layout } from '../check/layout';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { writeWhole } from '../../foundation/content/write';
import { digestsOf, digestTextsOf } from '../../evidence/measure/digest';
import { Journal } from '../../evidence/measure/journal';
import { readPlan, unitKey, type UnitSpec } from '../../evidence/measure/plan';
import { honestDaysIn, openDays } from '../../evidence/measure/honest-days';
import type { Results } from '../../evidence/measure/results';
import { measureUnits } from '../../evidence/measure/run';
import { parseSeeds, requireSeeds } from '../../evidence/measure/seeds';
import { declaredIn, withDeclared } from '../../evidence/measure/declared';
import { filesOf, readResults, resultsText, staleWorlds } from '../../evidence/measure/stored';
import { summarizeUnits } from '../../evidence/measure/summary';
import { Measurer } from '../../evidence/measure/threads';
import type { World } from '../../simulate/world';
import { MEASURED_FORMATS } from '../report/measured';
import { measurementPage } from '../report/measurement';
import { thousands } from '../report/words';
import { choose } from './choose';
import { runnableContent } from './content';
import { MAX_THREADS } from './limits';
import { wholeNumber } from './numbers';
import { TerminalProgress } from './progress';

interface Options {
  check?: boolean;
  plan?: string;
  world?: string[];
  seeds?: string;
  engine?: 'memory' | 'both';
  datasets?: string;
  development?: boolean;
  jobs: number;
  out?: string;
  format?: keyof typeof MEASURED_FORMATS;
  url?: string;
  allowRemoteWrite?: boolean;
}

export function configure(command: Command): void {
  command
    .option('--check', 'only hold the committed measurement against the content')
    .option('--plan <file>', 'the units to measure', join('measurement', 'plan.yml'))
    .option('--world <names...>', 'only these worlds of the plan')
    .option('--seeds <list>', "other seeds than the plan's, such as 101-140")
    .addOption(
      new Option('--engine <engine>', "other engines than the plan's; `both` compares every match").choices([
        'memory',
        'both',
      ]),
    )
    .option('--datasets <folder>', 'worlds and scenarios from this folder instead')
    .option('--development', 'measure on the seeds on which thresholds may be chosen, 1-20')
    .option(
      '--jobs <number>',
      'units that are measured at once, each in a thread of its own',
      wholeNumber(1, MAX_THREADS),
      Math.min(2, availableParallelism()),
    )
    .option('--out <folder>', 'write the results there, not into the content')
    .addOption(
      new Option(
        '--format <format>',
        'how to print the measurement: a part that was measured or, with --check, the committed one',
      ).choices(Object.keys(MEASURED_FORMATS)),
    )
    .option('--url <url>', 'an Elasticsearch to use, with credentials from the environment')
    .option(
      '--allow-remote-write',
      'make indices named tollgate-* in a cluster that is not on this machine, and delete them',
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  if (options.check) return check(options);
  const { content, independent, layout } = runnableContent([], { datasets: options.datasets });
  const { worlds } = independent;
  const units = unitsFor(worlds, options);
  const files = filesOf(layout.datasets);
  // Of the content as it is when the measurement begins, whatever is edited until it ends.
  const digests = digestsOf(layout);
  const journal = new Journal(files.units, digests);
  const progress = new TerminalProgress();
  const measurers = Array.from(
    { length: Math.min(options.jobs, units.length) },
    () => new Measurer(__dirname, 'measure-worker', options),
  );
  try {
    const measured = await measureUnits(
      units,
      journal,
      measurers.map((measurer) => (unit, onProgress) => measurer.measure(unit, onProgress)),
      (unit) => weightOf(unit, worlds),
      ({ done, total, events, seconds, share }) => {
        const speed = `${thousands(Math.round(events / Math.max(1, seconds)))} events/s`;
        progress.update(`${done} of ${total} units · ${speed}`, events, undefined, share);
      },
    );
    progress.clear();
    const declared = declaredIn(content);
    const finished = units.map((unit, index) => ({ unit, result: withDeclared(measured[index]!, declared) }));
    const baselines = loadBaselines(OWN_BASELINES);
    const results = summarizeUnits(finished, digestTextsOf(digests), options.development ?? false, baselines);
    write(results, options, files, layout.datasets);
  } finally {
    progress.clear();
    await Promise.all(measurers.map((measurer) => measurer.close()));
  }
}

/** Into the content where all of its plan was measured; else to a folder, or the page to stdout. */
function write(results: Results, options: Options, files: ReturnType<typeof filesOf>, datasets: string): void {
  const isPart = [options.world, options.seeds, options.engine, options.datasets].some((one) => one !== undefined);
  const days = honestDaysIn(datasets);
  if (isPart && options.out === undefined) {
    process.stdout.write(MEASURED_FORMATS[options.format ?? 'markdown'](results, days));
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
    process.stdout.write(`honest days at high without a reason (indistinguishable): ${harmless(open.join(', '))}\n`);
}

/** Ends with 1 where there is no measurement of the content as it is, or the page is not the one of the results. With `format` it prints the measurement. */
function check({ datasets, format }: Options): void {
  const found = findLayout([]);
  const layout: Layout = datasets === undefined ? found : { ...found, datasets };
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

function unitsFor(known: World[], options: Options): UnitSpec[] {
  const development = options.development ?? false;
  const planned = readPlan(
    options.plan ?? '',
    known.map(({ name }) => name),
  );
  const worlds = choose('world', known, options.world).map(({ name }) => name);
  const inWorlds = planned.filter(({ world }) => worlds.includes(world));
  const seeded =
    options.seeds !== undefined
      ? withSeeds(inWorlds, parseSeeds(options.seeds))
      : development
        ? moved(inWorlds)
        : inWorlds;
  const units = options.engine === undefined ? seeded : seeded.map((unit) => ({ ...unit, engine: options.engine! }));
  if (units.length === 0) throw new Failure(2, 'the plan has no unit of these worlds', 'add them to the plan');
  requireSeeds(
    units.map(({ seed }) => seed),
    development,
  );
  return units;
}

/** The same runs with other seeds, in memory. */
function withSeeds(units: UnitSpec[], seeds: number[]): UnitSpec[] {
  const kinds = new Map(units.map((unit) => [unitKey({ ...unit, seed: 0, engine: 'memory' }), unit]));
  return [...kinds.values()].flatMap((unit) => seeds.map((seed) => ({ ...unit, seed, engine: 'memory' as const })));
}

/** The plan's seeds from 101 on as those of development, as far as there are so many. */
function moved(units: UnitSpec[]): UnitSpec[] {
  return units.filter(({ seed }) => seed > 100 && seed <= 120).map((unit) => ({ ...unit, seed: unit.seed - 100 }));
}

/** About how much work a unit is; the days before the measured ones are recorded for few sources. */
function weightOf({ world, days, detectors }: UnitSpec, worlds: World[]): number {
  const sends = worlds.find(({ name }) => name === world)!.sends_per_day;
  return sends * (detectors === 'short' ? days : days + 5);
}

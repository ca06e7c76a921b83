import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { buildDataset } from '../../simulate/dataset';
import { loadDatasets, type LoadedDatasets } from '../../simulate/load';
import { writeDataset } from '../../simulate/write';
import type { World } from '../../simulate/world';
import type { Contract } from '../../telemetry/contract';
import { loadContracts } from '../../telemetry/load';
import { choose } from './choose';
import { layoutOrOwn } from './content';
import { broughtBy, LAID_OVER, laidOver } from './laid-over';
import { MAX_DAYS, MAX_SENDS_PER_DAY } from './limits';
import { seed, wholeNumber } from './numbers';
import { expectOccurrences } from './occurrences';
import { TerminalProgress } from './progress';

interface Options {
  out: string;
  world?: string[];
  scenario?: string[];
  source?: string[];
  benignOnly?: boolean;
  datasets?: string;
  seed: number;
  days: number;
  history: number;
  scale: number;
}

export function configure(command: Command): void {
  command
    .requiredOption('--out <folder>', 'folder to create; it must not exist yet')
    .option('--world <names...>', 'only these worlds')
    .option('--scenario <names...>', 'only these scenarios, benign or malicious')
    .option('--source <ids...>', 'record only these log sources; the others then take no time')
    .option('--benign-only', 'leave out the malicious scenarios: gives the twin of the same worlds and seed')
    .option(...LAID_OVER)
    .option('--seed <number>', 'the seed of the run', seed, 1)
    .option('--days <number>', 'how many days are measured', wholeNumber(1, MAX_DAYS), 4)
    .option('--history <days>', 'how many days of history come before them', wholeNumber(0, MAX_DAYS), 0)
    .option('--scale <factor>', 'multiplies the ordinary traffic, not the campaigns', factor, 1)
    .action(generate);
}

/** Writes each world's dataset into a folder of its own below `--out`. */
function generate(options: Options): void {
  const layout = laidOver(layoutOrOwn([]), options.datasets);
  const { worlds, scenarios } = withoutErrors(loadDatasets([layout.datasets, ...layout.over]));
  const { contracts } = loadContracts(layout.telemetry);
  if (worlds.length === 0) throw new Failure(2, 'there is no world', 'give a folder that is laid out like datasets/');
  const actors = choose('scenario', scenarios, options.scenario).filter(
    ({ kind }) => kind === 'benign' || !options.benignOnly,
  );
  const brought = broughtBy(options.datasets, worlds);
  const chosen = options.world || brought.length === 0 ? choose('world', worlds, options.world) : brought;
  requireRate(chosen, options.scale);
  const recorded = recordedBy(chosen, contracts, options.source);
  const sets = chosen.map((world) =>
    buildDataset({
      world,
      scenarios: actors,
      contracts: recorded,
      seed: options.seed,
      days: options.days,
      history: { days: options.history, sources: world.sources },
      scale: options.scale,
    }),
  );
  if (options.benignOnly && actors.length === 0 && options.scenario)
    throw new Failure(2, '--benign-only leaves out every scenario that --scenario names', 'leave one of the two out');
  expectOccurrences(actors, options, sets);
  const progress = new TerminalProgress();
  try {
    const events = writeDataset(sets, resolve(options.out), (world, done) => progress.update(`writing ${world}`, done));
    progress.clear();
    process.stdout.write(`${events} events in ${harmless(options.out)}\n`);
  } finally {
    progress.clear();
  }
}

/** Throws a `Failure` (2) where a world, multiplied, would hold more codes than there is memory for. */
function requireRate(worlds: World[], scale: number): void {
  const tooLarge = worlds.find((world) => world.sends_per_day * scale > MAX_SENDS_PER_DAY);
  if (tooLarge === undefined) return;
  throw new Failure(
    2,
    `${tooLarge.name} would send more than ${MAX_SENDS_PER_DAY} messages a day`,
    `give --scale ${MAX_SENDS_PER_DAY / tooLarge.sends_per_day} or less, or other worlds`,
  );
}

/** The contracts of the sources that were asked for, which must be some world's; of all where none were. */
function recordedBy(
  worlds: World[],
  contracts: ReadonlyMap<string, Contract>,
  ids: string[] | undefined,
): ReadonlyMap<string, Contract> {
  const sources = [...new Set(worlds.flatMap((world) => world.sources))].map((name) => ({ name }));
  const wanted = new Set(choose('source', sources, ids).map(({ name }) => name));
  return new Map([...contracts].filter(([id]) => wanted.has(id)));
}

function withoutErrors(datasets: LoadedDatasets): LoadedDatasets {
  const [first] = datasets.diagnostics;
  if (!first) return datasets;
  const place = `${first.file}:${first.line}:${first.column}`;
  throw new Failure(1, `${place}: ${first.message}`, 'tollgate validate shows everything that is wrong');
}

function factor(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10_000)) throw new InvalidArgumentError('It must be above 0 and at most 10000.');
  return value;
}

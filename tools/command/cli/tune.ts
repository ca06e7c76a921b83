import { type Command, Option } from 'commander';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { Failure } from '../../foundation/content/failure';
import { valueFor } from '../../detection/parameters/change';
import type { Parameter } from '../../detection/parameters/declared';
import { parseSeeds, requireSeeds } from '../../evidence/measure/seeds';
import { historyFor } from '../../evidence/measure/unit';
import { openEngines } from '../../evidence/replay/engines';
import { tune, type Sweep } from '../../evidence/tune/run';
import { tuneSubjectOf, type TuneSubject } from '../../evidence/tune/subject';
import { valuesOver } from '../../evidence/tune/values';
import { buildDataset } from '../../simulate/dataset';
import type { World } from '../../simulate/world';
import { TUNE_FORMATS } from '../report/tune';
import { choose } from './choose';
import { PLACEHOLDERS, siteValues } from './content';
import { findExplained, type FoundSubject } from './explained';
import { MAX_DAYS } from './limits';
import { wholeNumber } from './numbers';
import { TerminalProgress } from './progress';
import { loadedWorlds, requireSize, usualWorld } from './worlds';

interface Options {
  world?: string[];
  param: string[];
  values?: string;
  steps: number;
  seeds: string;
  reportSeeds: string;
  days: number;
  placeholders?: string;
  format: keyof typeof TUNE_FORMATS;
}

/** More values than a curve needs. */
const MAX_STEPS = 200;

export function configure(command: Command): void {
  command
    .argument('<rule>', 'the file of a rule or query, or its name, title or id')
    .option('--world <names...>', 'in these worlds; by default the largest one in which it can run quickly')
    .addOption(
      new Option('--param <name>', 'sweep only this parameter; repeatable')
        .argParser((name: string, before: string[]) => [...before, name])
        .default([], 'all'),
    )
    .option('--values <numbers>', 'try these values of the one parameter, such as 10,20,40')
    .option('--steps <number>', 'how many values to try over the whole range', wholeNumber(2, MAX_STEPS), 20)
    .option('--seeds <list>', 'choose the value on these seeds, from 1 to 20', '1-3')
    .option('--report-seeds <list>', 'report the choice on these seeds, from 1 to 20', '4-6')
    .option('--days <number>', 'measured days of each run', wholeNumber(1, MAX_DAYS), 2)
    .option(...PLACEHOLDERS)
    .addOption(
      new Option('--format <format>', 'how to print the sweep').choices(Object.keys(TUNE_FORMATS)).default('pretty'),
    )
    .action(run);
}

async function run(name: string, options: Options): Promise<void> {
  const found = findExplained(name, options.placeholders);
  const { content } = found.loaded;
  const subject = tuneSubjectOf(
    found.subject,
    [...content.rules, ...content.queries],
    content.contracts,
    siteValues(options.placeholders),
  );
  const sweeps = sweepsOf(subject, options);
  const { seeds, reportSeeds } = seedsOf(options);
  const { days, format } = options;
  const { scenarios, ...loaded } = loadedWorlds(found.layout);
  const worlds = worldsFor(found, subject, loaded.worlds, options);
  requireSize(worlds, days);
  const history = historyFor(found.subject.kind === 'query' ? [found.subject.query] : []);
  const { contracts } = subject;
  const progress = new TerminalProgress();
  const [engine] = await openEngines('memory', contracts, { progress });
  try {
    const report = await tune({
      ...{ subject, sweeps, seeds, reportSeeds, engine, progress },
      datasetsOf: (seed) => worlds.map((world) => buildDataset({ world, scenarios, contracts, seed, days, history })),
    });
    progress.clear();
    process.stdout.write(TUNE_FORMATS[format](report));
    if (report.parameters.some(({ choice, nearest }) => choice === null && nearest !== null)) process.exitCode = 1;
  } finally {
    progress.clear();
    await engine.close();
  }
}

/** What is to be tried. Throws a `Failure` (2) for a parameter that there is not, and for values that do not fit. */
function sweepsOf({ title, parameters }: TuneSubject, { param, values, steps }: Options): Sweep[] {
  if (parameters.length === 0)
    throw new Failure(2, `'${title}' has no parameter`, 'declare its numbers under tollgate.parameters');
  const named = param.length === 0 ? parameters : [...new Set(param)].map((name) => parameterNamed(name, parameters));
  if (values === undefined) return named.map((parameter) => ({ parameter, values: valuesOver(parameter, steps) }));
  const [parameter, ...more] = named as [Parameter, ...Parameter[]];
  if (more.length > 0) throw new Failure(2, '--values needs one parameter', 'name it with --param');
  return [{ parameter, values: values.split(',').map((text) => valueFor(parameter, text.trim())) }];
}

/** By its name, with or without that of its rule. */
function parameterNamed(name: string, parameters: readonly Parameter[]): Parameter {
  const found = parameters.find(({ name: own, owner }) => [own, `${owner.name}.${own}`].includes(name));
  if (found) return found;
  const hint = didYouMean(
    name,
    parameters.map((one) => one.name),
  );
  throw new Failure(2, `there is no parameter '${name}'`, hint);
}

/** Seeds to choose on and to report on: all of development, since a threshold must not have seen what is measured, and none of them both. */
function seedsOf(options: Options): { seeds: number[]; reportSeeds: number[] } {
  const [seeds, reportSeeds] = [parseSeeds(options.seeds), parseSeeds(options.reportSeeds)];
  requireSeeds([...seeds, ...reportSeeds], true);
  const both = seeds.find((seed) => reportSeeds.includes(seed));
  if (both === undefined) return { seeds, reportSeeds };
  throw new Failure(2, `seed ${both} is to choose and to report`, 'report on seeds that chose nothing');
}

/** The worlds that were asked for, else the usual one. Throws a `Failure` (2) where it can run in none. */
function worldsFor(
  { subject }: FoundSubject,
  { title, contracts }: TuneSubject,
  worlds: World[],
  options: Options,
): World[] {
  const need = [...contracts.keys()];
  const canRun = (world: World): boolean => need.every((source) => world.sources.includes(source));
  const chosen = options.world ? choose('world', worlds, options.world) : usualWorld(worlds, need, options.days);
  const idle = chosen.find((world) => !canRun(world));
  if (chosen.length > 0 && idle === undefined) return chosen;
  const others = worlds.filter(canRun).map(({ name }) => name);
  throw new Failure(
    2,
    `'${title}' can't run in ${idle?.name ?? 'any world'}, which lacks some of ${need.join(', ')}`,
    others.length > 0 ? `it can in ${others.join(', ')}` : `${subject.file} needs a world with these sources`,
  );
}

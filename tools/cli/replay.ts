import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { findLayout } from '../check/layout';
import { loadContent } from '../check/load';
import { validateLoaded } from '../check/validate';
import { Failure } from '../content/failure';
import { reachOf } from '../hunt/runs';
import type { HuntQuery } from '../hunt/types';
import { openEngines } from '../replay/engines';
import { closure, reported } from '../replay/rule-detector';
import { replay } from '../replay/run';
import { WINDOW_MODELS, type WindowModel } from '../replay/windows';
import { DIAGNOSTIC_FORMATS } from '../report/diagnostics';
import { REPLAY_FORMATS } from '../report/replay';
import { DAY } from '../simulate/curve';
import { buildDataset } from '../simulate/dataset';
import { choose } from './choose';
import { positive, wholeNumber } from './numbers';
import { TerminalProgress } from './progress';

interface Options {
  engine: 'elasticsearch' | 'memory' | 'both';
  world?: string[];
  scenario?: string[];
  datasets?: string;
  seed: number;
  days: number;
  window: WindowModel;
  format: keyof typeof REPLAY_FORMATS;
  url?: string;
  out?: string;
  allowRemoteWrite?: boolean;
}

export function configure(command: Command): void {
  command
    .argument('[paths...]', 'rules and queries to replay, files or folders; by default all')
    .addOption(
      new Option('--engine <engine>', 'where detections run; `both` holds the two against each other')
        .choices(['elasticsearch', 'memory', 'both'])
        .default('elasticsearch'),
    )
    .option('--world <names...>', 'only these worlds')
    .option('--scenario <names...>', 'only these scenarios, benign or malicious')
    .option('--datasets <folder>', 'worlds and scenarios from this folder instead')
    .option('--seed <number>', 'another run of the same worlds', wholeNumber, 1)
    .option('--days <number>', 'measured days', positive, 4)
    .addOption(
      new Option('--window <model>', 'how windows lie in time; the report says what other models than `sliding` change')
        .choices(WINDOW_MODELS)
        .default('sliding'),
    )
    .option('--url <url>', 'an Elasticsearch to use, with credentials from the environment')
    .option(
      '--allow-remote-write',
      'make indices named tollgate-* in a cluster that is not on this machine, and delete them',
    )
    .option('--out <folder>', 'write every format of the report there as well')
    .addOption(
      new Option('--format <format>', 'how to print the report').choices(Object.keys(REPLAY_FORMATS)).default('pretty'),
    )
    .action(run);
}

async function run(paths: string[], options: Options): Promise<void> {
  const { rules, queries, contracts, datasets: stored } = contentOf(paths, options);
  const worlds = choose('world', stored.worlds, options.world);
  const scenarios = choose('scenario', stored.scenarios, options.scenario);
  const datasets = worlds.map((world) =>
    buildDataset({
      world,
      scenarios,
      contracts,
      seed: options.seed,
      days: options.days,
      history: historyFor(queries),
    }),
  );
  if (datasets.length === 0) throw new Failure(2, 'there is no world to replay', 'worlds are in datasets/worlds');
  const partial = options.world !== undefined || options.scenario !== undefined;
  const progress = new TerminalProgress();
  const engines = await openEngines(options.engine, contracts, { ...options, progress });
  try {
    const { window } = options;
    const report = await replay({ rules, queries, contracts, datasets, engines, progress, partial, window });
    progress.clear();
    process.stdout.write(REPLAY_FORMATS[options.format](report));
    if (options.out) {
      mkdirSync(options.out, { recursive: true });
      for (const [format, print] of Object.entries(REPLAY_FORMATS))
        writeFileSync(join(options.out, `replay.${EXTENSIONS[format as keyof typeof REPLAY_FORMATS]}`), print(report));
    }
    const failed = [...report.rules, ...report.queries].some(({ verdict }) => verdict === 'fail');
    if (failed || report.differences.length > 0) process.exitCode = 1;
  } finally {
    progress.clear();
    await Promise.all(engines.map((engine) => engine.close()));
  }
}

/** What is recorded before the measured days, so that a query's first run can look back as far as any other. */
function historyFor(queries: HuntQuery[]): { days: number; sources: string[] } {
  const looking = queries.filter((query) => query.baselineMs > 0);
  const reach = Math.max(0, ...looking.map((query) => reachOf(query).before));
  return { days: Math.ceil(reach / DAY), sources: looking.map((query) => query.source) };
}

/** The rules and queries to replay, with all that they need. Content with errors is not replayed (1), nor is nothing (2). */
function contentOf(paths: string[], options: Options) {
  const found = findLayout(paths);
  const layout = options.datasets ? { ...found, datasets: options.datasets } : found;
  const loaded = loadContent(layout);
  const findings = validateLoaded(loaded, { ...layout, selected: null });
  if (findings.diagnostics.some(({ severity }) => severity === 'error')) {
    process.stderr.write(DIAGNOSTIC_FORMATS.pretty(findings));
    throw new Failure(1, 'the content has errors, so nothing was replayed', 'tollgate validate shows them alone');
  }
  const { content, datasets } = loaded;
  const isSelected = ({ file }: { file: string }) => layout.selected?.has(file) ?? true;
  const byId = new Map(content.sigma.map((rule) => [rule.id, rule]));
  const rules = new Set(
    reported(content.sigma)
      .filter(isSelected)
      .flatMap((rule) => closure(rule, byId)),
  );
  const queries = content.hunts.filter(isSelected);
  if (rules.size === 0 && queries.length === 0)
    throw new Failure(2, 'no rule and no query was selected', 'give a file or folder that holds some');
  return { rules: [...rules], queries, contracts: content.contracts, datasets };
}

const EXTENSIONS: Record<keyof typeof REPLAY_FORMATS, string> = {
  pretty: 'txt',
  json: 'json',
  markdown: 'md',
  junit: 'xml',
};

import { join } from 'node:path';
import type { GivenParameter, ParameterChange } from '../../detection/parameters/change';
import { Failure } from '../../foundation/content/failure';
import { note } from '../../foundation/content/note';
import { writeWhole } from '../../foundation/content/write';
import { worldDigests } from '../../evidence/measure/digest';
import { filesOf, proofsOf, readResults } from '../../evidence/measure/stored';
import type { MeasuredContent } from '../../evidence/measure/unit';
import { openEngines } from '../../evidence/replay/engines';
import { closure, reported, sourcesOf } from '../../evidence/replay/rule-detector';
import { pictureOfUnits, replayUnits, reportOf } from '../../evidence/replay/run';
import type { Proofs } from '../../evidence/replay/verdict';
import type { WindowModel } from '../../evidence/replay/windows';
import { FINDING_FORMATS, isFindingFormat, tellFindings } from '../report/diagnostics';
import { printReplay, REPLAY_FORMATS } from '../report/replay';
import { replayFindings } from '../report/replay-findings';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { loadYaml } from '../../foundation/content/load-yaml';
import type { Layout } from '../check/layout';
import { affectedBy, isNothing } from './affected';
import { changedSince } from './changed';
import { choose } from './choose';
import { expectOccurrences } from './occurrences';
import { inThreads, threadsFor } from './replay-threads';
import { runnableContent } from './content';
import { broughtBy } from './laid-over';
import { TerminalProgress } from './progress';
import { tellsAffected } from './watch';
import { datasetOf, scenariosOf } from './world-datasets';
import { requireSize, smallestWorlds } from './worlds';

/** What the options of `tollgate replay` say of simulated worlds. */
export interface WorldOptions {
  engine: 'elasticsearch' | 'memory' | 'both';
  world?: string[];
  scenario?: string[];
  datasets?: string;
  changed?: string | true;
  seed: number;
  days: number;
  window: WindowModel;
  format: keyof typeof REPLAY_FORMATS | keyof typeof FINDING_FORMATS;
  url?: string;
  out?: string;
  allowRemoteWrite?: boolean;
  keep: boolean;
  jobs?: number;
  placeholders?: string;
  param: GivenParameter[];
}

/** As much work as a world of no sends would be: its campaigns, and the logs of other things. */
const BASE_SENDS = 10_000;

/** Replays the simulated worlds once, with those rules and queries alone that a change of some files affects. */
export async function replayWorlds(
  paths: string[],
  options: WorldOptions,
  files: ReadonlySet<string> | null = null,
): Promise<void> {
  const {
    content: whole,
    layout,
    filters,
    changes,
  } = runnableContent(paths, { ...options, orOwn: true, incomplete: true });
  const sinceCommit = options.changed === undefined ? whole : changedSince(whole, layout, options.changed);
  const content = files && tellsAffected(files, layout) ? affectedBy(sinceCommit, layout, files) : sinceCommit;
  const { rules, queries, contracts } = content;
  if (isNothing(content)) return note('no rule and no query changed, so nothing was replayed');
  const { worlds, leftOut, isPartial } = worldsFor(content, options);
  requireSize(worlds, options.days);
  const scenarios = scenariosOf(content, options);
  const datasets = worlds.map((world) => datasetOf(content, world, options));
  if (datasets.length === 0) throw new Failure(2, 'there is no world to replay', 'worlds are in datasets/worlds');
  expectOccurrences(scenarios, options, datasets);
  const someWorlds = isPartial || options.datasets !== undefined;
  const partial = someWorlds || leftOut.length > 0 || options.scenario !== undefined;
  const progress = new TerminalProgress();
  const engines = await openEngines(options.engine, contracts, { ...options, progress });
  try {
    const { window, format, out } = options;
    const pictured = format === 'html' || out !== undefined;
    const what = {
      rules,
      queries,
      contracts,
      datasets,
      weights: worlds.map(({ sends_per_day }) => BASE_SENDS + sends_per_day * options.days),
      engines,
      progress,
      partial,
      someWorlds,
      onlyScenarios: options.scenario !== undefined,
      someScenarios: options.scenario !== undefined || datasets.every(({ occurrences }) => occurrences.length === 0),
      window,
      pictured,
      // With filters the rules are others than those that were measured, and with another number a rule is.
      proofs: filters > 0 ? undefined : proofsFor(layout, changedBy(changes, rules)),
    };
    const jobs = threadsFor(what.weights, rules.length + queries.length, options.jobs);
    const units = jobs > 1 ? await inThreads(worlds, { ...what, ...options, layout }, jobs) : await replayUnits(what);
    const report = { ...reportOf(units, what), leftOut, ...(changes.length > 0 && { parameters: changes }) };
    const picture = pictured ? pictureOfUnits(units, what) : null;
    progress.clear();
    if (isFindingFormat(format)) tellFindings(replayFindings(report, documentOf), format);
    else process.stdout.write(printReplay(report, format, picture));
    if (options.out !== undefined) {
      const findings = replayFindings(report, documentOf);
      for (const [format, print] of Object.entries(REPLAY_FORMATS))
        writeWhole(
          join(options.out, `replay.${EXTENSIONS[format as keyof typeof REPLAY_FORMATS]}`),
          print(report, picture),
        );
      for (const [format, print] of Object.entries(FINDING_FORMATS))
        writeWhole(join(options.out, `replay.${format}`), print(findings));
    }
    const verdicts = [...report.rules, ...report.queries].map(({ verdict }) => verdict);
    const failed = verdicts.includes('fail') || verdicts.every((verdict) => verdict === 'not-tested');
    if (failed || report.differences.length > 0) process.exitCode = 1;
  } finally {
    progress.clear();
    await Promise.all(engines.map((engine) => engine.close()));
  }
}

/**
 * The worlds that were asked for; without a question those of the folder that is laid over,
 * or where it has none the smallest in which all can run, and the names of the others.
 */
function worldsFor({ rules, queries, contracts, worlds }: MeasuredContent, { world, days, datasets }: WorldOptions) {
  if (world) return { worlds: choose('world', worlds, world), leftOut: [], isPartial: true };
  const brought = broughtBy(datasets, worlds);
  if (brought.length > 0) return { worlds: brought, leftOut: [], isPartial: true };
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const read = reported(rules).map((rule) => sourcesOf(rule, byId, contracts));
  return smallestWorlds(worlds, [...read, ...queries.map(({ source }) => [source])], days);
}

/** The document of a rule or query in its file, for the lines in it. */
function documentOf(file: string, id: string): YamlDocument | undefined {
  return loadYaml(file).documents.find(({ value }) => (value as { id?: unknown } | null)?.id === id);
}

/** Ids of the rules and queries that a changed number has a part in. */
function changedBy(changes: readonly ParameterChange[], rules: readonly Rule[]): Set<string> {
  const changed = new Set(changes.map(({ of }) => of));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const rule of rules) if (closure(rule, byId).some(({ id }) => changed.has(id))) changed.add(rule.id);
  return changed;
}

/** What the committed measurement shows, as far as it is one of the content as it is; nothing of these ids. */
function proofsFor(layout: Layout, without: ReadonlySet<string>): Proofs | undefined {
  const results = readResults(filesOf(layout.datasets).results);
  if (!results) return undefined;
  return new Map([...proofsOf(results, worldDigests(layout))].filter(([id]) => !without.has(id)));
}

const EXTENSIONS: Record<keyof typeof REPLAY_FORMATS, string> = {
  pretty: 'txt',
  json: 'json',
  markdown: 'md',
  junit: 'xml',
  html: 'html',
};

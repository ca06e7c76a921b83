import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { loadContent } from '../check/load';
import type { GivenParameter, ParameterChange } from '../../detection/parameters/change';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { DBT_TARGETS, REFUSED, TARGETS } from '../../export/targets';
import { caseFile, caseRecords } from '../../evidence/replay/case-events';
import type { ExportEntry, Target, TestCase, WholeContent } from '../../export/target';
import { loadShapes } from '../../telemetry/shape-load';
import { loadRules } from '../../detection/rules/load';
import { compareFiles, writeFiles, type Drift } from '../../export/write';
import { parametersText } from '../report/parameters';
import { parameterOption } from './parameters';
import { layoutOrOwn, PLACEHOLDERS, siteValues, tellFilters } from './content';

interface Options {
  target: keyof typeof TARGETS;
  dbt?: boolean;
  check?: boolean;
  out: string;
  placeholders?: string;
  param: GivenParameter[];
}

/** More refusals than this with one reason are told in one line; the export's page names each. */
const MANY = 10;

export function configure(command: Command): void {
  command
    .addOption(targetOption())
    .option('--dbt', 'with the detectors as dbt models, for a target in SQL')
    .option('--check', 'write nothing; exit 1 if the files are out of date')
    .option('--out <dir>', 'folder that gets one folder per target', 'exports')
    .option(...PLACEHOLDERS)
    .addOption(parameterOption())
    .action((options: Options) => {
      const target = targetOf(options);
      const { content, changes } = exportable(options);
      const { files, entries } = target(content);
      const dir = join(options.out, options.target);
      if (changes.length > 0) process.stdout.write(`${harmless(parametersText(changes))}\n`);
      if (options.check) check(dir, compareFiles(dir, files), files.size);
      else process.stdout.write(`${summary(dir, writeFiles(dir, files), files.size)}${refusals(entries)}`);
    });
}

/** Takes a target's name; a platform that has no export is told with the reason. */
function targetOption(): Option {
  const option = new Option('--target <target>', 'the platform').choices(Object.keys(TARGETS)).default('elastic');
  const take = option.parseArg!;
  return option.argParser((value: string, before: unknown) => {
    const reason = Object.hasOwn(REFUSED, value) ? REFUSED[value]! : null;
    if (reason !== null) throw new Failure(2, reason, 'docs/export.md says what has been looked for');
    return take(value, before);
  });
}

function targetOf({ target, dbt }: Options): Target {
  if (!dbt) return TARGETS[target];
  const found = DBT_TARGETS.get(target);
  if (found) return found;
  throw new Failure(
    2,
    `there are no dbt models for ${target}`,
    `--dbt goes with ${[...DBT_TARGETS.keys()].join(', ')}`,
  );
}

/** The content of the working directory. Content with an error is no content: half of the rules would be exported. */
function exportable({ placeholders, param }: Options): { content: WholeContent; changes: ParameterChange[] } {
  const layout = layoutOrOwn([]);
  const values = siteValues(placeholders);
  const loaded = loadContent(layout, { placeholders: values, parameters: param });
  const { content, acts, diagnostics } = loaded;
  if (placeholders !== undefined) tellFilters(loaded);
  const { shapes, diagnostics: ofShapes } = loadShapes(layout.shapes, content.contracts);
  const wrong = [
    ...diagnostics.yaml,
    ...diagnostics.sigma,
    ...diagnostics.queries,
    ...diagnostics.contracts,
    ...diagnostics.acts,
    ...ofShapes.filter(({ code }) => code !== 'unknown-source'),
  ].find(({ severity }) => severity === 'error');
  if (wrong) {
    throw new Failure(
      1,
      `${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.message}`,
      'tollgate validate lists everything that is wrong',
    );
  }
  if (content.sigma.length === 0)
    throw new Failure(2, 'there is no rule to export', "change to the repository's folder");
  const whole = {
    rules: content.sigma,
    queries: content.hunts,
    incidents: incidentsIn(layout.root),
    contracts: content.contracts,
    acts,
    written: { documents: content.rules, placeholders: values },
    shapes,
    cases: (rule: string) => casesOf(rule, content.cases, content.contracts),
  };
  return { content: whole, changes: loaded.changes };
}

/** The cases of a rule with their records. */
function casesOf(
  rule: string,
  documents: readonly YamlDocument[],
  contracts: WholeContent['contracts'],
): readonly TestCase[] {
  return documents
    .map(caseFile)
    .filter((file) => file.rule === rule)
    .flatMap((file) => file.cases.map((one) => ({ name: one.name, records: caseRecords(file, one, contracts) })));
}

/** The rules over alerts; none where the content has no such folder. */
function incidentsIn(root: string): WholeContent['incidents'] {
  const folder = join(root, 'incidents');
  return existsSync(folder) ? loadRules([folder]).rules : [];
}

function check(dir: string, drift: Drift[], files: number): void {
  if (drift.length === 0) {
    process.stdout.write(`${harmless(dir)}: ${files} files, all up to date\n`);
    return;
  }
  const width = Math.max(...drift.map(({ kind }) => kind.length));
  for (const { path, kind } of drift) process.stdout.write(`${kind.padEnd(width)}  ${harmless(join(dir, path))}\n`);
  process.stderr.write('run tollgate export to bring them up to date\n');
  process.exitCode = 1;
}

function summary(dir: string, changes: Drift[], files: number): string {
  const written = changes.filter(({ kind }) => kind !== 'surplus').length;
  return `${harmless(dir)}: ${files} files, ${written} written, ${changes.length - written} removed\n`;
}

/** A line for each that is refused, or one for all with the same reason where these are many. */
function refusals(entries: ExportEntry[]): string {
  const titles = new Map<string, string[]>();
  for (const { rule, exactness, differences } of entries) {
    if (exactness !== 'refused') continue;
    const reason = differences.join(' ');
    titles.set(reason, [...(titles.get(reason) ?? []), rule.title]);
  }
  return [...titles]
    .flatMap(([reason, all]) =>
      all.length > MANY ? [`${all.length} rules and queries: ${reason}`] : all.map((title) => `${title}: ${reason}`),
    )
    .map((line) => `${harmless(`refused: ${line}`)}\n`)
    .join('');
}

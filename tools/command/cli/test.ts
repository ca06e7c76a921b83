import { resolve } from 'node:path';
import { sectionOf } from '../../detection/rules/section';
import { Option, type Command } from 'commander';
import { findLayout, type Layout } from '../check/layout';
import { loadTestable, type Testable } from '../check/testable';
import type { GivenParameter } from '../../detection/parameters/change';
import { Failure } from '../../foundation/content/failure';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { caseFile } from '../../evidence/replay/case-events';
import type { CaseContent } from '../../evidence/replay/case-outcomes';
import { openEngines } from '../../evidence/replay/engines';
import { closure } from '../../evidence/replay/rule-detector';
import { runCases } from '../../evidence/replay/cases';
import { CASE_FORMATS } from '../report/cases';
import { caseFindings } from '../report/case-findings';
import { FINDING_FORMATS, isFindingFormat, tellFindings } from '../report/diagnostics';
import { note } from '../../foundation/content/note';
import { affectedBy } from './affected';
import { parameterOption, requireRun } from './parameters';
import { TerminalProgress } from './progress';
import { readsDetectors, tellsAffected, watch } from './watch';

interface Options {
  engine: 'memory' | 'elasticsearch';
  format: keyof typeof CASE_FORMATS | keyof typeof FINDING_FORMATS;
  url?: string;
  watch?: boolean;
  param: GivenParameter[];
}

export function configure(command: Command): void {
  command
    .argument('[paths...]', 'files or folders of rules or of cases; by default all')
    .addOption(
      new Option('--engine <engine>', 'what runs the cases').choices(['memory', 'elasticsearch']).default('memory'),
    )
    .addOption(
      new Option('--format <format>', 'how to print the results')
        .choices(Object.keys({ ...CASE_FORMATS, ...FINDING_FORMATS }))
        .default('pretty'),
    )
    .addOption(parameterOption())
    .option('--url <url>', 'an Elasticsearch to use, with credentials from the environment')
    .option('--watch', 'after each change, run those again that it affects, and those that failed')
    .action(async (paths: string[], options: Options) => {
      if (options.watch) await watchCases(paths, options);
      else process.exitCode = (await testCases(paths, options)).code;
    });
}

/** How the cases went: the exit code, and the files of those that failed. */
interface Tested {
  code: number;
  failed: string[];
}

/** Runs the cases once, or those alone that a change of some files affects. */
async function testCases(
  paths: string[],
  options: Options,
  changed: ReadonlySet<string> | null = null,
): Promise<Tested> {
  const layout = findLayout(paths);
  const { documents: all, content, changes, diagnostics } = loadTestable(layout, { parameters: options.param });
  const documents = changed && tellsAffected(changed, layout) ? affected(all, content, layout, changed) : all;
  const { files } = layout;
  const { format } = options;
  const isNoCase = documents.every((document) => caseFile(document).cases.length === 0);
  // A format of findings is one list: what keeps cases from being run stands in it beside those that fail.
  if (diagnostics.length > 0 && (isNoCase || !isFindingFormat(format))) tellFindings({ files, diagnostics }, format);
  if (isNoCase && documents !== all && diagnostics.length === 0) {
    note('no case of a rule or query is affected');
    return { code: 0, failed: [] };
  }
  if (isNoCase) {
    if (diagnostics.length > 0) throw new Failure(1, 'no case was run', 'correct the errors above');
    throw new Failure(2, 'there are no cases of these rules', 'cases stand in datasets/cases');
  }
  requireRun(changes, testedBy(documents, content));
  tellUntested(layout, content, documents);
  const progress = new TerminalProgress();
  const [engine] = await openEngines(options.engine, content.contracts, { url: options.url, progress });
  try {
    const results = await runCases(documents, content, engine, progress);
    progress.clear();
    const { name, version } = engine;
    const run = { engine: { name, version }, ...(changes.length > 0 && { parameters: changes }), results };
    if (isFindingFormat(format))
      tellFindings({ files, diagnostics: [...diagnostics, ...caseFindings(results)] }, format);
    else process.stdout.write(CASE_FORMATS[format](run));
    const failed = results.filter(({ passed }) => !passed).map(({ file }) => resolve(file));
    return { code: diagnostics.length > 0 || failed.length > 0 ? 1 : 0, failed };
  } finally {
    progress.clear();
    await engine.close();
  }
}

/** The rules and queries that these cases run, with all that they refer to. */
function testedBy(documents: YamlDocument[], { rules, queries }: CaseContent): { id: string }[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return documents.flatMap((document): { id: string }[] => {
    const { rule: id } = caseFile(document);
    const rule = byId.get(id);
    return rule ? closure(rule, byId) : queries.filter((query) => query.id === id);
  });
}

/** Says on stderr which of the rules and queries that were asked for have no case: that the others pass says nothing of them. */
function tellUntested({ selected }: Layout, { rules, queries }: CaseContent, documents: YamlDocument[]): void {
  const tested = new Set(documents.map((document) => caseFile(document).rule));
  for (const { id, file, title } of [...rules.filter((rule) => sectionOf(rule)), ...queries])
    if (!tested.has(id) && (selected?.has(file) ?? true)) note(`'${title}' has no cases`);
}

/** The cases of the rules and queries that a change of these files affects, and of the rules that they refer to. */
function affected(
  documents: YamlDocument[],
  content: Testable['content'],
  layout: Layout,
  changed: ReadonlySet<string>,
): YamlDocument[] {
  const { rules, queries } = affectedBy(content, layout, changed);
  const ids = new Set([...rules, ...queries].map(({ id }) => id));
  return documents.filter((document) => ids.has(caseFile(document).rule));
}

/** Runs the cases now and after every change of the content, until it is interrupted. Throws a `Failure` (2) for a path that matches nothing. */
function watchCases(paths: string[], options: Options): Promise<never> {
  // What a machine reads holds nothing but results.
  const out = options.format === 'pretty' ? process.stdout : process.stderr;
  const reads = (layout: Layout): string[] => [...readsDetectors(layout), ...layout.cases];
  return watch(
    { paths, find: findLayout, reads, out },
    async (files) => (await testCases(paths, options, files)).failed,
  );
}

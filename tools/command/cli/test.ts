import { sectionOf } from '../../detection/rules/section';
import { Option, type Command } from 'commander';
import { findLayout, type Layout } from '../check/layout';
import { loadTestable } from '../check/testable';
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
import { parameterOption, requireRun } from './parameters';
import { reportError } from './process';
import { TerminalProgress } from './progress';
import { Watched } from './watch';

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
    .option('--watch', 'run them again after each change')
    .action(async (paths: string[], options: Options) => {
      if (options.watch) await watchCases(paths, options);
      else process.exitCode = await testCases(paths, options);
    });
}

/** Runs the cases once; returns the exit code. */
async function testCases(paths: string[], options: Options): Promise<number> {
  const layout = findLayout(paths);
  const { documents, content, changes, diagnostics } = loadTestable(layout, { parameters: options.param });
  const { files } = layout;
  const { format } = options;
  const isNoCase = documents.every((document) => caseFile(document).cases.length === 0);
  // A format of findings is one list: what keeps cases from being run stands in it beside those that fail.
  if (diagnostics.length > 0 && (isNoCase || !isFindingFormat(format))) tellFindings({ files, diagnostics }, format);
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
    return diagnostics.length > 0 || results.some(({ passed }) => !passed) ? 1 : 0;
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

/**
 * Runs the cases now and after every change of the content, until it is interrupted. Throws a `Failure` (2) for a path that matches
 * nothing.
 */
async function watchCases(paths: string[], options: Options): Promise<never> {
  findLayout(paths);
  const watched = new Watched(paths);
  // What a machine reads holds nothing but results.
  const out = options.format === 'pretty' ? process.stdout : process.stderr;
  for (;;) {
    try {
      await testCases(paths, options);
    } catch (error) {
      reportError(error); // A file may be wrong for a while; the next save is another chance.
    }
    out.write(`watching ${watched.files} files; Ctrl-C ends\n`);
    const changes = await watched.changed();
    out.write(`\n── ${new Date().toTimeString().slice(0, 8)} ── ${changes}\n`);
  }
}

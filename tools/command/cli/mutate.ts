import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { findLayout, type Layout } from '../check/layout';
import { loadTestable } from '../check/testable';
import { Failure } from '../../foundation/content/failure';
import { loadOneDocument } from '../../foundation/content/one-document';
import { mutate } from '../../evidence/mutate/run';
import { subjectsOf } from '../../evidence/mutate/subject';
import { judge } from '../../evidence/mutate/survivors';
import { caseFile } from '../../evidence/replay/case-events';
import { FINDING_FORMATS, isFindingFormat, tellFindings } from '../report/diagnostics';
import { MUTANT_FORMATS } from '../report/mutants';
import { TerminalProgress } from './progress';

type Format = keyof typeof MUTANT_FORMATS | keyof typeof FINDING_FORMATS;

export function configure(command: Command): void {
  command
    .argument('[paths...]', 'files or folders of rules, queries or cases; by default all')
    .addOption(
      new Option('--format <format>', 'how to print the result')
        .choices(Object.keys({ ...MUTANT_FORMATS, ...FINDING_FORMATS }))
        .default('pretty'),
    )
    .action(async (paths: string[], options: { format: Format }) => {
      process.exitCode = await mutateRules(findLayout(paths), options.format);
    });
}

/** Returns the exit code: 1 where something survives without a reason, or a reason is out of date. */
async function mutateRules(layout: Layout, format: Format): Promise<number> {
  const { documents, content, sources, diagnostics } = loadTestable(layout);
  const list = listOfSurvivors(layout);
  const problems = [...diagnostics, ...list.diagnostics];
  if (problems.length > 0) {
    tellFindings({ files: layout.files, diagnostics: problems }, format);
    return 1;
  }
  const tested = new Set(documents.map((document) => caseFile(document).rule));
  const all = subjectsOf(content, sources);
  const chosen = all.filter(({ id, file }) => !layout.selected || layout.selected.has(file) || tested.has(id));
  if (chosen.length === 0) throw new Failure(2, 'there are no rules or queries to mutate', 'give their files');
  const progress = new TerminalProgress();
  const results = await mutate(chosen, documents, progress).finally(() => progress.clear());
  const judged = judge(
    results,
    list.documents[0] ?? null,
    all.map(({ id }) => id),
  );
  if (isFindingFormat(format)) tellFindings({ files: layout.files, diagnostics: judged.diagnostics }, format);
  else process.stdout.write(MUTANT_FORMATS[format](judged));
  return judged.diagnostics.length > 0 ? 1 : 0;
}

/** The list of those that may survive stands beside the cases, which are in the datasets of the same content. */
function listOfSurvivors({ datasets, cases }: Layout): ReturnType<typeof loadOneDocument> {
  const file = join(datasets, 'mutants.yml');
  return cases.length > 0 && existsSync(file)
    ? loadOneDocument(file, 'list of survivors')
    : { documents: [], diagnostics: [], unread: [] };
}

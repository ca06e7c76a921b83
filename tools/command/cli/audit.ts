import { type Command, Option } from 'commander';
import { audit, PARTS } from '../../evidence/audit/audit';
import type { PartResult } from '../../evidence/audit/part';
import { findLayout } from '../check/layout';
import { loadContent } from '../check/load';
import { validateLoaded } from '../check/validate';
import { Failure } from '../../foundation/content/failure';
import { writeWhole } from '../../foundation/content/write';
import { AUDIT_FORMATS } from '../report/audit';
import { tellFindings } from '../report/diagnostics';
import { choose } from './choose';
import { note } from '../../foundation/content/note';
import { TerminalProgress } from './progress';

interface Options {
  part?: string[];
  world?: string[];
  scenario?: string[];
  datasets?: string;
  format: keyof typeof AUDIT_FORMATS;
  out?: string;
}

export function configure(command: Command): void {
  command
    .option('--part <names...>', `only these parts: ${PARTS.map(({ name }) => name).join(', ')}`)
    .option('--world <names...>', 'only these worlds')
    .option('--scenario <names...>', 'only these scenarios, benign or malicious')
    .option('--datasets <folder>', 'worlds and scenarios from this folder instead')
    .option('--out <file>', 'write the page there as well, in Markdown')
    .addOption(
      new Option('--format <format>', 'how to print the page').choices(Object.keys(AUDIT_FORMATS)).default('pretty'),
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const parts = choose('part', [...PARTS], options.part);
  const { content, datasets } = contentOf(options);
  const progress = new TerminalProgress();
  try {
    const results = await audit(parts, {
      worlds: choose('world', datasets.worlds, options.world),
      scenarios: choose('scenario', datasets.scenarios, options.scenario),
      rules: content.sigma,
      queries: content.hunts,
      contracts: content.contracts,
      progress,
    });
    progress.clear();
    expectResults(results);
    process.stdout.write(AUDIT_FORMATS[options.format](results));
    if (options.out !== undefined) writeWhole(options.out, AUDIT_FORMATS.markdown(results));
    if (results.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
  } finally {
    progress.clear();
  }
}

/** A part that had nothing to look at finds nothing: it is named, and where it is the only one, that is wrong use (2). */
function expectResults(results: PartResult[]): void {
  const isEmpty = ({ tables, findings }: PartResult): boolean =>
    findings.length === 0 && tables.every(({ rows }) => rows.length === 0);
  const empty = results.filter(isEmpty).map(({ part }) => part);
  if (empty.length === results.length)
    throw new Failure(2, `there was nothing to audit for ${empty.join(', ')}`, 'name other scenarios or worlds');
  for (const part of empty) note(`there was nothing to audit for ${part}`);
}

/** All content; one with errors is not audited (1), nor is one without a world (2). */
function contentOf({ datasets }: Options): ReturnType<typeof loadContent> {
  const found = findLayout([]);
  const layout = datasets === undefined ? found : { ...found, datasets };
  const loaded = loadContent(layout);
  const findings = validateLoaded(loaded, { ...layout, selected: null });
  if (findings.diagnostics.some(({ severity }) => severity === 'error')) {
    tellFindings(findings);
    throw new Failure(1, 'the content has errors, so nothing was audited', 'tollgate validate shows them alone');
  }
  if (loaded.datasets.worlds.length === 0)
    throw new Failure(2, 'there is no world to audit', 'worlds are in datasets/worlds');
  return loaded;
}

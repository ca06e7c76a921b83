import { type Command, Option } from 'commander';
import { audit, PARTS } from '../../evidence/audit/audit';
import type { PartResult } from '../../evidence/audit/part';
import type { MeasuredContent } from '../../evidence/measure/unit';
import { readBy } from '../../evidence/replay/read-contracts';
import { Failure } from '../../foundation/content/failure';
import { writeWhole } from '../../foundation/content/write';
import { AUDIT_FORMATS } from '../report/audit';
import { choose } from './choose';
import { runnableContent } from './content';
import { broughtBy, LAID_OVER } from './laid-over';
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
    .argument('[paths...]', 'rules and queries for the parts near-misses and sensitivity; by default all')
    .option('--part <names...>', `only these parts: ${PARTS.map(({ name }) => name).join(', ')}`)
    .option('--world <names...>', 'only these worlds')
    .option('--scenario <names...>', 'only these scenarios, benign or malicious')
    .option(...LAID_OVER)
    .option('--out <file>', 'also write the page to this file, in Markdown')
    .addOption(
      new Option('--format <format>', 'how to print the page').choices(Object.keys(AUDIT_FORMATS)).default('pretty'),
    )
    .action(run);
}

async function run(paths: string[], options: Options): Promise<void> {
  const possible = PARTS.filter(({ ofDetectors }) => paths.length === 0 || ofDetectors);
  const parts = choose('part', possible, options.part);
  const { rules, queries, contracts, worlds, scenarios } = contentOf(paths, options);
  const progress = new TerminalProgress();
  try {
    const results = await audit(parts, {
      worlds: choose('world', worlds, options.world),
      scenarios: choose('scenario', scenarios, options.scenario),
      rules,
      queries,
      contracts,
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

/** All content, or that of the paths, in the worlds of the folder that is laid over, if it has some; one with errors is not audited (1), nor is one without a world (2). */
function contentOf(paths: string[], { datasets, world }: Options): MeasuredContent {
  const { content: all } = runnableContent(paths, { datasets });
  const brought = world ? [] : broughtBy(datasets, all.worlds);
  const content = brought.length > 0 ? { ...all, worlds: brought } : all;
  if (content.worlds.length === 0) throw new Failure(2, 'there is no world to audit', 'worlds are in datasets/worlds');
  if (paths.length === 0) return content;
  const read = readBy(content, content.contracts);
  return { ...content, worlds: content.worlds.filter(({ sources }) => sources.some((source) => read.has(source))) };
}

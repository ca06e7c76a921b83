import { Option, type Command } from 'commander';
import { changesOf } from '../../evidence/change/changes';
import { readReport } from '../../evidence/change/report-file';
import { CHANGES_FORMATS } from '../report/changes';

export function configure(command: Command): void {
  command
    .argument('<base>', 'the JSON report of a replay without the change')
    .argument('<head>', 'the JSON report of the same replay with the change')
    .addOption(
      new Option('--format <format>', 'how to print what changed')
        .choices(Object.keys(CHANGES_FORMATS))
        .default('pretty'),
    )
    .action((base: string, head: string, { format }: { format: keyof typeof CHANGES_FORMATS }) => {
      process.stdout.write(CHANGES_FORMATS[format](changesOf(readReport(base), readReport(head))));
    });
}

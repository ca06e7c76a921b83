import { Option, type Command } from 'commander';
import { findLayout } from '../check/layout';
import { validate } from '../check/validate';
import { DIAGNOSTIC_FORMATS } from '../report/diagnostics';

export function configure(command: Command): void {
  command
    .argument('[paths...]', 'files or folders; by default rules, queries, datasets and schemas/telemetry')
    .addOption(
      new Option('--format <format>', 'how to print the findings')
        .choices(Object.keys(DIAGNOSTIC_FORMATS))
        .default('pretty'),
    )
    .action((paths: string[], options: { format: keyof typeof DIAGNOSTIC_FORMATS }) => {
      const findings = validate(findLayout(paths));
      process.stdout.write(DIAGNOSTIC_FORMATS[options.format](findings));
      if (findings.diagnostics.some(({ severity }) => severity === 'error')) process.exitCode = 1;
    });
}

import { diagnosticsAsGithub } from './diagnostics-github';
import { diagnosticsAsJson } from './diagnostics-json';
import { diagnosticsAsPretty } from './diagnostics-pretty';
import { diagnosticsAsSarif } from './diagnostics-sarif';
import type { Findings } from './findings';

/** How a command whose own report has other formats can print what it found, for what shows findings at their lines. */
export const FINDING_FORMATS = { github: diagnosticsAsGithub, sarif: diagnosticsAsSarif };

/** How `tollgate validate` can print its findings. */
export const DIAGNOSTIC_FORMATS = { pretty: diagnosticsAsPretty, json: diagnosticsAsJson, ...FINDING_FORMATS };

/** Whether this is the name of one of `FINDING_FORMATS`. */
export function isFindingFormat(format: string): format is keyof typeof FINDING_FORMATS {
  return Object.hasOwn(FINDING_FORMATS, format);
}

/** Tells what keeps a command from running all: on stdout in the format that was asked for, if it is one of findings, and else on stderr. */
export function tellFindings(found: Findings, format = 'pretty'): void {
  if (isFindingFormat(format)) process.stdout.write(FINDING_FORMATS[format](found));
  else process.stderr.write(diagnosticsAsPretty(found, process.stderr));
}

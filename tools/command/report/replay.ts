import { stripVTControlCharacters } from 'node:util';
import { columnsOf } from '../../foundation/content/terminal';
import type { ReplayReport } from '../../evidence/replay/result';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import { FILE_COLUMNS, prettyReport } from './pretty';

/** The formats of a replay's report, by the name that `--format` takes, as they are written to files. */
export const REPLAY_FORMATS = {
  pretty: (report: ReplayReport) => stripVTControlCharacters(prettyReport(report)),
  json: (report: ReplayReport) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: (report: ReplayReport) => markdownReport(report),
  junit: (report: ReplayReport) => junitReport(report),
};

/** The report as it goes to stdout: the pretty one in the terminal's width and colours. */
export function printReplay(report: ReplayReport, format: keyof typeof REPLAY_FORMATS): string {
  if (format !== 'pretty') return REPLAY_FORMATS[format](report);
  return prettyReport(report, columnsOf(process.stdout, FILE_COLUMNS));
}

import { stripVTControlCharacters } from 'node:util';
import { columnsOf } from '../../foundation/content/terminal';
import type { ReplayPicture } from '../../evidence/replay/replay-picture';
import type { ReplayReport } from '../../evidence/replay/result';
import type * as Page from './html/replay';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import { FILE_COLUMNS, prettyReport } from './pretty';

/** The formats of a replay's report, by the name that `--format` takes, as they are written to files; `html` shows its picture as well. */
export const REPLAY_FORMATS = {
  pretty: (report: ReplayReport) => stripVTControlCharacters(prettyReport(report)),
  json: (report: ReplayReport) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: (report: ReplayReport) => markdownReport(report),
  junit: (report: ReplayReport) => junitReport(report),
  html: (report: ReplayReport, picture: ReplayPicture | null = null) => pages().replayPage(report, picture),
};

/** Loaded where a page is made: what draws its charts takes longer to load than all else. */
function pages(): typeof Page {
  return require('./html/replay') as typeof Page;
}

/** The report as it goes to stdout: the pretty one in the terminal's width and colours. */
export function printReplay(
  report: ReplayReport,
  format: keyof typeof REPLAY_FORMATS,
  picture: ReplayPicture | null = null,
): string {
  if (format !== 'pretty') return REPLAY_FORMATS[format](report, picture);
  return prettyReport(report, columnsOf(process.stdout, FILE_COLUMNS));
}

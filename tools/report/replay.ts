import type { ReplayReport } from '../replay/result';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import { prettyReport } from './pretty';

/** The formats of a replay's report, by the name that `--format` takes. */
export const REPLAY_FORMATS = {
  pretty: (report: ReplayReport) => prettyReport(report, process.stdout.columns),
  json: (report: ReplayReport) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: (report: ReplayReport) => markdownReport(report),
  junit: (report: ReplayReport) => junitReport(report),
};

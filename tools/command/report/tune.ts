import type { TuneReport } from '../../evidence/tune/result';
import { tuneMarkdown } from './tune-markdown';
import { tunePretty } from './tune-pretty';

/** How `tollgate tune` can print a sweep. */
export const TUNE_FORMATS = {
  pretty: tunePretty,
  json: (report: TuneReport): string => `${JSON.stringify(report, null, 2)}\n`,
  markdown: tuneMarkdown,
};

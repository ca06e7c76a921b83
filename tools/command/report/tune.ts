import type { TuneReport } from '../../evidence/tune/result';
import type * as Page from './html/tune';
import { tuneMarkdown } from './tune-markdown';
import { tunePretty } from './tune-pretty';

/** How `tollgate tune` can print a sweep. */
export const TUNE_FORMATS = {
  pretty: tunePretty,
  json: (report: TuneReport): string => `${JSON.stringify(report, null, 2)}\n`,
  markdown: tuneMarkdown,
  html: (report: TuneReport): string => pages().tunePage(report),
};

/** Loaded where a page is made: what draws its charts takes longer to load than all else. */
function pages(): typeof Page {
  return require('./html/tune') as typeof Page;
}

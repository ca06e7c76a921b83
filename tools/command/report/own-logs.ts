import { stripVTControlCharacters } from 'node:util';
import { jsonOf } from '@tollgate/sigma/values/json';
import { columnsOf } from '../../foundation/content/terminal';
import { emptyPicture, type OwnPicture } from '../../evidence/own-logs/picture';
import type { OwnReport } from '../../evidence/own-logs/result';
import type * as Page from './html/own-logs';
import { ownJunit } from './own-junit';
import { ownMarkdown } from './own-markdown';
import { ownPretty } from './own-pretty';
import { FILE_COLUMNS } from './pretty';

/** The formats of a replay on one's own logs, by the name that `--format` takes: as they are written to files, and the files' ending. */
export const OWN_FORMATS: Record<
  'pretty' | 'json' | 'markdown' | 'junit' | 'html',
  { print: (report: OwnReport, picture?: OwnPicture) => string; ending: string }
> = {
  pretty: { print: (report) => stripVTControlCharacters(ownPretty(report, FILE_COLUMNS)), ending: 'txt' },
  json: { print: (report) => `${jsonOf(report, 2)}\n`, ending: 'json' },
  markdown: { print: ownMarkdown, ending: 'md' },
  junit: { print: ownJunit, ending: 'xml' },
  html: { print: (report, picture = emptyPicture()) => pages().ownPage(report, picture), ending: 'html' },
};

/** Loaded where a page is made: what draws its charts takes longer to load than all else. */
function pages(): typeof Page {
  return require('./html/own-logs') as typeof Page;
}

/** The report as it goes to stdout: the pretty one in the terminal's width and colours. */
export function printOwn(report: OwnReport, format: keyof typeof OWN_FORMATS, picture: OwnPicture): string {
  if (format !== 'pretty') return OWN_FORMATS[format].print(report, picture);
  return ownPretty(report, columnsOf(process.stdout, FILE_COLUMNS));
}

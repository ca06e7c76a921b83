import { stripVTControlCharacters } from 'node:util';
import { jsonOf } from '@tollgate/sigma/values/json';
import { columnsOf } from '../../foundation/content/terminal';
import type { OwnReport } from '../../evidence/own-logs/result';
import { ownJunit } from './own-junit';
import { ownMarkdown } from './own-markdown';
import { ownPretty } from './own-pretty';
import { FILE_COLUMNS } from './pretty';

/** The formats of a replay on one's own logs, by the name that `--format` takes: as they are written to files, and the files' ending. */
export const OWN_FORMATS: Record<
  'pretty' | 'json' | 'markdown' | 'junit',
  { print: (report: OwnReport) => string; ending: string }
> = {
  pretty: { print: (report) => stripVTControlCharacters(ownPretty(report, FILE_COLUMNS)), ending: 'txt' },
  json: { print: (report) => `${jsonOf(report, 2)}\n`, ending: 'json' },
  markdown: { print: ownMarkdown, ending: 'md' },
  junit: { print: ownJunit, ending: 'xml' },
};

/** The report as it goes to stdout: the pretty one in the terminal's width and colours. */
export function printOwn(report: OwnReport, format: keyof typeof OWN_FORMATS): string {
  if (format !== 'pretty') return OWN_FORMATS[format].print(report);
  return ownPretty(report, columnsOf(process.stdout, FILE_COLUMNS));
}

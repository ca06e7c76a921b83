import { readFileSync, writeFileSync } from 'node:fs';
import { table, type Results } from './table';

const MARKS = ['<!-- generated:bench -->', '<!-- /generated:bench -->'] as const;

/** Puts the table between its two marks in a page. */
export function writeTable(path: string, results: Results): void {
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), results));
}

/** A page with the table between its marks. Throws where it has not both. */
export function withTable(page: string, results: Results): string {
  const [before, rest] = page.split(MARKS[0]);
  const after = rest?.split(MARKS[1])[1];
  if (before === undefined || after === undefined) throw new Error(`the page must have ${MARKS.join(' and ')}`);
  return `${before}${MARKS[0]}\n\n${table(results)}\n\n${MARKS[1]}${after}`;
}

import type { Event } from '@tollgate/sigma/values/event';
import { setOwn } from '@tollgate/sigma/values/map';
import type { EventReader } from './scanner';

/** How a line of the W3C's format begins that says something of the file, and one that names its columns. */
const DIRECTIVE = '#';
const NAMES = '#Fields:';

/**
 * Reads lines of columns as events of texts: parted by tabs, or else by spaces, where quotes or brackets hold a column together. A dash
 * is no value. With `headed`, a line that names the columns holds from there on, and the other directives are no events.
 */
export function columnsReader(columns: readonly string[], headed: boolean): EventReader {
  let names = columns;
  return (bytes, start, end) => {
    const line = bytes.toString('utf8', start, end).replace(/\r$/, '');
    if (line.trim() === '') return null;
    if (headed && line.startsWith(DIRECTIVE)) {
      names = namesIn(line) ?? names;
      return null;
    }
    const values = columnsOf(line);
    if (values.length < names.length && !headed)
      throw new SyntaxError(`the line has ${values.length} columns, not ${names.length}`);
    const event: Event = {};
    for (const [i, name] of names.entries()) {
      const value = values[i];
      if (value !== undefined && value !== '-' && value !== '') setOwn<unknown>(event, name, value);
    }
    return event;
  };
}

/** The columns that a directive names; `null` of any other line. */
export function namesIn(line: string): string[] | null {
  return line.startsWith(NAMES) ? line.slice(NAMES.length).trim().split(/\s+/) : null;
}

/** The columns that hold from the end of some lines on, which may name others than before. */
export function namesAfter(lines: Buffer, before: readonly string[]): readonly string[] {
  const at = lines.lastIndexOf(`\n${NAMES}`) + 1;
  if (at === 0 && !lines.subarray(0, NAMES.length).equals(Buffer.from(NAMES))) return before;
  return namesIn(lines.toString('utf8', at, lines.indexOf(0x0a, at)).replace(/\r$/, '')) ?? before;
}

const ENDS: Record<string, string> = { '"': '"', '[': ']' };

/** The columns of a line. */
export function columnsOf(line: string): string[] {
  if (line.includes('\t')) return line.split('\t');
  const values: string[] = [];
  for (let at = 0; at < line.length;) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    const close = ENDS[line[at]!];
    const end = close === undefined ? endOf(line, at, ' ') : endOf(line, at + 1, close);
    values.push(close === undefined ? line.slice(at, end) : unescaped(line.slice(at + 1, end)));
    at = end + 1;
  }
  return values;
}

/** The place of the next such character that is not escaped, or the line's end. */
function endOf(line: string, at: number, character: string): number {
  while (at < line.length && line[at] !== character) at += line[at] === '\\' && character === '"' ? 2 : 1;
  return Math.min(at, line.length);
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text;
}

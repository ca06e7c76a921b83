import type { Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';
import { parseJson } from '@tollgate/sigma/values/json';
import { columnsOf, columnsReader, namesIn } from '../../foundation/ndjson/columns';
import { LIST_KEYS } from '../../foundation/ndjson/envelope';
import { JsonWalk } from '../../foundation/ndjson/json-walk';
import type { TextLayout } from '../../foundation/ndjson/layout';
import { readTime } from '@tollgate/sigma/values/date-time';
import type { Form } from '../../telemetry/contract';
import { conditionsTest } from '../../telemetry/form-value';

/** Lines at the beginning of a file that are tried: the first may be no record. */
const LINES_TRIED = 5;

const TIMED = /^\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d)[ \t]+\{/;
const DIRECTIVE = /^#(?:Version|Fields|Software|Date|Start-Date|Remark):/;
const DELIMITERS = [',', ';', '\t'];

/** What a file's beginning shows. */
export interface FileBeginning {
  layout: TextLayout;
  /** Of CSV, what parts its columns. */
  delimiter?: string;
  /** Its first record, where it is there as a whole and it is on a line. */
  record?: Event;
}

/**
 * How a file is written, by its beginning, which holds a line's end or is long. `forms` are those that may be meant, of which the ones
 * that are no JSON are looked at; they are asked for only where it is none.
 */
export function beginningOf(head: Buffer, name: string, forms: () => readonly Form[]): FileBeginning {
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  const end = text.indexOf('\n');
  const line = (end < 0 ? text : text.slice(0, end)).trimEnd();
  if (line.startsWith('{')) return objectBeginning(line, text.split('\n', 2).join('\n'));
  if (/^\[\s*(?:[{\]]|$)/.test(text)) return { layout: { kind: 'json' } };
  if (TIMED.test(line)) return { layout: { kind: 'timed' } };
  const lines = text.split('\n').map((each) => each.trimEnd());
  if (DIRECTIVE.test(line)) {
    const columns = lines.map(namesIn).find((names) => names !== null) ?? [];
    return { layout: { kind: 'columns', columns, headed: true } };
  }
  return tableBeginning(lines, name, forms());
}

/** Of an object that is not on its line as a whole, the next line shows whether it goes on or was cut off. */
function objectBeginning(line: string, twoLines: string): FileBeginning {
  const record = objectIn(line);
  if (record === null) return { layout: { kind: isBroken(twoLines) ? 'lines' : 'json' } };
  return isEnvelope(record) ? { layout: { kind: 'json' } } : { layout: { kind: 'lines' }, record };
}

function isBroken(text: string): boolean {
  const walk = new JsonWalk();
  const bytes = Buffer.from(text);
  walk.run(bytes, 0, bytes.length);
  return walk.status === 'wrong';
}

function objectIn(text: string): Event | null {
  try {
    const value = parseJson(text);
    return isMap(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether an object holds records under one of the usual keys, and nothing beside them is a time: an event says when it happened. */
function isEnvelope(object: Event): boolean {
  const isList = (value: unknown) => Array.isArray(value) && value.every(isMap);
  return LIST_KEYS.some((key) => isList(object[key])) && !hasTime(object);
}

/** Whether a value of an object itself is a time. */
export function hasTime(object: Event): boolean {
  return Object.values(object).some((value) => readTime(value) !== null);
}

function tableBeginning(lines: readonly string[], name: string, forms: readonly Form[]): FileBeginning {
  const tried = lines.filter((line) => line !== '').slice(0, LINES_TRIED);
  for (const { layout, columns, when } of forms) {
    if (layout !== 'columns') continue;
    const [read, fits] = [columnsReader(columns!, false), conditionsTest(when)];
    if (tried.some((line) => fitsLine(line, read, fits)))
      return { layout: { kind: 'columns', columns: columns!, headed: false } };
  }
  const [first = ''] = tried;
  const delimiter = DELIMITERS.map((each) => ({ each, count: first.split(each).length })).sort(
    (a, b) => b.count - a.count,
  )[0]!.each;
  const header = first.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const isNamed = /\.csv(?:\.\w+)?$/i.test(name) && header.length > 1;
  const isKnown = forms.some(
    ({ layout, when }) => layout === 'csv' && Object.keys(when).every((column) => header.includes(column)),
  );
  return isNamed || isKnown ? { layout: { kind: 'csv' }, delimiter } : { layout: { kind: 'lines' } };
}

function fitsLine(line: string, read: ReturnType<typeof columnsReader>, fits: (event: Event) => boolean): boolean {
  if (columnsOf(line).length < 2) return false;
  const bytes = Buffer.from(line);
  try {
    const event = read(bytes, 0, bytes.length);
    return event !== null && fits(event);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

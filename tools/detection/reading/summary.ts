import type { Contract } from '../../telemetry/contract';
import type { TextLayout } from '../../foundation/ndjson/layout';
import { isoTime } from '../../telemetry/time';

/** What was read of some lines, or of all. Plain data, so that a thread can send it. */
export interface ReadTally {
  records: number;
  /** Source and form, joined by a space → records. */
  forms: Record<string, number>;
  /** The first and last times, in ISO 8601; empty where none is known. */
  first: string;
  last: string;
}

export function emptyTally(): ReadTally {
  return { records: 0, forms: {}, first: '', last: '' };
}

/** Counts a record. */
export function count(tally: ReadTally, source: string, form: string, time: unknown): void {
  tally.records++;
  const key = `${source} ${form}`;
  tally.forms[key] = (tally.forms[key] ?? 0) + 1;
  if (typeof time !== 'string') return;
  if (tally.first === '' || time < tally.first) tally.first = time;
  if (time > tally.last) tally.last = time;
}

/** Adds what was read of other lines. */
export function add(tally: ReadTally, other: ReadTally): void {
  tally.records += other.records;
  for (const [key, records] of Object.entries(other.forms)) tally.forms[key] = (tally.forms[key] ?? 0) + records;
  if (other.first !== '' && (tally.first === '' || other.first < tally.first)) tally.first = other.first;
  if (other.last > tally.last) tally.last = other.last;
}

const LAYOUTS: Record<TextLayout['kind'], string> = {
  lines: 'NDJSON',
  json: 'JSON',
  timed: 'JSON behind times',
  columns: 'columns',
  csv: 'CSV',
};

/** A line that says what was read: forms, files, records and the time that they span. `layouts`: those of the files. */
export function summaryLine(
  tally: ReadTally,
  files: number,
  layouts: ReadonlySet<TextLayout['kind']>,
  contracts: () => readonly Contract[],
): string {
  const bySource = new Map<string, string[]>();
  for (const key of Object.keys(tally.forms).sort()) {
    const [source, form] = key.split(' ') as [string, string];
    const title = contracts().find(({ id }) => id === source)?.forms?.[form]?.title;
    bySource.set(source, [...(bySource.get(source) ?? []), ...(title === undefined ? [] : [title])]);
  }
  const named = [...bySource].map(([source, titles]) =>
    titles.length === 0 ? source : `${source} (${titles.join(' and ')})`,
  );
  const what =
    named.length > 0 ? named.join(', ') : [...layouts].map((kind) => LAYOUTS[kind]).join(' and ') || 'nothing';
  return [what, counted(files, 'file'), counted(tally.records, 'record'), span(tally)]
    .filter((part) => part !== '')
    .join(', ');
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

/** From the first day to the last, or of one day from the first minute to the last. */
function span({ first, last }: ReadTally): string {
  if (first === '') return '';
  const [from, to] = [isoTime(Date.parse(first)), isoTime(Date.parse(last))];
  const [day, lastDay] = [from.slice(0, 10), to.slice(0, 10)];
  if (day !== lastDay) return `${day} to ${day.slice(0, 4) === lastDay.slice(0, 4) ? lastDay.slice(5) : lastDay}`;
  const [minute, lastMinute] = [from.slice(11, 16), to.slice(11, 16)];
  return minute === lastMinute ? `${day} ${minute}` : `${day} ${minute} to ${lastMinute}`;
}

import { harmless } from '../../foundation/content/harmless';
import { cut, padEnd, widthOf } from './width';
import { duration } from './words';

/** One row of a time line: when something happened, epoch ms. */
export interface TimeRow {
  label: string;
  times: number[];
}

/** Columns of the labels at most, and of the axis at least. */
const WIDEST_LABEL = 32;
const NARROWEST_AXIS = 20;

/**
 * Events on an axis of time, in ASCII and in so many columns. A digit says how many events lie in a column, `+` ten or more; `marked` is
 * the time of the alert, under which a `^` stands.
 */
export function timeLine(rows: TimeRow[], marked: number, columns: number): string[] {
  const all = [...rows.flatMap(({ times }) => times), marked];
  const start = all.reduce((least, time) => Math.min(least, time), Infinity);
  const end = all.reduce((most, time) => Math.max(most, time), -Infinity);
  const labels = rows.map(({ label }) => cut(harmless(label), WIDEST_LABEL));
  const before = Math.max(0, ...labels.map(widthOf)) + 1;
  const width = Math.max(NARROWEST_AXIS, columns - before - 2);
  const columnOf = (time: number) => (end === start ? 0 : Math.round(((time - start) / (end - start)) * (width - 1)));
  const lines = rows.map(({ times }, place) => {
    const counts = new Array<number>(width).fill(0);
    for (const time of times) counts[columnOf(time)]!++;
    const cells = counts.map((count) => (count === 0 ? '.' : count > 9 ? '+' : String(count)));
    return `${padEnd(labels[place]!, before)}|${cells.join('')}|`;
  });
  const at = columnOf(marked);
  const said = `alert, ${offset(marked - start)}`;
  const arrow = at + said.length + 2 <= width ? `^ ${said}` : `${said} ^`;
  const indent = at + said.length + 2 <= width ? at : at - said.length - 1;
  const ends = `${new Date(start).toISOString()}${end > start ? ` to ${offset(end - start)}` : ''}`;
  return [...lines, `${' '.repeat(before + 1 + Math.max(0, indent))}${arrow}`, `${' '.repeat(before + 1)}${ends}`];
}

/** How long after the beginning. */
function offset(ms: number): string {
  return `+${ms % 1000 === 0 || ms >= 60_000 ? duration(ms / 1000) : `${ms / 1000}s`}`;
}

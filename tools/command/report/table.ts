import { fold, padEnd, padStart, widthOf } from './width';

const GAP = '  ';
/** A column is not made narrower than this. */
const NARROWEST = 16;

export interface TableOptions {
  /** Columns of the terminal; infinite for a file or a pipe. */
  columns: number;
  /** How many columns of the table, from the left, say what a row is about. */
  keys: number;
  /** For each column, whether it is set to the right, as figures are. */
  right: boolean[];
  /** Of the first row. */
  paintHead?: (line: string) => string;
}

/**
 * The lines of a table whose first row is its heading. Where it is wider than the terminal it comes in several tables below each other, each
 * with the keys, and long cells take several lines.
 */
export function table(rows: string[][], { columns, keys, right, paintHead = (line) => line }: TableOptions): string[] {
  const widths = right.map((_, i) => Math.max(...rows.map((row) => widthOf(row[i]!))));
  const all = widths.map((_, i) => i);
  if (lineWidth(widths, all) > columns) {
    const beside = Math.max(...widths.slice(keys)) + GAP.length;
    const room = Math.max(columns / 2, columns - beside);
    narrow(widths.slice(0, keys), room).forEach((width, i) => (widths[i] = width));
  }
  const left = columns - lineWidth(widths, all.slice(0, keys)) - GAP.length;
  for (const i of all.slice(keys)) widths[i] = Math.min(widths[i]!, Math.max(NARROWEST, left));
  const blocks: number[][] = [];
  for (const i of all.slice(keys)) {
    const block = blocks.at(-1);
    if (block && lineWidth(widths, [...block, i]) <= columns) block.push(i);
    else blocks.push([...all.slice(0, keys), i]);
  }
  if (blocks.length === 0) blocks.push(all);
  return blocks.flatMap((block, number) => [
    ...(number > 0 ? [''] : []),
    ...rows.flatMap((row, i) => {
      const lines = rowLines(
        block.map((column) => ({ text: row[column]!, width: widths[column]!, right: right[column]! })),
      );
      return i === 0 ? lines.map(paintHead) : lines;
    }),
  ]);
}

function rowLines(cells: { text: string; width: number; right: boolean }[]): string[] {
  const folded = cells.map(({ text, width }) => (widthOf(text) > width ? fold('', text, width) : [text]));
  return Array.from({ length: Math.max(...folded.map((lines) => lines.length)) }, (_, n) =>
    cells
      .map(({ width, right }, i) => (right ? padStart : padEnd)(folded[i]![n] ?? '', width))
      .join(GAP)
      .trimEnd(),
  );
}

/** The same widths, the widest made as narrow as the others until all fit, as far as that goes. */
function narrow(widths: number[], columns: number): number[] {
  const all = widths.map((_, i) => i);
  for (let most = Math.max(...widths); most > NARROWEST && lineWidth(widths, all) > columns; most--)
    widths = widths.map((width) => Math.min(width, most));
  return widths;
}

function lineWidth(widths: number[], of: number[]): number {
  return of.reduce((total, i) => total + widths[i]! + GAP.length, -GAP.length);
}

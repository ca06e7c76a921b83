import type { Position } from '../diagnostics/diagnostic';

/** 1-based line and column of an offset. A line ends with LF, CR LF or CR, as in YAML; columns are UTF-16 units, as in editors. */
export function positionAt(text: string, offset: number): Position {
  const breaks = lineStarts(text);
  return positionFrom(breaks, offset);
}

/** Offsets at which the lines of a text begin, ascending. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const found of text.matchAll(/\r\n|\n|\r/g)) starts.push(found.index + found[0].length);
  return starts;
}

/** As `positionAt`, for many offsets in one text: `starts` is what `lineStarts` gave. */
export function positionFrom(starts: number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

import type * as Width from 'string-width';

/** Loaded where a text is not ASCII, which many reports are not. */
const widthOfAny = (text: string): number => (require('string-width') as typeof Width).default(text);

/** The columns that a text takes on a terminal: wide characters take two, combining marks and the escape sequences of colours none. */
export function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : widthOfAny(text);
}

/** The text in at most so many columns, with an ellipsis where something had to go. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 2) return columns < 1 ? '' : '…';
  const [beginning] = pieces(text, columns - 1);
  return `${beginning!.trimEnd()}…`;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text))) + text;
}

/** Columns in which a text is shown, however narrow the terminal. */
const FEWEST = 12;

/**
 * Text behind a heading, broken between words (within one that is too long for a line). Each further line is as far in as the first, or as
 * `indent` says. One line where `columns` is infinite.
 */
export function fold(heading: string, text: string, columns: number, indent = widthOf(heading)): string[] {
  if (columns === Infinity) return [heading + text];
  const lines: string[] = [];
  const roomAfter = (before: number): number => Math.max(FEWEST, columns - before);
  let room = roomAfter(widthOf(heading));
  let [line, width] = [heading, 0];
  for (const word of text.split(' ').flatMap((one) => [...pieces(one, roomAfter(indent))])) {
    const more = widthOf(word) + (width > 0 ? 1 : 0);
    if (width > 0 && width + more > room) {
      lines.push(line);
      room = roomAfter(indent);
      [line, width] = [' '.repeat(indent) + word, more - 1];
    } else {
      line += width > 0 ? ` ${word}` : word;
      width += more;
    }
  }
  return [...lines, line];
}

/** A text in pieces of at most so many columns, of whole characters as a reader takes them. */
function* pieces(text: string, columns: number): Generator<string> {
  if (widthOf(text) <= columns) return yield text;
  let [begin, width] = [0, 0];
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    const more = widthOf(segment);
    if (width + more > columns && index > begin) {
      yield text.slice(begin, index);
      [begin, width] = [index, 0];
    }
    width += more;
  }
  yield text.slice(begin);
}

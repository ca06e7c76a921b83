import type { Event } from '../content/event';
import { MAX_LINE, type Block } from './blocks';
import type { EventReader } from './scanner';

const LINE_FEED = 0x0a;

/**
 * Gives each event of a block, as `read` reads it, to `take`, and each line that holds none, but is not empty, to `bad`; both with the line's number
 * in the block, from 0, `take` also with its bytes. Returns how many lines there are.
 */
export function readBlock(
  { bytes, overlong }: Block,
  read: EventReader,
  take: (line: number, event: Event, start: number, end: number) => void,
  bad: (line: number, message: string) => void,
): number {
  if (overlong) bad(0, `the line is longer than ${MAX_LINE >> 20} MiB`);
  let line = 0;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, from);
    let event: Event | null = null;
    try {
      event = read(bytes, from, end);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      bad(line, error.message);
    }
    if (event !== null) take(line, event, from, end);
    from = end + 1;
  }
  return line;
}

import { harmless } from './harmless';
import { concealed } from './secrets';

/** Tells on stderr, in a line, what a command does otherwise than one may think; it is no finding. */
export function note(text: string): void {
  // A line of progress may stand there.
  const clear = process.stderr.isTTY ? '\r\u001b[K' : '';
  process.stderr.write(`${clear}note: ${harmless(concealed(text))}\n`);
}

import { harmless } from '../content/harmless';
import { concealed } from '../content/secrets';

/** Tells on stderr, in a line, what a command does otherwise than one may think; it is no finding. */
export function note(text: string): void {
  process.stderr.write(`note: ${harmless(concealed(text))}\n`);
}

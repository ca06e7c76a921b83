import pc from 'picocolors';
import { isTerminal, type MaybeTerminal } from './terminal';

/**
 * Colours only where a person looks: on a terminal that can, and not under NO_COLOR (https://no-color.org). Picocolors' own
 * guess would also colour a pipe where CI is set.
 */
function coloursFor(stream: MaybeTerminal): ReturnType<typeof pc.createColors> {
  return pc.createColors(isTerminal(stream) && !process.env['NO_COLOR']);
}

/** For what goes to stdout. */
export const colour = coloursFor(process.stdout);
/** For what goes to stderr. */
export const stderrColour = coloursFor(process.stderr);

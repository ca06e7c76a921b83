import { isTerminal, type MaybeTerminal } from './terminal';

/**
 * Terminals that are known to follow a link of OSC 8 (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda has the
 * sequence, and most of this list): others may print what they don't know.
 */
const PROGRAMS = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'rio']);
/** VTE, of GNOME's and other terminals, from 0.50.1 on: earlier ones may crash. */
const FIRST_VTE = 5001;

/** Whether what is written there comes to a terminal that shows links. */
function followsLinks(stream: MaybeTerminal, env: NodeJS.ProcessEnv): boolean {
  if (!isTerminal(stream) || env['TMUX'] !== undefined || env['STY'] !== undefined) return false;
  return (
    PROGRAMS.has(env['TERM_PROGRAM'] ?? '') ||
    /^(?:xterm-kitty|alacritty|foot|contour)/.test(env['TERM'] ?? '') ||
    env['WT_SESSION'] !== undefined ||
    env['KONSOLE_VERSION'] !== undefined ||
    Number(env['VTE_VERSION'] ?? 0) >= FIRST_VTE
  );
}

/** The text as a link to an address, on a terminal that shows links; elsewhere, and without an address, the text alone. */
export function hyperlink(
  text: string,
  address: string | undefined,
  stream: MaybeTerminal,
  env: NodeJS.ProcessEnv = process.env,
): string {
  if (address === undefined || !followsLinks(stream, env)) return text;
  return `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}

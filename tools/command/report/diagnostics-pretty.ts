import { colour, stderrColour } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { hyperlink } from '../../foundation/content/hyperlink';
import { columnsOf, type MaybeTerminal } from '../../foundation/content/terminal';
import { pageTarget } from './code-page';
import type { Findings } from './findings';
import { fold } from './width';

/**
 * For people: a line a finding that begins with `file:line:column`, then what to do, then a count. On a terminal lines are broken between
 * words, and the code is a link to its page where the terminal shows links.
 */
export function diagnosticsAsPretty(
  { files, diagnostics }: Pick<Findings, 'files' | 'diagnostics'>,
  stream: MaybeTerminal = process.stdout,
): string {
  const columns = columnsOf(stream, Infinity);
  const pc = stream === process.stderr ? stderrColour : colour;
  const lines = diagnostics.flatMap(({ file, line, column, severity, code, message, hint, rule }) => {
    const label = severity === 'error' ? pc.red(severity) : pc.yellow(severity);
    const told = pc.dim(`[${hyperlink(code, pageTarget(code), stream)}]`);
    return [
      ...fold(
        '',
        `${pc.bold(harmless(`${file}:${line}:${column}`))}: ${label}: ${harmless(message)} ${told}`,
        columns,
        4,
      ),
      ...(rule ? fold(`    ${pc.dim('in')}   `, harmless(rule), columns) : []),
      ...(hint ? fold(`    ${pc.cyan('hint')} `, harmless(hint), columns) : []),
    ];
  });
  const count = (severity: string): number => diagnostics.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const found = [plural(errors, 'error'), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])].join(', ');
  const summary = diagnostics.length === 0 ? pc.green('no findings') : errors > 0 ? pc.red(found) : pc.yellow(found);
  return `${[...lines, `${plural(files, 'file')}, ${summary}`].join('\n')}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

import { colour as pc } from '../content/colour';
import type { Validation } from '../check/validate';

/** For people: a line a finding that begins with `file:line:column`, then what to do, then a count. */
export function diagnosticsAsPretty({ files, diagnostics }: Validation): string {
  const lines = diagnostics.flatMap(({ file, line, column, severity, code, message, hint, rule }) => {
    const label = severity === 'error' ? pc.red(severity) : pc.yellow(severity);
    return [
      `${pc.bold(`${file}:${line}:${column}`)}: ${label}: ${message} ${pc.dim(`[${code}]`)}`,
      ...(rule ? [`    ${pc.dim('in')}   ${rule}`] : []),
      ...(hint ? [`    ${pc.cyan('hint')} ${hint}`] : []),
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

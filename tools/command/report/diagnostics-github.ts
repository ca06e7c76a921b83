import type { Validation } from '../check/validate';
import { harmlessLines } from '../../foundation/content/harmless';

/** GitHub Actions' workflow commands: each finding becomes an annotation on its line of the pull request. */
export function diagnosticsAsGithub({ files, diagnostics }: Validation): string {
  const lines = diagnostics.map(({ file, line, column, severity, code, message, hint }) => {
    const where = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
    return `::${severity} ${where}::${data(hint ? `${message}\nhint: ${hint}` : message)}`;
  });
  return `${[...lines, `${files} files, ${diagnostics.length} findings`].join('\n')}\n`;
}

/** Escapes of https://docs.github.com/actions/reference/workflow-commands-for-github-actions, as its toolkit applies them. */
function data(text: string): string {
  return harmlessLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

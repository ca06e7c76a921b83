import { harmlessLines } from '../../foundation/content/harmless';
import { pageOf } from './code-page';
import type { Findings } from './findings';

/** GitHub Actions' workflow commands: each finding becomes an annotation on its line of the pull request. */
export function diagnosticsAsGithub({ files, diagnostics, unplaced = [] }: Findings): string {
  const lines = diagnostics.map(({ file, line, column, severity, code, message, hint }) => {
    const where = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
    const text = [message, ...(hint ? [`hint: ${hint}`] : []), pageOf(code)].join('\n');
    return `::${severity} ${where}::${data(text)}`;
  });
  const others = unplaced.map((text) => `::error::${data(text)}`);
  return `${[...lines, ...others, `${files} files, ${diagnostics.length + others.length} findings`].join('\n')}\n`;
}

/** Escapes of https://docs.github.com/actions/reference/workflow-commands-for-github-actions, as its toolkit applies them. */
function data(text: string): string {
  return harmlessLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import { pageOf } from './code-page';
import type { Findings } from './findings';

/** Findings for programs: every finding has all keys, null where there is nothing to say. */
export function diagnosticsAsJson({ files, diagnostics }: Findings): string {
  const complete = diagnostics.map(({ file, line, column, severity, code, message, hint = null, rule = null }) => ({
    file,
    line,
    column,
    severity,
    code,
    message,
    hint,
    rule,
    page: pageOf(code),
  }));
  return `${JSON.stringify({ files, diagnostics: complete }, null, 2)}\n`;
}

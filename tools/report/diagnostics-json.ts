import type { Validation } from '../check/validate';

/** The machine-readable form of section 10 of the design: every finding has all keys, null where there is nothing to say. */
export function diagnosticsAsJson({ files, diagnostics }: Validation): string {
  const complete = diagnostics.map(({ file, line, column, severity, code, message, hint = null, rule = null }) => ({
    file,
    line,
    column,
    severity,
    code,
    message,
    hint,
    rule,
  }));
  return `${JSON.stringify({ files, diagnostics: complete }, null, 2)}\n`;
}

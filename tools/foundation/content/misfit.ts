import type { Diagnostic, DiagnosticCode } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';

/** What is wrong with a part of a document: something that fits its schema, or need not, and does not fit the rest. */
export interface Misfit {
  /** Where it stands in the document. */
  path: (string | number)[];
  part?: 'key' | 'value';
  code: DiagnosticCode;
  message: string;
  hint?: string;
}

/** A misfit as a finding about its document: at its position, and with the document's title. */
export function misfitDiagnostic(document: YamlDocument, { path, part, code, message, hint }: Misfit): Diagnostic {
  const title = titleOf(document.value);
  return {
    file: document.file,
    ...document.position(path, part),
    severity: 'error',
    code,
    message,
    ...(hint && { hint }),
    ...(title && { rule: title }),
  };
}

/** The document's title, where it has one: what diagnostics call it. */
function titleOf(value: unknown): string | undefined {
  const title = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['title'] : undefined;
  return typeof title === 'string' ? title : undefined;
}

import type { Diagnostic } from '../content/diagnostic';
import type { YamlDocument } from '../content/yaml';

export type Path = readonly (string | number)[];

/** Collects the diagnostics of one Sigma document, each at the place of the key or value that it is about. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  private readonly rule: string | undefined;

  constructor(private readonly document: YamlDocument) {
    const title = isMap(document.value) ? document.value['title'] : undefined;
    this.rule = typeof title === 'string' ? title : undefined;
  }

  error(code: string, path: Path, message: string, hint?: string, part: 'key' | 'value' = 'value'): void {
    this.add('error', code, path, message, hint, part);
  }

  warning(code: string, path: Path, message: string, hint?: string, part: 'key' | 'value' = 'value'): void {
    this.add('warning', code, path, message, hint, part);
  }

  get failed(): boolean {
    return this.diagnostics.some(({ severity }) => severity === 'error');
  }

  private add(
    severity: Diagnostic['severity'],
    code: string,
    path: Path,
    message: string,
    hint: string | undefined,
    part: 'key' | 'value',
  ): void {
    this.diagnostics.push({
      file: this.document.file,
      ...this.document.position(path, part),
      severity,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(this.rule === undefined ? {} : { rule: this.rule }),
    });
  }
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

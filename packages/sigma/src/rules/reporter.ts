import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic';
import { isMap } from '../values/map';
import type { YamlDocument } from '../yaml/yaml';
import { FileBudget } from './budget';
import { MAX_DIAGNOSTICS } from './limits';

export type Path = readonly (string | number)[];

/** What to do; a function where that has to be searched for. */
export type Hint = string | (() => string);

/** Collects the diagnostics of one Sigma document, at most `MAX_DIAGNOSTICS`, each at the place of the key or value that it is about. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  private readonly rule: string | undefined;

  private errors = 0;

  /** `budget` is that of the document's file. */
  constructor(
    private readonly document: YamlDocument,
    readonly budget = new FileBudget(),
  ) {
    const title = isMap(document.value) ? document.value['title'] : undefined;
    this.rule = typeof title === 'string' ? title : undefined;
  }

  error(code: DiagnosticCode, path: Path, message: string, hint?: Hint, part: 'key' | 'value' = 'value'): void {
    this.add('error', code, path, message, hint, part);
  }

  warning(code: DiagnosticCode, path: Path, message: string, hint?: Hint, part: 'key' | 'value' = 'value'): void {
    this.add('warning', code, path, message, hint, part);
  }

  /** The text of a number or boolean at a path as the rule has it, else its shortest. */
  textOf(value: number | bigint | boolean, path: Path): string {
    return this.document.written?.(path) ?? String(value);
  }

  /** Whether the document has an error, be it one of its YAML, which has been reported elsewhere. */
  get failed(): boolean {
    return this.errors > 0 || this.document.broken === true;
  }

  private add(
    severity: Diagnostic['severity'],
    code: DiagnosticCode,
    path: Path,
    message: string,
    hint: Hint | undefined,
    part: 'key' | 'value',
  ): void {
    if (severity === 'error') this.errors++;
    // The first error of a document stays, however many warnings stand before it.
    if (this.diagnostics.length >= MAX_DIAGNOSTICS && !(severity === 'error' && this.errors === 1)) return;
    const advice = typeof hint === 'function' ? hint() : hint;
    this.diagnostics.push({
      file: this.document.file,
      ...this.document.position(path, part),
      severity,
      code,
      message,
      ...(advice === undefined ? {} : { hint: advice }),
      ...(this.rule === undefined ? {} : { rule: this.rule }),
    });
  }
}

import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';

/** What a command found about files, be it in their content or by running it. */
export interface Findings {
  /** How many files were looked at. */
  files: number;
  diagnostics: Diagnostic[];
  /** What is wrong at no place of any file. */
  unplaced?: string[];
}

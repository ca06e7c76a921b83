import type { ParameterChange } from '../../detection/parameters/change';
import type { CaseResult } from '../../evidence/replay/cases';

/** What `tollgate test` ran. */
export interface CaseRun {
  engine: { name: string; version: string };
  /** Parameters that had other values than in their files; absent where none had. */
  parameters?: ParameterChange[];
  results: CaseResult[];
}

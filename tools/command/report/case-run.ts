import type { CaseResult } from '../../evidence/replay/cases';

/** What `tollgate test` ran. */
export interface CaseRun {
  engine: { name: string; version: string };
  results: CaseResult[];
}

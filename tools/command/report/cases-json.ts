import type { CaseRun } from './case-run';

/** The machine-readable form: the engine, every case with what was expected and what came, and the counts. */
export function casesAsJson({ engine, parameters, results }: CaseRun): string {
  const cases = results.map(({ position, ...result }) => ({ ...result, ...position }));
  const failed = results.filter(({ passed }) => !passed).length;
  return `${JSON.stringify({ engine, parameters, passed: results.length - failed, failed, cases }, null, 2)}\n`;
}

import type { JudgedMutants } from '../../evidence/mutate/survivors';
import { countMutants } from './mutant-counts';

/** The machine-readable form: the sums, a rule or query each with what survived (`reason` is null without one), the findings. */
export function mutantsAsJson({ verdicts, diagnostics }: JudgedMutants): string {
  const rules = verdicts.map(({ id, title, file, killed, equivalent, survivors }) => ({
    id,
    title,
    path: file,
    mutants: killed + survivors.length,
    killed,
    equivalent,
    survivors: survivors.map(({ name, file: at, position, reason }) => ({
      name,
      file: at,
      ...position,
      reason: reason ?? null,
    })),
  }));
  return `${JSON.stringify({ ...countMutants(verdicts), rules, diagnostics }, null, 2)}\n`;
}

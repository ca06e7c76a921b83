import { leaks } from './leaks';
import { nearMisses } from './near-misses';
import type { AuditOptions, AuditPart, PartResult } from './part';
import { realism } from './realism';
import { safety } from './safety';
import { sensitivity } from './sensitivity';
import { Steps } from '../replay/steps';
import { withReason } from './standing';

/** The parts of the audit, in the order of its page. */
export const PARTS: readonly AuditPart[] = [leaks, realism, nearMisses, sensitivity, safety];

/** Tests of the simulated data itself. Each part simulates what it needs, so that any of them can run alone; a finding that stands says why. */
export async function audit(parts: readonly AuditPart[], options: AuditOptions): Promise<PartResult[]> {
  const results: PartResult[] = [];
  const tried: AuditOptions['tried'] = new Map();
  const steps = new Steps(options.progress, parts, 'part');
  for (const part of parts) {
    const result = await part.run({ ...options, progress: steps.next(), tried });
    results.push({ ...result, findings: result.findings.map(withReason) });
  }
  return results;
}

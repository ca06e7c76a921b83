import { partsOf, type Rule } from '@tollgate/sigma/rules/model';
import { sectionOf } from '../../detection/rules/section';
import { NotExportable, type ExportContent, type ExportEntry } from '../target';
import { huntPlan } from './hunt';
import type { ExportDetector, DetectorPlan } from './types';
import { sourceOf, windowOf } from './window';

/** The plan of a rule with those that it refers to, or of a query. Throws `NotExportable` for what no target can say. */
export function planOf(detector: ExportDetector, content: ExportContent): DetectorPlan {
  if (!('kind' in detector)) return { kind: 'hunt', hunt: huntPlan(detector, content) };
  return detector.kind === 'detection'
    ? { kind: 'events', source: sourceOf(detector, content) }
    : { kind: 'episodes', window: windowOf(detector, content) };
}

/** What becomes of each rule that alerts and of each query, in this order: what `write` gives, or why it refuses. */
export function entriesOf(
  { rules, queries }: ExportContent,
  write: (detector: ExportDetector) => ExportEntry,
): ExportEntry[] {
  return [...alerting(rules), ...queries].map((detector) => entryOf(detector, () => write(detector)));
}

/** What becomes of one: what is written, or the reason of a `NotExportable` that is thrown. */
export function entryOf(rule: ExportDetector, write: () => ExportEntry): ExportEntry {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof NotExportable)) throw error;
    return { rule, type: '-', exactness: 'refused', path: null, differences: [error.message] };
  }
}

/** The rules that alert by themselves: those that others count do not, unless they are rules in their own right or a correlation says so. */
export function alerting(rules: readonly Rule[]): Rule[] {
  const parts = partsOf(rules);
  const generated = new Set(rules.flatMap((rule) => (rule.kind === 'correlation' && rule.generate ? rule.rules : [])));
  return rules.filter((rule) => !parts.has(rule.id) || sectionOf(rule) !== undefined || generated.has(rule.id));
}

import type { Level } from '@tollgate/sigma/rules/model';
import type { Act } from '../../detection/acts/act';
import { threats } from '../attack';
import { responseOf } from '../plan/respond';
import type { ExportDetector } from '../plan/types';
import { named } from './yaml';

const SEVERITY: Record<Level, string> = {
  informational: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

/** What a rule's file says of its detector, whatever kind of rule it is. */
export function aboutRule(name: string, detector: ExportDetector, acts: ReadonlyMap<string, Act>): object {
  const { id, title, description, tags, references, level = 'medium' } = detector;
  const runbook = responseOf(detector, acts);
  const techniques = threats([...tags]).flatMap(({ tactic, technique }) =>
    technique.flatMap(({ id: parent, subtechnique }) =>
      subtechnique ? subtechnique.map((sub) => `${tactic.id}:${sub.id}`) : [`${tactic.id}:${parent}`],
    ),
  );
  return {
    Filename: `${name}.py`,
    RuleID: ruleId(name),
    DisplayName: named(`Tollgate: ${title}`),
    Enabled: false,
    Severity: SEVERITY[level],
    Description: description || title,
    ...(runbook !== '' && { Runbook: runbook }),
    ...(references[0] !== undefined && { Reference: references[0] }),
    Tags: ['Tollgate', 'SMS Pumping', id],
    ...(techniques.length > 0 && { Reports: { 'MITRE ATT&CK': techniques } }),
  };
}

export function ruleId(name: string): string {
  return `Tollgate.${name}`;
}

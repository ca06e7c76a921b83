import type { DetectionRule } from '../../tools/sigma/model';

/** What every rule of a test says about itself. */
export const base = {
  status: 'test' as const,
  level: 'high' as const,
  description: '',
  references: [],
  tags: [],
  falsepositives: [],
  file: 'rules/x.yml',
  document: 0,
};
/** Every event. */
export const sent: DetectionRule = {
  ...base,
  kind: 'detection',
  id: 'sent',
  title: 'Sent',
  logsource: { product: 'p' },
  plan: { expr: { op: 'and', all: [] }, fields: [] },
};

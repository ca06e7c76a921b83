import type { CorrelationRule, DetectionRule } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../../tools/telemetry/contract';

/** What every rule of a test says about itself. */
export const base = {
  status: 'test' as const,
  level: 'high' as const,
  description: '',
  references: [],
  tags: [],
  falsepositives: [],
  attributes: {},
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

/** Three events of a block in so many minutes. */
export const burstIn = (minutes: number): CorrelationRule => ({
  ...base,
  kind: 'correlation',
  id: 'burst',
  title: 'Burst',
  type: 'event_count',
  rules: ['sent'],
  groupBy: ['block'],
  aliases: {},
  timespanMs: minutes * 60_000,
  condition: { gte: 3 },
  generate: false,
});

/** The contract of the rules' source. */
export const contractWith = (more: Partial<Contract> = {}): Contract =>
  ({
    id: 'src',
    logsource: { product: 'p' },
    roles: { asset: 'asset', identity: null, destination: null },
    ...more,
  }) as unknown as Contract;

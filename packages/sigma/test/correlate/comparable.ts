import type { Alert } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';
import type { Episode } from './oracle';

/** Alerts in the form and order of the oracles. */
export function comparable(rule: CorrelationRule, alerts: readonly Alert[]): Episode[] {
  return alerts
    .map(({ group, ...alert }) => ({
      ...alert,
      group: rule.groupBy.map((name) => `/${JSON.stringify(String(group[name]))}`).join(''),
    }))
    .sort((a, b) => a.start - b.start || (a.group < b.group ? -1 : 1));
}

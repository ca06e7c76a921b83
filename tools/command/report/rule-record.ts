import { otherAttributes } from '../../detection/rules/section';
import type { Rule } from '@tollgate/sigma/rules/model';

/** What a rule says about itself, without what it leaves empty; its log source as it is written. */
export function ruleRecord(rule: Rule): Record<string, unknown> {
  const { name, status, level, description, author, date, modified, license, references, tags, falsepositives } = rule;
  const { fields, scope, related } = rule;
  const { custom, ...known } = rule.kind === 'detection' ? rule.logsource : {};
  const said = {
    ...{ name, status, level, description, author, date, modified, license, references, tags, falsepositives },
    ...{ fields, scope, related, logsource: { ...known, ...custom }, attributes: otherAttributes(rule) },
  };
  const isEmpty = (value: unknown) =>
    value === undefined || value === '' || (typeof value === 'object' && Object.keys(value!).length === 0);
  return Object.fromEntries(Object.entries(said).filter(([, value]) => !isEmpty(value)));
}

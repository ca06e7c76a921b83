import type { HuntQuery } from '../../detection/hunt/types';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';
import { contractFor } from '../../telemetry/logsource';

/** The contracts of the sources that rules and queries read. */
export function readBy(
  { rules, queries }: { rules: Rule[]; queries: HuntQuery[] },
  contracts: Map<string, Contract>,
): Map<string, Contract> {
  const ofRules = rules.flatMap((rule) =>
    rule.kind === 'detection' ? (contractFor(rule.logsource, contracts.values())?.id ?? []) : [],
  );
  const read = new Set([...ofRules, ...queries.map(({ source }) => source)]);
  return new Map([...contracts].filter(([source]) => read.has(source)));
}

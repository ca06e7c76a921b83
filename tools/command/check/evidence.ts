import { sectionOf } from '../../detection/rules/section';
import { ruleDigest } from '../../evidence/own-logs/digest';
import { fieldDoubt } from '../../evidence/own-logs/field-proof';
import { closure } from '../../evidence/replay/rule-detector';
import type { Rule } from '@tollgate/sigma/rules/model';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { fieldsOf } from '../../telemetry/contract';
import { contractFor } from '../../telemetry/logsource';
import { documentOf, type Check, type Content } from './content';
import { getOwn } from '@tollgate/sigma/values/map';

export const evidenceCheck: Check = {
  name: 'evidence',
  what: "A rule's status is not above what is known of the fields it reads and of its own measurement.",
  run: (content) => content.sigma.flatMap((rule) => statusOf(rule, content)),
};

function statusOf(rule: Rule, content: Content) {
  const reporter = new Reporter(documentOf(content, rule));
  reportStatus(rule.status, weakestFields(rule, content), reporter, () => {
    const byId = new Map(content.sigma.map((one) => [one.id, one]));
    const claim = { id: rule.id, digest: ruleDigest(closure(rule, byId)), budget: sectionOf(rule)?.budget };
    return fieldDoubt(claim, content.fieldEvidence);
  });
  return reporter.diagnostics;
}

/**
 * Reports a status that the evidence cannot carry, or that fields which nobody has verified cannot. `doubt` says why evidence from real
 * logs does not carry `stable`; null where it does.
 */
export function reportStatus(
  status: string | undefined,
  unverified: { field: string; contract: string }[],
  reporter: Reporter,
  doubt: () => string | null,
): void {
  const why = status === 'stable' ? doubt() : null;
  if (why !== null) {
    const hint =
      "set status to 'test': synthetic evidence carries it no further; `tollgate evidence` writes what a site saw";
    reporter.error('unproven-status', ['status'], `status 'stable' needs a replay on real logs: ${why}`, hint);
  }
  if (status !== 'stable' && status !== 'test') return;
  for (const { field, contract } of unverified) {
    const message = `status '${status}' is too high: nobody has verified the field '${field}' of ${contract}`;
    reporter.error(
      'unverified-field',
      ['status'],
      message,
      "set status to 'experimental', or verify the field in the contract",
    );
  }
}

/** The unverified fields that decide the rule, also through the rules that it correlates. */
function weakestFields(rule: Rule, content: Content, seen = new Set<string>()): { field: string; contract: string }[] {
  if (seen.has(rule.id)) return [];
  seen.add(rule.id);
  const inputs = rule.kind === 'detection' ? [rule] : inputsOf(rule, content);
  return inputs.flatMap((input) => {
    if (input.kind === 'correlation') return weakestFields(input, content, seen);
    const contract = contractFor(input.logsource, content.contracts.values());
    if (!contract) return [];
    const fields = fieldsOf(contract);
    const read = rule.kind === 'detection' ? rule.plan.fields : [...input.plan.fields, ...correlated(rule, input.id)];
    return [...new Set(read)]
      .filter((field) => fields[field]?.evidence === 'unverified')
      .map((field) => ({ field, contract: contract.id }));
  });
}

function inputsOf(rule: Extract<Rule, { kind: 'correlation' }>, content: Content): Rule[] {
  return rule.rules.flatMap((id) => content.sigma.find((other) => other.id === id) ?? []);
}

/** The fields that a correlation groups by and counts, under the names that one of its rules gives them. */
function correlated(rule: Extract<Rule, { kind: 'correlation' }>, input: string): string[] {
  return [...rule.groupBy, ...(rule.condition.field ?? [])].flatMap((name) => {
    const alias = getOwn(rule.aliases, name);
    return alias ? (getOwn(alias, input) ?? []) : name;
  });
}

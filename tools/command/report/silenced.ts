import { sectionOf } from '../../detection/rules/section';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findYaml } from '../../foundation/content/find';
import { loadYaml } from '../../foundation/content/load-yaml';
import { parseQueries } from '../../detection/hunt/parse';
import type { HuntQuery } from '../../detection/hunt/types';
import { loadRules } from '../../detection/rules/load';
import type { CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../telemetry/contract';
import { absentFrom } from '../../telemetry/form';
import { contractFor } from '../../telemetry/logsource';
import type { SilentForms } from '../../telemetry/form-page';

/**
 * Which rules and queries below a repository's root can never find anything in a form of their source, since it lacks a field that
 * they need: source → form → the paths of their files.
 */
export function silentForms(root: string, contracts: ReadonlyMap<string, Contract>): SilentForms {
  const { rules, queries } = contentOf(root, contracts);
  const found: SilentForms = new Map();
  for (const contract of contracts.values()) {
    const forms = new Map<string, Set<string>>();
    for (const [id, form] of Object.entries(contract.forms ?? {})) {
      const without = absentFrom(form, contract);
      if (without.size === 0) continue;
      const silent = [
        ...silentRules(rules, contract, without, contracts),
        ...silentQueries(queries, contract, without),
      ];
      forms.set(id, new Set(silent.map(({ file }) => relative(root, file))));
    }
    found.set(contract.id, forms);
  }
  return found;
}

function contentOf(root: string, contracts: ReadonlyMap<string, Contract>): { rules: Rule[]; queries: HuntQuery[] } {
  const [rules, queries] = ['rules', 'queries'].map((folder) => join(root, folder));
  const documents = existsSync(queries!) ? findYaml([queries!]).flatMap((file) => loadYaml(file).documents) : [];
  return {
    rules: existsSync(rules!) ? loadRules([rules!]).rules : [],
    queries: parseQueries(documents, contracts).queries,
  };
}

function silentRules(
  rules: Rule[],
  contract: Contract,
  without: ReadonlySet<string>,
  contracts: ReadonlyMap<string, Contract>,
): Rule[] {
  const isHere = (rule: DetectionRule) => contractFor(rule.logsource, contracts.values())?.id === contract.id;
  const silent = new Set<Rule>();
  for (const rule of rules)
    if (rule.kind === 'detection' && isHere(rule) && !canBe(rule.plan.expr, true, without)) silent.add(rule);
  const byReference = new Map(
    rules.flatMap((rule) => [[rule.id, rule], ...(rule.name ? [[rule.name, rule]] : [])] as [string, Rule][]),
  );
  for (const rule of rules) {
    if (rule.kind !== 'correlation') continue;
    const parts = rule.rules.map((name) => byReference.get(name));
    const here = parts.filter((part): part is DetectionRule => part?.kind === 'detection' && isHere(part));
    const quiet = parts.filter((part) => part !== undefined && silent.has(part));
    const needsAll = rule.type.startsWith('temporal');
    if (quiet.length > 0 && (needsAll || quiet.length === parts.length)) silent.add(rule);
    else if (here.length === parts.length && lacksGroup(rule, here, without)) silent.add(rule);
  }
  // A part of a correlation is no rule of its own.
  return [...silent].filter((rule) => sectionOf(rule) !== undefined);
}

function lacksGroup(
  { groupBy, aliases, condition, type }: CorrelationRule,
  parts: DetectionRule[],
  without: ReadonlySet<string>,
): boolean {
  const counted = type === 'value_count' || type.startsWith('value_') ? (condition.field ?? []) : [];
  return [...groupBy, ...counted].some((field) =>
    parts.every(({ id, name }) => without.has(aliases[field]?.[id] ?? aliases[field]?.[name ?? ''] ?? field)),
  );
}

function silentQueries(queries: HuntQuery[], contract: Contract, without: ReadonlySet<string>): HuntQuery[] {
  return queries.filter(
    ({ source, groupBy, selections }) =>
      source === contract.id &&
      (groupBy.some((field) => without.has(field)) ||
        Object.values(selections).every(({ expr }) => !canBe(expr, true, without))),
  );
}

/** Whether a condition can be true, or false, of an event without some fields. */
function canBe(expr: Expr, wanted: boolean, without: ReadonlySet<string>): boolean {
  switch (expr.op) {
    case 'test':
      return testCanBe(expr.test, wanted, without);
    case 'not':
      return canBe(expr.expr, !wanted, without);
    case 'and':
      return wanted
        ? expr.all.every((each) => canBe(each, true, without))
        : expr.all.some((each) => canBe(each, false, without));
    case 'or':
      return wanted
        ? expr.any.some((each) => canBe(each, true, without))
        : expr.any.every((each) => canBe(each, false, without));
  }
}

function testCanBe(test: Test, wanted: boolean, without: ReadonlySet<string>): boolean {
  const fields = test.kind === 'ref' ? [test.field, test.other] : [test.field];
  if (!fields.some((field) => field !== null && without.has(field))) return true;
  const holds = test.kind === 'null' || (test.kind === 'exists' && !test.present);
  return holds === wanted;
}

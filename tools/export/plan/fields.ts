import type { Expr } from '@tollgate/sigma/rules/plan';
import { derivedWithout } from '../../telemetry/form';
import { assetFields, type Contract } from '../../telemetry/contract';
import type { Shape } from '../../telemetry/shape';
import type { DetectorPlan, SlidingWindow } from './types';

/** The fields that a detector reads and a platform's own table does not have, so that over it the detector means something else; sorted. */
export function lackingFields(plan: DetectorPlan, contract: Contract, { lacks }: Shape): string[] {
  const missing = Object.keys(lacks);
  const absent = new Set([...missing, ...derivedWithout(missing, contract)]);
  return [...readFields(plan, contract)].filter((field) => absent.has(field)).sort();
}

/** The fields of a source that a detector tests, groups by, counts or measures. */
export function readFields(plan: DetectorPlan, contract: Contract): Set<string> {
  if (plan.kind === 'events')
    return new Set(plan.source.contract === contract ? fieldsTested(plan.source.predicate) : []);
  if (plan.kind === 'episodes') return new Set(windowFields(plan.window, contract));
  const { hunt } = plan;
  if (hunt.contract !== contract) return new Set();
  const measured = hunt.measures.flatMap(({ field }) => field ?? []);
  return new Set([...hunt.by, ...measured, ...hunt.selections.flatMap(({ source }) => fieldsTested(source.predicate))]);
}

function windowFields({ members }: SlidingWindow, contract: Contract): string[] {
  return members.flatMap(({ of, by, values }) => {
    if (of.op !== 'source') return windowFields(of, contract);
    return of.contract === contract ? [...by, ...values, ...fieldsTested(of.predicate)] : [];
  });
}

/** The fields that a predicate asks for, each as often as it does. */
export function fieldsTested(expr: Expr): string[] {
  switch (expr.op) {
    case 'and':
      return expr.all.flatMap(fieldsTested);
    case 'or':
      return expr.any.flatMap(fieldsTested);
    case 'not':
      return fieldsTested(expr.expr);
    case 'test':
      return [expr.test.field ?? [], 'other' in expr.test ? expr.test.other : []].flat();
  }
}

/** Some fields and those that they are derived from, in the order of the contract: raw ones first, and none before what it needs. */
export function neededFields(contract: Contract, fields: Iterable<string>): string[] {
  const needed = new Set<string>();
  const need = (field: string): void => {
    if (needed.has(field)) return;
    needed.add(field);
    for (const source of sourcesOf(contract, field)) need(source);
  };
  for (const field of fields) need(field);
  return [...Object.keys(contract.fields), ...Object.keys(contract.derived)].filter((field) => needed.has(field));
}

function sourcesOf(contract: Contract, field: string): string[] {
  const derive = contract.derived[field]?.derive;
  if (!derive) return [];
  if (derive.how === 'asset') return assetFields(derive);
  if (derive.how === 'first') return [derive.from, derive.or];
  return [derive.from, ...(derive.how === 'picked' ? [derive.by] : [])];
}

import type { CorrelationRule, DetectionRule } from '@tollgate/sigma/rules/model';
import type { Contract } from '../../telemetry/contract';
import { NotExportable } from '../target';
import { ALERTS, readAlerts } from './alerts';
import { esqlCondition, identifier, quote } from './expression';
import { ExportedFields, type Differences } from './fields';
import { datasetOf, indexPattern } from './names';

/** A detection that a correlation counts, and the source that it belongs to. */
export interface Base {
  rule: DetectionRule;
  contract: Contract;
}

/** One of the rules that a correlation refers to: a detection, or the detections of another correlation. */
export interface Input {
  id: string;
  bases: Base[];
  /** The correlation whose alerts are counted, rather than the matches. */
  inner?: CorrelationRule;
}

/** A row for each event of the inputs. With several inputs, the column `rule` has the input's id; `withId` asks for that of the event. */
export function readInputs(
  inputs: readonly Input[],
  perRule: boolean,
  differences: Differences,
  withId = false,
): string[] {
  const sources = [...new Set(inputs.flatMap(({ bases }) => bases.map(({ contract }) => contract)))];
  const many = sources.length > 1;
  const metadata = [...(many ? ['_index'] : []), ...(withId ? ['_id'] : [])];
  const from = `FROM ${sources.map(indexPattern).join(', ')}${metadata.length > 0 ? ` METADATA ${metadata.join(', ')}` : ''}`;
  const read = [from, ...(sources.includes(ALERTS) ? readAlerts() : [])];
  const tests = inputs.map(({ id, bases }) => {
    const each = bases.map(({ rule, contract }) => {
      const condition = esqlCondition(rule.plan.expr, new ExportedFields(contract), differences, inputs.length > 1);
      return many ? `(_index LIKE ${quote(`*${datasetOf(contract)}-*`)} AND ${condition})` : condition;
    });
    return { id: quote(id), test: each.length === 1 ? each[0]! : `(${each.join(' OR ')})` };
  });
  if (tests.length === 1) return [...read, `WHERE ${tests[0]!.test}`];
  if (!perRule || disjoint(inputs)) {
    return [
      ...read,
      `EVAL rule = CASE(${tests.map(({ id, test }) => `${test}, ${id}`).join(', ')}, null)`,
      'WHERE rule IS NOT NULL',
    ];
  }
  const flags = tests.map(({ id, test }, i) => `rule_${i + 1} = CASE(${test}, ${id}, "")`).join(', ');
  const all = tests.map((_, i) => `rule_${i + 1}`).reduce((list, flag) => `MV_APPEND(${list}, ${flag})`);
  return [...read, `EVAL ${flags}`, `EVAL rule = ${all}`, 'MV_EXPAND rule', 'WHERE rule != ""'];
}

/**
 * The rows that a correlation over detections counts: with its aliases, and with every field which is needed. An event that
 * matches several rules is one row and stands for the first of them; with `perRule` it is a row for each.
 */
export function readMatches(
  correlation: CorrelationRule,
  bases: readonly Base[],
  counted: readonly string[],
  perRule: boolean,
  differences: Differences,
): string[] {
  if (!perRule) refuseAmbiguity(correlation, bases);
  const inputs = bases.map((base) => ({ id: base.rule.id, bases: [base] }));
  return [
    ...readInputs(inputs, perRule, differences, correlation.type === 'event_count'),
    ...aliasColumns(correlation, bases),
    ...present([...correlation.groupBy, ...counted]),
  ];
}

/** Rows that lack a value are no part of any group. */
export function present(fields: readonly string[]): string[] {
  const names = [...new Set(fields)];
  return names.length === 0 ? [] : [`WHERE ${names.map((field) => `${identifier(field)} IS NOT NULL`).join(' AND ')}`];
}

/** Whether no event can belong to two of the inputs, because each has sources of its own. */
function disjoint(inputs: readonly Input[]): boolean {
  const owned = inputs.map(({ bases }) => new Set(bases.map(({ contract }) => contract)));
  const total = owned.reduce((sum, { size }) => sum + size, 0);
  return new Set(owned.flatMap((set) => [...set])).size === total;
}

/** An event that matches two rules of its source and has another alias in each would have to be counted in two groups. */
function refuseAmbiguity({ aliases }: CorrelationRule, bases: readonly Base[]): void {
  for (const [alias, byRule] of Object.entries(aliases)) {
    const fields = new Map<Contract, string>();
    for (const { rule, contract } of bases) {
      const field = byRule[rule.id] ?? alias;
      if ((fields.get(contract) ?? field) !== field) {
        throw new NotExportable(
          `The alias ${alias} stands for two fields of one source, and an event could count under both.`,
        );
      }
      fields.set(contract, field);
    }
  }
}

/** Fields that a correlation calls by one name, whatever each rule calls them. */
function aliasColumns(correlation: CorrelationRule, bases: readonly Base[]): string[] {
  return Object.entries(correlation.aliases).map(([alias, byRule]) => {
    const named = bases.map(({ rule }) => ({ id: rule.id, column: identifier(byRule[rule.id] ?? alias) }));
    const [only] = new Set(named.map(({ column }) => column));
    if (named.every(({ column }) => column === only)) return `EVAL ${identifier(alias)} = ${only}`;
    const cases = named.map(({ id, column }) => `rule == ${quote(id)}, ${column}`).join(', ');
    return `EVAL ${identifier(alias)} = CASE(${cases}, null)`;
  });
}

import type { Contract } from '../../telemetry/contract';
import type { Source } from '../plan/types';
import { ALERTS, readAlerts } from './alerts';
import { esqlCondition, identifier, quote } from './expression';
import { ExportedFields, type Differences } from '../lucene/fields';
import type { Input } from './inputs';
import { datasetOf, indexPattern } from '../lucene/names';

/** A row for each event of the inputs; with several, the column `rule` has the number of the input. `withId` asks for the event's own id. */
export function readInputs(inputs: readonly Input[], differences: Differences, withId = false): string[] {
  const contracts = [...new Set(inputs.flatMap(({ sources }) => sources.map(({ contract }) => contract)))];
  const many = contracts.length > 1;
  const metadata = [...(many ? ['_index'] : []), ...(withId ? ['_id'] : [])];
  const from = `FROM ${contracts.map(indexPattern).join(', ')}${metadata.length > 0 ? ` METADATA ${metadata.join(', ')}` : ''}`;
  const read = [from, ...(contracts.includes(ALERTS) ? readAlerts() : [])];
  const conditionOf = ({ sources }: Input, inCase: boolean): string => {
    const each = sources.map(({ contract, predicate }) => {
      const condition = esqlCondition(predicate, new ExportedFields(contract), differences, inCase);
      return many ? `(_index LIKE ${quote(`*${datasetOf(contract)}-*`)} AND ${condition})` : condition;
    });
    return each.length === 1 ? each[0]! : `(${each.join(' OR ')})`;
  };
  const [only, ...others] = inputs;
  if (others.length === 0) return [...read, `WHERE ${conditionOf(only!, false)}`];
  const tests = inputs.map((input) => ({ number: numberOf(input), test: conditionOf(input, true) }));
  if (areApart(inputs)) {
    const cases = tests.map(({ number, test }) => `${test}, ${number}`).join(', ');
    return [...read, `EVAL rule = CASE(${cases}, null)`, 'WHERE rule IS NOT NULL'];
  }
  const flags = tests.map(({ number, test }) => `rule_${number} = CASE(${test}, ${number}, 0)`).join(', ');
  const all = tests.map(({ number }) => `rule_${number}`).reduce((list, flag) => `MV_APPEND(${list}, ${flag})`);
  return [...read, `EVAL ${flags}`, `EVAL rule = ${all}`, 'MV_EXPAND rule', 'WHERE rule > 0'];
}

/** The value of the column `rule` in the rows of an input. */
export function numberOf({ rule }: Input): number {
  return rule + 1;
}

/** Rows that lack a value are no part of any group. */
export function present(fields: readonly string[]): string[] {
  const names = [...new Set(fields)];
  return names.length === 0 ? [] : [`WHERE ${names.map((field) => `${identifier(field)} IS NOT NULL`).join(' AND ')}`];
}

/** Makes columns of fields that the inputs call by different names, by one name for each place. */
export function namedAlike(
  inputs: readonly Input[],
  names: readonly string[],
  fieldsOf: (input: Input) => readonly string[],
): string[] {
  return names.flatMap((name, place) => {
    const named = inputs.map((input) => ({ number: numberOf(input), field: fieldsOf(input)[place]! }));
    const fields = [...new Set(named.map(({ field }) => field))];
    if (fields.length === 1) return fields[0] === name ? [] : [`EVAL ${identifier(name)} = ${identifier(fields[0]!)}`];
    const cases = named.map(({ number, field }) => `rule == ${number}, ${identifier(field)}`).join(', ');
    return [`EVAL ${identifier(name)} = CASE(${cases}, null)`];
  });
}

/** A row for each value of lists. */
export function listsApart(sources: readonly Source[], fields: readonly string[]): string[] {
  const lists = [...new Set(fields)].filter((field) => sources.some(({ contract }) => isList(contract, field)));
  return lists.map((field) => `MV_EXPAND ${identifier(field)}`);
}

export function isList(contract: Contract, field: string): boolean {
  return new ExportedFields(contract).get(field).list === true;
}

/** Whether no event can belong to two of the inputs, because each has sources of its own. */
function areApart(inputs: readonly Input[]): boolean {
  const owned = inputs.map(({ sources }) => new Set(sources.map(({ contract }) => contract)));
  const total = owned.reduce((sum, { size }) => sum + size, 0);
  return new Set(owned.flatMap((set) => [...set])).size === total;
}

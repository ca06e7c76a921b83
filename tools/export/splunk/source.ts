import type { Contract } from '../../telemetry/contract';
import { columnOf as plainColumn, columnsOf as plainColumns, type Column } from '../sql/columns';
import { snake } from '../plan/names';

/** The macro of where a source's records are: index and sourcetype, which a site sets. */
export function indexMacro({ id }: Contract): string {
  return `tollgate_index_${snake(id)}`;
}

/** The macro of a source's records with a field for each of the contract's, for analysts. */
export function sourceMacro({ id }: Contract): string {
  return `tollgate_${snake(id)}`;
}

/** The sourcetype of records that come as the vendor delivers them, where no add-on brings them. */
export function ownSourcetype({ id }: Contract): string {
  return `tollgate:${id}`;
}

/** The column of a field, by a name that no field of Splunk has. Throws `NotExportable` for a field that the contract does not know. */
export function columnOf(contract: Contract, field: string): Column {
  return named(plainColumn(contract, field));
}

export function columnsOf(contract: Contract): ReadonlyMap<string, Column> {
  return new Map([...plainColumns(contract)].map(([field, column]) => [field, named(column)]));
}

function named(column: Column): Column {
  return { ...column, name: `x_${column.name}` };
}

/** Whether a column has a value. */
export function present({ name }: Column): string {
  return `isnotnull(${name})`;
}

/** A row for each of the different values of lists. */
export function eachOf(columns: readonly Column[]): string[] {
  const lists = [...new Set(columns.filter(({ list }) => list).map(({ name }) => name))];
  return lists.flatMap((name) => [`| eval ${name}=mvdedup(${name})`, `| mvexpand ${name}`]);
}

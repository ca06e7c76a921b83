import type { Contract } from '../../telemetry/contract';
import { columnOf as plainColumn, columnsOf as plainColumns, type Column } from '../sql/columns';

/** The saved function that gives a source's events with a column for each of the contract's fields. */
export function functionName({ id }: Contract): string {
  return `Tollgate${camel(id)}`;
}

/** The table into which a source's records come as they are delivered, where no connector brings them. */
export function customTable(contract: Contract): string {
  return `${functionName(contract)}_CL`;
}

/** A value of a column as text; texts and lists stay. */
export function textOf({ name, type, list }: Column): string {
  return list || type === 'text' ? name : `tostring(${name})`;
}

/** Whether a column has a value. */
export function present(column: Column): string {
  if (column.list) return `array_length(${column.name}) > 0`;
  return column.type === 'text' ? `isnotempty(${column.name})` : `isnotnull(${column.name})`;
}

/** Words of the language, which stand in brackets where they are those of columns. */
const WORDS = /^(to|bool|boolean|date|datetime|decimal|double|dynamic|guid|int|long|real|string|time|timespan|uuid)$/;

/** The column of a field, by the name that KQL takes. Throws `NotExportable` for a field that the contract does not know. */
export function columnOf(contract: Contract, field: string): Column {
  return bracketed(plainColumn(contract, field));
}

export function columnsOf(contract: Contract): ReadonlyMap<string, Column> {
  return new Map([...plainColumns(contract)].map(([field, column]) => [field, bracketed(column)]));
}

function bracketed(column: Column): Column {
  return WORDS.test(column.name) ? { ...column, name: `["${column.name}"]` } : column;
}

function camel(name: string): string {
  return name
    .split(/[^a-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

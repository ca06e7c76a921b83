import type { Contract } from '../../telemetry/contract';
import { columnOf as plainColumn, columnsOf as plainColumns, type Column } from '../sql/columns';
import { identifier } from './kql';
import { LAG } from './schedule';

/** The saved function that gives a source's events with a column for each of the contract's fields. */
export function functionName({ id }: Contract): string {
  return `Tollgate${camel(id)}`;
}

/** The table into which a source's records come as they are delivered, where no connector brings them. */
export function customTable(contract: Contract): string {
  return `${functionName(contract)}_CL`;
}

/** When a record of a source's function counts: it has come, and is as old as `LAG`. */
export const SEEN = `max_of(ingested, ts + ${LAG})`;

export function seenBy(moment: string): string {
  return `${SEEN} <= ${moment}`;
}

/** Records from a time on. No record is stored under an earlier time than its own, and by that Kusto knows where to look. */
export function since(from: string): string {
  return `TimeGenerated >= unixtime_milliseconds_todatetime(${from}) and ts >= ${from}`;
}

/** A value of a column as text; texts and lists stay. */
export function textOf({ name, type, list }: Column): string {
  return list || type === 'text' ? name : `tostring(${name})`;
}

/** A row for each of the different values of a list. */
export function eachOf(list: string): string {
  return `| mv-expand ${list} = set_union(${list}, dynamic([])) to typeof(string)`;
}

/** Whether a column has a value. */
export function present(column: Column): string {
  if (column.list) return `coalesce(array_length(${column.name}) > 0, false)`;
  return column.type === 'text' ? `isnotempty(${column.name})` : `isnotnull(${column.name})`;
}

/** The column of a field, by the name that KQL takes. Throws `NotExportable` for a field that the contract does not know. */
export function columnOf(contract: Contract, field: string): Column {
  return named(plainColumn(contract, field));
}

export function columnsOf(contract: Contract): ReadonlyMap<string, Column> {
  return new Map([...plainColumns(contract)].map(([field, column]) => [field, named(column)]));
}

function named(column: Column): Column {
  return { ...column, name: identifier(column.name) };
}

function camel(name: string): string {
  return name
    .split(/[^a-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

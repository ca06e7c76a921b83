import { fieldsOf, type Contract, type FieldType } from '../../telemetry/contract';
import { snake } from '../plan/names';
import { NotExportable } from '../target';
import type { Dialect, SqlType } from './dialect';

export interface Column {
  field: string;
  /** As it is called in the table, unquoted. */
  name: string;
  type: SqlType;
  list: boolean;
  /** Whether the record itself has it. */
  raw: boolean;
}

/** Columns of every table: a key of the record, when it happened and when it was delivered, and the fields that are there without a value. */
export const OWN = { id: 'event_id', time: 'ts', ingested: 'ingested', valueless: 'valueless' } as const;

/** Fields that are columns of every table and are milliseconds there. */
export const TIMES: Readonly<Record<string, string>> = { '@timestamp': OWN.time, 'event.ingested': OWN.ingested };

const known = new WeakMap<Contract, ReadonlyMap<string, Column>>();

/** The columns of a source's fields, by the field, in the order of the contract. */
export function columnsOf(contract: Contract): ReadonlyMap<string, Column> {
  const before = known.get(contract);
  if (before) return before;
  const taken = new Set<string>(Object.values(OWN));
  const columns = new Map<string, Column>();
  for (const [field, { type, list = false }] of Object.entries(fieldsOf(contract))) {
    if (Object.hasOwn(TIMES, field)) continue;
    const raw = Object.hasOwn(contract.fields, field);
    const isList = list || (raw && listAbove(contract, field) !== undefined);
    columns.set(field, { field, name: freeName(field, taken), type: sqlType(type), list: isList, raw });
  }
  known.set(contract, columns);
  return columns;
}

/** The list of objects in which a field stands; the innermost of several. */
export function listAbove({ objectLists = [], entries = [] }: Contract, field: string): string | undefined {
  return [...objectLists, ...entries]
    .filter((path) => field.startsWith(`${path}.`))
    .sort((a, b) => b.length - a.length)[0];
}

/** The column of a field. Throws `NotExportable` for one that the contract does not know. */
export function columnOf(contract: Contract, field: string): Column {
  const column = columnsOf(contract).get(field);
  if (column) return column;
  throw new NotExportable(
    Object.hasOwn(TIMES, field)
      ? `${field} is a number of milliseconds in the table, and only parts of it can be asked for.`
      : `The telemetry contract ${contract.id} does not know the field ${field}.`,
  );
}

export function tableName({ id }: Contract): string {
  return snake(id);
}

/** The text of a value by which it is told apart. */
export function textOf(dialect: Dialect, expression: string, type: SqlType): string {
  if (type === 'text') return expression;
  if (type === 'boolean') return `CASE WHEN ${expression} THEN 'true' WHEN NOT ${expression} THEN 'false' END`;
  return type === 'double' ? dialect.textOfDouble(expression) : dialect.cast(expression, 'text');
}

/** A value as a number of some type, null where it is none; a text is one if JSON would write it so. */
export function numeric(dialect: Dialect, value: string, from: SqlType, to: SqlType): string {
  if (from === 'boolean') return `CAST(NULL AS ${dialect.type(to, false)})`;
  return dialect.cast(from === 'text' ? dialect.numberOf(value) : value, to);
}

function freeName(field: string, taken: Set<string>): string {
  const name = snake(field);
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}

function sqlType(type: FieldType): SqlType {
  return type === 'keyword' || type === 'ip' || type === 'date' ? 'text' : type;
}

import type { Contract } from '../../telemetry/contract';
import type { Shape } from '../../telemetry/shape';
import { listAbove, type Column } from '../sql/columns';
import { derivedColumn } from './derived';
import { text } from './kql';
import { milliseconds, ofEntry, orOneNull, RecordReader, TableReader, typed, type ValueReader } from './reader';
import { columnsOf, customTable } from './source';

/**
 * The body of the saved function of a source: its events with `ts` and `ingested`, in milliseconds, and a column for each field of the contract. Without a
 * shape it reads the source's own table, whose column `Record` holds a record as it was delivered; with one, the table that a connector fills.
 */
export function parser(contract: Contract, shape?: Shape): string {
  const columns = [...columnsOf(contract).values()];
  const reader = shape ? new TableReader(shape) : new RecordReader();
  const lists = new Map<string, Column[]>();
  for (const column of columns.filter(({ raw }) => raw)) {
    const above = listAbove(contract, column.field);
    if (above !== undefined) lists.set(above, [...(lists.get(above) ?? []), column]);
  }
  const inLists = new Set([...lists.values()].flat());
  const plain = columns.filter((column) => column.raw && !inLists.has(column));
  const derived = columns.filter(({ raw }) => !raw);
  const objects = [...lists].map(([path, members], index) =>
    expanded(contract, reader, `list_${index + 1}`, path, members, derived),
  );
  const steps = derived.flatMap((column) => derivedColumn(contract, column, reader));
  const names = ['TimeGenerated', 'ts', 'ingested', ...columns.map(({ name }) => name)];
  return [
    shape ? shape.index : customTable(contract),
    ...(shape ? onlyOf(shape) : []),
    `| extend ingested = ${milliseconds('coalesce(ingestion_time(), now())')}, ts = ${reader.time(contract)}`,
    '| where isnotnull(ts)',
    `| extend ${plain.map((column) => `${column.name} = ${reader.value(contract, column)}`).join(',\n    ')}`,
    ...objects,
    ...steps,
    `| project ${names.join(', ')}`,
  ].join('\n');
}

function onlyOf({ only = {} }: Shape): string[] {
  return Object.entries(only).map(([name, wanted]) =>
    wanted === true ? `| where isnotempty(${name})` : `| where ${name} in~ (${wanted.map(text).join(', ')})`,
  );
}

/** The fields of a list of objects, each as a list; and what is derived from single objects. */
function expanded(
  contract: Contract,
  reader: ValueReader,
  name: string,
  path: string,
  members: readonly Column[],
  derived: readonly Column[],
): string {
  const isMap = reader.isMap(contract, path);
  const of = (field: string) => {
    const keys = reader.key(path, field);
    return keys === null
      ? 'dynamic(null)'
      : isMap
        ? ofEntry(keys[0]!)
        : `o${keys.map((key) => `[${text(key)}]`).join('')}`;
  };
  const made = members.map((member) => {
    const value = typed(of(member.field), member.type);
    return `${member.name} = make_list_if(${value}, isnotempty(${of(member.field)}))`;
  });
  const picked = derived.flatMap((column) => {
    const { derive } = contract.derived[column.field]!;
    if (derive.how === 'picked' && listAbove(contract, derive.from) === path)
      return [
        `${column.name} = ${typed(`make_list_if(${of(derive.from)}, tostring(${of(derive.by)}) =~ ${text(derive.is)})[0]`, column.type)}`,
      ];
    if (derive.how === 'after' && derive.from === path)
      return [
        `${column.name} = tostring(make_list_if(substring(tostring(o["name"]), ${derive.prefix.length}), tostring(o["name"]) startswith_cs ${text(derive.prefix)})[0])`,
      ];
    return [];
  });
  return `| extend ${name} = ${reader.list(path)}
| mv-apply o = ${orOneNull(name, isMap)} on (summarize ${[...made, ...picked].join(',\n    ')})`;
}

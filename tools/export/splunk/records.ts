import type { Contract } from '../../telemetry/contract';
import type { Shape } from '../../telemetry/shape';
import type { Column } from '../sql/columns';
import { derivedColumn, entryColumn, neededColumns } from './derived';
import { RawReader } from './reader';
import { KNOW_RUN } from './schedule';
import { columnsOf, indexMacro } from './source';
import { text } from './spl';

/** Where sources' records are: shapes of add-ons, by the contract's id. */
export type Shapes = ReadonlyMap<string, Shape>;

/**
 * The steps that give a source's records with their times in milliseconds, `ts` and `ingested`, and columns for some fields: those that a detector reads, since
 * each is parsed out of the record's text.
 */
export function recordSteps(contract: Contract, shapes: Shapes, fields?: Iterable<string>): string[] {
  const shape = shapes.get(contract.id);
  const reader = new RawReader(contract, shape);
  const columns = neededColumns(contract, fields ?? columnsOf(contract).keys());
  const mapOf = ({ field }: Column) => contract.entries?.find((path) => field.startsWith(`${path}.`));
  const plain = columns.filter((column) => column.raw && mapOf(column) === undefined);
  const steps = (column: Column) => {
    const map = column.raw ? mapOf(column) : undefined;
    if (map !== undefined) return entryColumn(column, map, reader);
    return column.raw ? [] : derivedColumn(contract, column, reader);
  };
  return [
    `\`${indexMacro(contract)}\``,
    KNOW_RUN,
    ...onlyOf(shape),
    '| eval ts=round(_time * 1000), ingested=_indextime * 1000',
    ...(plain.length > 0
      ? [`| eval ${plain.map((column) => `${column.name}=${reader.value(column)}`).join(', ')}`]
      : []),
    ...columns.flatMap(steps),
  ];
}

/** What shows that a record is of the source, where its sourcetype has others too. */
function onlyOf(shape: Shape | undefined): string[] {
  return Object.entries(shape?.only ?? {}).map(([path, wanted]) => {
    const value = `lower(coalesce(spath(_raw, ${text(path)}), ""))`;
    const tests = wanted === true ? [`${value}!=""`] : wanted.map((one) => `${value}=${text(one.toLowerCase())}`);
    return `| where ${tests.join(' OR ')}`;
  });
}

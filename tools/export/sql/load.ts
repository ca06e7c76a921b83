import type { Contract } from '../../telemetry/contract';
import { columnsOf, OWN, tableName } from './columns';
import type { Dialect } from './dialect';
import { instant } from './instant';
import { JsonPlaces } from './places';
import { list, NamedSteps } from './query';
import { ownColumns, writeTyped } from './typed';

/** The table or view from which records are loaded: one JSON object a row, in the column `record`. */
export const INCOMING = 'incoming';

/** Where records are read: something with a row for each, its text in `record`, and more columns, which the source's table has too. */
export interface Incoming {
  from: string;
  more: readonly string[];
}

/**
 * Writes what takes the records of `incoming` into a source's table, with the derived fields. A value that is not of its column's type is left out, as
 * a missing one, and a record without a time is.
 */
export function loadStatement(
  dialect: Dialect,
  contract: Contract,
  { from, more }: Incoming = { from: INCOMING, more: [] },
): string {
  const columns = [...columnsOf(contract).values()];
  const places = new JsonPlaces(dialect, contract);
  const steps = new NamedSteps(dialect.once);
  const parsed = [`${dialect.json.parse('i.record')} AS record`, ...more.map((column) => `i.${column}`)];
  const received = steps.add('received', `SELECT ${list(parsed)} FROM ${from} AS i`);
  const { rows, valueless } = writeTyped(dialect, steps, contract, columns, places, received, {
    placed: [...more, ...timeTexts(dialect, contract, places)],
    typed: [
      `${instant(dialect, contract.time.format, 'time_text')} AS ${OWN.time}`,
      `coalesce(${dialect.timeOf('ingested_text')}, ${dialect.now}) AS ${OWN.ingested}`,
    ],
  });
  const all = columns.map(({ name }) => dialect.identifier(name));
  const into = `INSERT INTO ${dialect.relation(tableName(contract))} (${list([...ownColumns(dialect), ...more, ...all])})`;
  const chosen = [dialect.newId, OWN.time, OWN.ingested, valueless, ...more, ...all];
  return `${into}\n${steps.close(`SELECT ${list(chosen)}\nFROM ${rows} WHERE ${OWN.time} IS NOT NULL`)}${dialect.settings};\n`;
}

/** The record's own time and that of its delivery as texts. */
function timeTexts(dialect: Dialect, { time }: Contract, places: JsonPlaces): string[] {
  const text = (path: string) => dialect.json.single(places.at(path));
  return [`${text(time.field)} AS time_text`, `${text('event.ingested')} AS ingested_text`];
}

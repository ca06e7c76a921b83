import type { Contract } from '../../telemetry/contract';
import { columnsOf, OWN, tableName } from './columns';
import type { Dialect } from './dialect';
import { instant } from './instant';
import { JsonPlaces } from './places';
import { list, NamedSteps } from './query';
import { ownColumns, writeTyped } from './typed';

/** The table or view from which records are loaded: one JSON object a row, in the column `record`. */
export const INCOMING = 'incoming';

/**
 * Writes what takes the records of `incoming` into a source's table, with the derived fields. A value that is not of its column's type is left out, as
 * a missing one, and a record without a time is.
 */
export function loadStatement(dialect: Dialect, contract: Contract): string {
  const columns = [...columnsOf(contract).values()];
  const places = new JsonPlaces(dialect, contract);
  const steps = new NamedSteps(dialect.once);
  const received = steps.add('received', `SELECT ${dialect.json.parse('i.record')} AS record FROM ${INCOMING} AS i`);
  const { rows, valueless } = writeTyped(dialect, steps, contract, columns, places, received, {
    placed: timeTexts(dialect, contract, places),
    typed: [
      `${instant(dialect, contract.time.format, 'time_text')} AS ${OWN.time}`,
      `coalesce(${dialect.timeOf('ingested_text')}, ${dialect.now}) AS ${OWN.ingested}`,
    ],
  });
  const all = columns.map(({ name }) => dialect.identifier(name));
  const into = `INSERT INTO ${dialect.relation(tableName(contract))} (${list([...ownColumns(dialect), ...all])})`;
  const chosen = [dialect.newId, OWN.time, OWN.ingested, valueless, ...all];
  return `${into}\n${steps.close(`SELECT ${list(chosen)}\nFROM ${rows} WHERE ${OWN.time} IS NOT NULL`)}${dialect.settings};\n`;
}

/** The record's own time and that of its delivery as texts. */
function timeTexts(dialect: Dialect, { time }: Contract, places: JsonPlaces): string[] {
  const text = (path: string) => dialect.json.single(places.at(path));
  return [`${text(time.field)} AS time_text`, `${text('event.ingested')} AS ingested_text`];
}

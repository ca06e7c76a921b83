import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import type { Contract } from '../../telemetry/contract';
import { columnsOf, OWN, tableName, type Column } from './columns';
import { derivation } from './derivation';
import type { Dialect } from './dialect';
import { instant } from './instant';
import { JsonPlaces } from './places';
import { list, NamedSteps } from './query';

/** The table or view from which records are loaded: one JSON object a row, in the column `record`. */
export const INCOMING = 'incoming';

/** The longest prefix that has a country of its own. */
const LONGEST = Math.max(
  ...Object.values(COUNTRY_PREFIXES).flatMap((prefixes) => prefixes.split(' ').map(({ length }) => length)),
);

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
  const raw = columns.filter((column) => column.raw);
  const derived = columns.filter((column) => !column.raw);
  const name = (column: Column) => dialect.identifier(column.name);
  const places = new JsonPlaces(dialect, contract);
  const steps = new NamedSteps(dialect.once);
  const parsed = [`${dialect.json.parse('i.record')} AS record`, ...more.map((column) => `i.${column}`)];
  steps.add('received', `SELECT ${list(parsed)} FROM ${from} AS i`);
  steps.add(
    'placed',
    `SELECT ${rows(['record', ...more, ...places.entries(), ...timeTexts(dialect, contract, places)])}\nFROM received`,
  );
  const found = raw.map((column, index) => `${places.of(column)} AS j${index + 1}`);
  const json = steps.add('found', `SELECT ${rows(['placed.*', ...found])}\nFROM placed`);
  const texts = raw.flatMap((column, index) =>
    column.list ? [] : [`${dialect.json.single(`j${index + 1}`)} AS s${index + 1}`],
  );
  const text = steps.add('texts', `SELECT ${rows([`${json}.*`, ...texts])}\nFROM ${json}`);
  const values = raw.map(
    (column, index) => `${places.value(column, `${column.list ? 'j' : 's'}${index + 1}`)} AS ${name(column)}`,
  );
  const times = [
    `${instant(dialect, contract.time.format, 'time_text')} AS ${OWN.time}`,
    `coalesce(${dialect.timeOf('ingested_text')}, ${dialect.now}) AS ${OWN.ingested}`,
  ];
  let last = steps.add('typed', `SELECT ${rows([`${text}.*`, ...times, ...values])}\nFROM ${text}`);
  for (const column of derived) {
    const { value, joins } = derivation(dialect, contract, column, places, LONGEST);
    last = steps.add('derived', `SELECT s.*, ${value} AS ${name(column)}\nFROM ${last} AS s${joins.join('')}`);
  }
  const missing = raw.map(
    (column, index) =>
      `CASE WHEN ${places.isThere(column, `j${index + 1}`)} AND ${absent(dialect, column)} THEN ${dialect.text(column.field)} END`,
  );
  const own = [OWN.id, OWN.time, OWN.ingested, OWN.valueless].map((each) => dialect.identifier(each));
  const all = columns.map(name);
  const into = `INSERT INTO ${dialect.relation(tableName(contract))} (${list([...own, ...more, ...all])})`;
  const chosen = [dialect.newId, OWN.time, OWN.ingested, dialect.listOf(missing), ...more, ...all];
  return `${into}\n${steps.close(`SELECT ${list(chosen)}\nFROM ${last} WHERE ${OWN.time} IS NOT NULL`)}${dialect.settings};\n`;
}

/** The record's own time and that of its delivery as texts. */
function timeTexts(dialect: Dialect, { time }: Contract, places: JsonPlaces): string[] {
  const text = (path: string) => dialect.json.single(places.at(path));
  return [`${text(time.field)} AS time_text`, `${text('event.ingested')} AS ingested_text`];
}

function absent(dialect: Dialect, { list: isList, name }: Column): string {
  const column = dialect.identifier(name);
  return isList ? `NOT coalesce(${dialect.hasElement(column)}, FALSE)` : `${column} IS NULL`;
}

function rows(columns: readonly string[]): string {
  return columns.join(',\n  ');
}

import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import type { Contract } from '../../telemetry/contract';
import { OWN, type Column } from './columns';
import { derivation } from './derivation';
import type { Dialect } from './dialect';
import type { JsonPlaces } from './places';
import type { NamedSteps } from './query';

/** The longest prefix that has a country of its own. */
const LONGEST = Math.max(
  ...Object.values(COUNTRY_PREFIXES).flatMap((prefixes) => prefixes.split(' ').map(({ length }) => length)),
);

/** What besides the fields is taken along, as columns of the first step: `record` is the JSON. */
export interface CarriedColumns {
  /** Columns with their names, read from `record` or from others of the first step. */
  placed: readonly string[];
  /** Columns that are made of these. */
  typed: readonly string[];
}

/**
 * Writes the steps that make columns of JSON records; `received` is the step that has them. Gives the last step's name and the list of the fields that are
 * there without a value. A value that is not of its column's type is left out, as a missing one.
 */
export function writeTyped(
  dialect: Dialect,
  steps: NamedSteps,
  contract: Contract,
  columns: readonly Column[],
  places: JsonPlaces,
  received: string,
  carried: CarriedColumns,
): { rows: string; valueless: string } {
  const raw = columns.filter((column) => column.raw);
  const name = (column: Column) => dialect.identifier(column.name);
  const placed = steps.add(
    'placed',
    `SELECT ${lines(['record', ...places.entries(), ...carried.placed])}\nFROM ${received}`,
  );
  const found = raw.map((column, index) => `${places.of(column)} AS j${index + 1}`);
  const json = steps.add('found', `SELECT ${lines([`${placed}.*`, ...found])}\nFROM ${placed}`);
  const texts = raw.flatMap((column, index) =>
    column.list ? [] : [`${dialect.json.single(`j${index + 1}`)} AS s${index + 1}`],
  );
  const text = steps.add('texts', `SELECT ${lines([`${json}.*`, ...texts])}\nFROM ${json}`);
  const values = raw.map(
    (column, index) => `${places.value(column, `${column.list ? 'j' : 's'}${index + 1}`)} AS ${name(column)}`,
  );
  let rows = steps.add('typed', `SELECT ${lines([`${text}.*`, ...carried.typed, ...values])}\nFROM ${text}`);
  for (const column of columns.filter((one) => !one.raw)) {
    const { value, joins } = derivation(dialect, contract, column, places, LONGEST);
    rows = steps.add('derived', `SELECT s.*, ${value} AS ${name(column)}\nFROM ${rows} AS s${joins.join('')}`);
  }
  const missing = raw.map(
    (column, index) =>
      `CASE WHEN ${places.isThere(column, `j${index + 1}`)} AND ${absent(dialect, column)} THEN ${dialect.text(column.field)} END`,
  );
  return { rows, valueless: dialect.listOf(missing) };
}

/** The columns that every table has, as they are called in a dialect. */
export function ownColumns(dialect: Dialect): string[] {
  return [OWN.id, OWN.time, OWN.ingested, OWN.valueless].map((each) => dialect.identifier(each));
}

function absent(dialect: Dialect, { list: isList, name }: Column): string {
  const column = dialect.identifier(name);
  return isList ? `NOT coalesce(${dialect.hasElement(column)}, FALSE)` : `${column} IS NULL`;
}

function lines(columns: readonly string[]): string {
  return columns.join(',\n  ');
}

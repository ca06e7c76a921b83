import { curveName, curvesOf, pointsOf } from '../plan/curves';
import type { DetectorPlan } from '../plan/types';
import type { Contract } from '../../telemetry/contract';
import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { columnsOf, OWN, tableName } from './columns';
import type { Dialect, SqlType } from './dialect';
import { list } from './query';

/** The table to which each run adds what it found, and by which it knows what is new. */
export const ALERTS = 'alerts';

/** The table that says what the detectors are called. */
export const DETECTORS = 'detectors';

/** The table of runs, to which rows are only added, and the view with its last row, which says of which moment a run is. */
export const RUNS = 'runs';
export const RUN = 'run';

/** The table with the points of the curves. */
export const CURVES = 'curves';

/** The site's own accounts and hosts, and countries by prefix. */
export const ASSETS = 'assets';
export const PREFIXES = 'prefixes';

/** Rows that one statement adds, as a rule: engines limit a statement's length. */
const BATCH = 500;

/** The table of one source: a row an event, a column a field; `more` are columns of its own with their types. */
export function sourceTable(
  dialect: Dialect,
  contract: Contract,
  more: readonly (readonly [name: string, type: string])[] = [],
): string {
  const own = [
    [OWN.id, dialect.type('text', false)],
    [OWN.time, dialect.type('long', false)],
    [OWN.ingested, dialect.type('long', false)],
    [OWN.valueless, dialect.type('text', true)],
  ] as const;
  const fields = [...columnsOf(contract).values()].map(
    ({ name, type, list }) => [name, dialect.type(type, list)] as const,
  );
  return dialect.table({
    name: tableName(contract),
    columns: [...own, ...more, ...fields],
    times: [OWN.time, OWN.ingested],
  });
}

const COMMON: Readonly<Record<string, Readonly<Record<string, SqlType>>>> = {
  [RUNS]: { number: 'long', since_ms: 'long', run_ms: 'long', from_ms: 'long', to_ms: 'long', is_done: 'boolean' },
  [CURVES]: { curve: 'text', point_at: 'double', point_value: 'double' },
  [PREFIXES]: { prefix: 'text', country: 'text' },
  [ASSETS]: { account: 'text', asset: 'text' },
  [DETECTORS]: { detector: 'text', id: 'text', level: 'text', title: 'text' },
  [ALERTS]: {
    detector: 'text',
    group_key: 'text',
    started_ms: 'long',
    until_ms: 'long',
    value: 'double',
    run_ms: 'long',
    is_new: 'boolean',
  },
};

/** The tables that all detectors share, by their names. */
export const COMMON_TABLES: readonly string[] = Object.keys(COMMON);

/** The tables that all detectors share, and the row that a first run reads: everything that was ever delivered. */
export function commonTables(dialect: Dialect): string {
  const runs = dialect.relation(RUNS);
  const tables = Object.entries(COMMON).map(([name, columns]) => plainTable(dialect, name, columns));
  return [
    ...tables,
    dialect.view(
      dialect.relation(RUN),
      `SELECT number, since_ms, run_ms, from_ms, to_ms FROM ${runs} ORDER BY number DESC LIMIT 1${dialect.settings}`,
    ),
    askedRun(dialect, { since: 0, at: 9e15 }),
  ].join('\n');
}

/** One of the tables that all detectors share. */
export function commonTable(dialect: Dialect, name: string): string {
  return plainTable(dialect, name, COMMON[name]!);
}

/** A table of plain columns. */
export function plainTable(dialect: Dialect, name: string, columns: Readonly<Record<string, SqlType>>): string {
  const typed = Object.entries(columns).map(([column, type]) => [column, dialect.type(type, false)] as const);
  return dialect.table({ name, columns: typed, times: [] });
}

/** Which moment the views are to be of; `from` and `to` are the window of a hunt. */
export interface AskedRun {
  since: number;
  at: number;
  from?: number | undefined;
  to?: number | undefined;
}

/** Adds a row to the table of runs by which the views are of another moment; it changes nothing of what the next run finds. */
export function askedRun(dialect: Dialect, { since, at, from, to }: AskedRun): string {
  const runs = dialect.relation(RUNS);
  const long = (value: number | undefined) => dialect.cast(value === undefined ? 'NULL' : String(value), 'long');
  return `INSERT INTO ${runs} (number, since_ms, run_ms, from_ms, to_ms, is_done)\nSELECT coalesce(max(number), 0) + 1, ${list([since, at, from, to].map(long))}, FALSE FROM ${runs}${dialect.settings};\n`;
}

/** The points of the curves that some detectors look up. */
export function curvePoints(dialect: Dialect, plans: readonly DetectorPlan[]): string {
  return curveStatements(dialect, plans).join('');
}

export function curveStatements(dialect: Dialect, plans: readonly DetectorPlan[]): string[] {
  const rows = curvesOf(plans).flatMap((curve) =>
    pointsOf(curve).map(({ at, value }) => [dialect.text(curveName(curve)), dialect.double(at), dialect.double(value)]),
  );
  return insertions(dialect, CURVES, ['curve', 'point_at', 'point_value'], rows);
}

/** The prefixes of numbers with their countries. */
export function prefixRows(dialect: Dialect): string {
  return prefixStatements(dialect).join('');
}

export function prefixStatements(dialect: Dialect): string[] {
  const rows = Object.entries(COUNTRY_PREFIXES).flatMap(([country, prefixes]) =>
    prefixes.split(' ').map((prefix) => [dialect.text(prefix), dialect.text(country)]),
  );
  return insertions(dialect, PREFIXES, ['prefix', 'country'], rows.sort());
}

/** Makes these the rows of a table. */
export function insertion(
  dialect: Dialect,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return insertions(dialect, table, columns, rows).join('');
}

/** The statements that make these the rows of a table, so many with each. */
export function insertions(
  dialect: Dialect,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  batch = BATCH,
): string[] {
  const statements = [dialect.clear(dialect.relation(table))];
  for (let at = 0; at < rows.length; at += batch) {
    const lines = rows.slice(at, at + batch).map((row) => `(${list(row)})`);
    statements.push(`INSERT INTO ${dialect.relation(table)} (${list(columns)}) VALUES\n${lines.join(',\n')};\n`);
  }
  return statements;
}

import type { Alert } from '@tollgate/sigma/correlate/types';
import type { HuntRow } from '../../../tools/detection/hunt/types';
import type { Cell } from './engines/engine';

/** The last digits of a double are not the same on every way to add. */
const DIGITS = 10;
/** Of a query that looks up curves, whose values are interpolated. */
export const LOOKED_UP = 5;

/** Alerts as lines that can be compared and read: group, start and value. */
export function alertLines(alerts: readonly Alert[]): string[] {
  return alerts
    .map(({ group, start, value }) => `${keyOf(Object.values(group))} ${start} ${shortened(Number(value))}`)
    .sort();
}

/** The same of an answer of the database; a rule that does not group has one group without a name. */
export function episodeLines(rows: readonly Record<string, Cell>[], isGrouped: boolean): string[] {
  return rows
    .map((row) => `${isGrouped ? row['group_key'] : '[]'} ${row['started_ms']} ${shortened(Number(row['value']))}`)
    .sort();
}

/** `digits`: so many of a value are compared. */
export function huntLines(rows: readonly HuntRow[], columns: readonly string[], digits = DIGITS): string[] {
  return rows.map(
    ({ group, values }) =>
      `${keyOf(Object.values(group))} ${columns.map((name) => shown(values[name] ?? null, digits)).join(' ')}`,
  );
}

export function rowLines(rows: readonly Record<string, Cell>[], columns: readonly string[], digits = DIGITS): string[] {
  return rows.map(
    (row) => `${row['group_key']} ${columns.map((name) => shown(row[name] as number | null, digits)).join(' ')}`,
  );
}

function shown(value: number | null, digits: number): string {
  return value === null ? '-' : shortened(value, digits);
}

function keyOf(values: readonly unknown[]): string {
  return JSON.stringify(values.map(String));
}

function shortened(value: number, digits = DIGITS): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(digits)));
}

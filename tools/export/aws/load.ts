import type { Shape } from '../../telemetry/shape';
import { OWN, tableName } from '../sql/columns';
import { loadStatement } from '../sql/load';
import { list } from '../sql/query';
import { alone, athena, RAW_DATABASE } from './athena';
import type { SourceForm } from './form';
import { shapeRecords } from './record';
import { TOKENS } from './tokens';

/** The column by which a source's table knows what has been loaded: the file that a record came in, or the record's own id. */
export const ORIGIN = 'origin';

/** How long before the files that are looked at their records may have been loaded. */
const DAY = 86_400_000;

/** The partition of a table of lines: the prefix that Firehose writes by default. */
export const LINES_PARTITION = { column: 'datehour', format: 'yyyy/MM/dd/HH' } as const;

/**
 * Writes what takes what is new of a source into its table. One statement reads what is there and adds what is not, so that a record is loaded once,
 * whatever fails.
 */
export function loadOf(form: SourceForm): string {
  const table = athena.relation(tableName(form.contract));
  const since = `to_unixtime(TIMESTAMP ${TOKENS.time}) * 1000 - ${DAY}`;
  const known = `SELECT ${ORIGIN} FROM ${table} WHERE ${athena.identifier(OWN.ingested)} >= ${since}`;
  const from = `(SELECT record, ${ORIGIN} FROM (${newRecords(form)}) AS r WHERE ${ORIGIN} NOT IN (${known}))`;
  return alone(loadStatement(athena, form.contract, { from, more: [ORIGIN] }));
}

/** The query of the records of what may have grown since the last run: rows of `record`, its text in the contract's own form, and `origin`. */
export function newRecords({ contract, shape, name }: SourceForm): string {
  const records = shape ? shapeRecords(contract, shape) : { record: 'i."record"', joins: '', text: () => '' };
  const key = shape?.key;
  const origin =
    key === undefined ? 'i."$path"' : `coalesce(${records.text(key)}, to_hex(md5(to_utf8(${records.record}))))`;
  return `SELECT ${list([`${records.record} AS record`, `${origin} AS ${ORIGIN}`])}
FROM ${RAW_DATABASE}.${athena.identifier(name)} AS i${records.joins}
WHERE ${[newest(shape), ...onlyOf(shape)].join(' AND ')}`;
}

/** What is of a part that may have grown since the last run. */
function newest(shape: Shape | undefined): string {
  const { column, format } = shape?.partition ?? LINES_PARTITION;
  const from = { 'yyyy/MM/dd': TOKENS.day, 'yyyy/MM/dd/HH': TOKENS.hour, timestamp: `TIMESTAMP ${TOKENS.time}` }[
    format
  ];
  return `i.${athena.identifier(column)} >= ${from}`;
}

function onlyOf(shape: Shape | undefined): string[] {
  return Object.entries(shape?.only ?? {}).map(([name, wanted]) =>
    wanted === true
      ? `i.${athena.identifier(name)} IS NOT NULL`
      : `i.${athena.identifier(name)} IN (${list(wanted.map((value) => athena.text(value)))})`,
  );
}

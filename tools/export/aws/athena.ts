import type { Dialect } from '../sql/dialect';
import { trino } from '../sql/dialects/trino';
import { OWN } from '../sql/columns';
import { RUN } from '../sql/tables';
import { TOKENS } from './tokens';

/** The database of the tables that the export makes, and that of the sources' own tables, which the templates of sources make. */
export const DATABASE = 'tollgate';
export const RAW_DATABASE = 'tollgate_raw';

const DAY = 86_400_000;

/** What a column's type is called where a table is made. */
const HIVE: Readonly<Record<string, string>> = { varchar: 'string' };

/**
 * Trino's dialect as Athena's engine 3 takes it: tables of Iceberg are made in Hive's words, the run stands in the statement itself, so that Athena knows its
 * times while it plans, and a record that is no JSON is left out.
 */
export const athena: Dialect = {
  ...trino,
  name: 'athena',
  title: 'Athena with engine version 3',
  relation: (name) => (name === RUN ? TOKENS.run : trino.relation(name)),
  table: ({ name, columns, times: [time] }) => {
    const partition = time === OWN.time ? `PARTITIONED BY (truncate(${DAY}, \`${time}\`))\n` : '';
    return `CREATE TABLE IF NOT EXISTS ${DATABASE}.\`${name}\` (\n${columns.map(([column, type]) => `  \`${column}\` ${hive(type)}`).join(',\n')}\n)\n${partition}LOCATION 's3://${TOKENS.bucket}/tables/${name}/'\nTBLPROPERTIES ('table_type' = 'ICEBERG');\n`;
  },
  json: { ...trino.json, parse: (text) => `TRY(json_parse(${text}))` },
};

/** A statement as Athena takes it, one at a time and without its end. */
export function alone(statement: string): string {
  return `${statement.trimEnd().replace(/;$/, '')}\n`;
}

function hive(type: string): string {
  const list = /^array\((.*)\)$/.exec(type);
  return list ? `array<${hive(list[1]!)}>` : (HIVE[type] ?? type);
}

import type { Dialect } from '../../sql/dialect';
import type { JsonOperators } from '../../sql/json';
import { snowflake } from '../../sql/dialects/snowflake';
import { list } from '../../sql/query';

/** Lookup tables that queries read, by the names that the SQL plans have for them. */
export const LOOKUPS: Readonly<Record<string, string>> = {
  assets: 'tollgate_assets',
  curves: 'tollgate_curves',
  prefixes: 'tollgate_prefixes',
};

const scalar = (value: string): string =>
  `CASE WHEN NOT IS_OBJECT(${value}) AND NOT IS_ARRAY(${value}) THEN CAST(${value} AS VARCHAR) END`;

/** As the dialect has them, but without functions of its own: a scheduled query can't make any. */
const json: JsonOperators = {
  ...snowflake.json,
  scalar,
  single: (value) => {
    const scalars = `FILTER(AS_ARRAY(${value}), s VARIANT -> ${scalar('s')} IS NOT NULL)`;
    return `CASE WHEN NOT IS_ARRAY(${value}) THEN ${scalar(value)} WHEN ARRAY_SIZE(${scalars}) = 1 THEN CAST(GET(${scalars}, 0) AS VARCHAR) END`;
  },
  elements: (value) => `CASE WHEN ${value} IS NULL THEN ARRAY_CONSTRUCT() ELSE TO_ARRAY(${value}) END`,
  entries: (value) => {
    const entry = `OBJECT_INSERT(COALESCE(AS_OBJECT(GET(${value}, k)), OBJECT_CONSTRUCT()), 'name', k, TRUE)`;
    return `CASE WHEN IS_ARRAY(${value}) THEN FILTER(AS_ARRAY(${value}), o VARIANT -> IS_VARCHAR(GET(o, 'name'))) WHEN IS_OBJECT(${value}) THEN TRANSFORM(OBJECT_KEYS(AS_OBJECT(${value})), k VARCHAR -> ${entry}) END`;
  },
  values: (of, variable, each) =>
    `NULLIF(ARRAY_COMPACT(TRANSFORM(${of}, ${variable} VARIANT -> CAST(${each(variable)} AS VARIANT))), ARRAY_CONSTRUCT())`,
};

/** Snowflake as Panther's data lake has it: tables are Panther's, look-ups are its lookup tables, and everything else stands in the query. */
export const lake: Dialect = {
  ...snowflake,
  name: 'panther',
  relation: (name) =>
    Object.hasOwn(LOOKUPS, name) ? `panther_lookups.public.${LOOKUPS[name]!}` : snowflake.identifier(name),
  json,
};

/** One object of a table's columns. Names of columns are the same in any case, those of keys are not. */
export function recordOf(columns: readonly string[]): string {
  return `OBJECT_CONSTRUCT(${list(columns.flatMap((column) => [lake.text(column), lake.identifier(column)]))})`;
}

/** Epoch milliseconds of a timestamp. */
export function milliseconds(timestamp: string): string {
  return `DATE_PART(EPOCH_MILLISECOND, ${timestamp})`;
}

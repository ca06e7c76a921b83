import type { Dialect, SqlType } from '../dialect';
import type { JsonOperators } from '../json';
import { list } from '../query';
import { DUCKDB_HOW_TO } from './duckdb-how-to';
import { DUCKDB_SETUP } from './duckdb-setup';
import { escapedLike } from './like';
import { quoted } from './quoted';

const TYPES: Record<SqlType, string> = {
  text: 'VARCHAR',
  long: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  decimal: 'DECIMAL(38, 12)',
  whole: 'HUGEINT',
};

const PARTS = { minute: 'minute', hour: 'hour', day: 'day', week: 'week', month: 'month', year: 'year' } as const;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** DuckDB takes a backslash as it is, and knows no other way to end a constant than a quote. */
const text = (value: string): string => {
  const constant = quoted(value);
  return value.includes('\0') ? `(${constant.replaceAll('\0', "' || chr(0) || '")})` : constant;
};

const json: JsonOperators = {
  parse: (value) => `CAST(${value} AS JSON)`,
  at: (value, keys) => `json_extract(${value}, ${text(`$${keys.map((key) => `."${key}"`).join('')}`)})`,
  scalar: (value) => `tollgate.scalar(${value})`,
  single: (value) => `tollgate.single(${value})`,
  elements: (value) => `tollgate.elements(${value})`,
  entries: (value) => `tollgate.entries_of(${value})`,
  spread: (of, variable, each) => `flatten(list_transform(${of}, ${variable} -> ${each(variable)}))`,
  keep: (of, variable, test) => `list_filter(${of}, ${variable} -> ${test(variable)})`,
  first: (of) => `${of}[1]`,
  isEmpty: (of) => `coalesce(len(${of}), 0) = 0`,
  values: (of, variable, each) =>
    `tollgate.some_of(list_filter(list_transform(${of}, ${variable} -> ${each(variable)}), x -> x IS NOT NULL))`,
};

export const duckdb: Dialect = {
  name: 'duckdb',
  title: 'DuckDB 1.4 and later',
  proof: 'executed',
  tried:
    'The tests execute every detector in the engine, on cases of each, on simulated records and on random ones, and its answers are the same as those of the engine in memory. Run after run over days of simulated worlds, late records included, it tells what memory finds, neither more nor later (docs/parity.md in the repository). Set-up, loading of NDJSON and Parquet, runs and removal are executed, too; loading from S3 on demand, from a stand-in for S3.',
  setup: DUCKDB_SETUP,
  teardown: 'DROP SCHEMA IF EXISTS tollgate CASCADE;\n',
  settings: '',
  once: '',
  include: (path) => `.read ${path}\n`,
  howTo: DUCKDB_HOW_TO,
  identifier,
  relation: (name) => `tollgate.${identifier(name)}`,
  text,
  double: (value) => value.toExponential(),
  type: (type, list) => `${TYPES[type]}${list ? '[]' : ''}`,
  cast: (expression, type) => `TRY_CAST(${expression} AS ${TYPES[type]})`,
  decimalDigits: 12,
  sum: (decimals) => `CAST(${decimals} AS DOUBLE)`,
  table: ({ name, columns }) =>
    `CREATE TABLE IF NOT EXISTS tollgate.${identifier(name)} (\n${columns.map(([column, type]) => `  ${identifier(column)} ${type}`).join(',\n')}\n);\n`,
  clear: (table) => `DELETE FROM ${table};\n`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query};\n`,
  fold: (value) => `lower(${value})`,
  like: (value, parts) => `${value} LIKE ${text(escapedLike(parts))} ESCAPE '^'`,
  regex: (value, { source, ignoreCase, multiline, dotAll }) => {
    const flags = `${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}${dotAll ? 's' : ''}`;
    return `regexp_matches(${value}, ${text(flags === '' ? source : `(?${flags})${source}`)})`;
  },
  startsWith: (value, other) => `starts_with(${value}, ${other})`,
  endsWith: (value, other) => `suffix(${value}, ${other})`,
  contains: (value, other) => `contains(${value}, ${other})`,
  position: (value, other) => `instr(${value}, ${other})`,
  textOfDouble: (value) => `tollgate.text_of_double(${value})`,
  numberOf: (value) => `tollgate.number_of(${value})`,
  addressOf: (value) => `tollgate.address_of(${value})`,
  timeOf: (value) => `tollgate.time_of(${value})`,
  timePart: (milliseconds, part) => `date_part('${PARTS[part]}', epoch_ms(${milliseconds}))`,
  isDigits: (value) => `regexp_full_match(${value}, '[0-9]+')`,
  remainder: (dividend, divisor) => `mod(${dividend}, ${divisor})`,
  some: (of, variable, test) => `len(list_filter(${of}, ${variable} -> ${test(variable)})) > 0`,
  hasElement: (of) => `len(list_filter(${of}, x -> x IS NOT NULL)) > 0`,
  listOf: (texts) => `list_filter([${list(texts)}], x -> x IS NOT NULL)`,
  first: (of) => `${of}[1]`,
  each: (of, alias, distinct) => ({
    join: ` CROSS JOIN unnest(${distinct ? `list_distinct(${of})` : of}) AS ${alias}(x)`,
    element: `${alias}.x`,
  }),
  slidingPercentile: (expression, percent) => `quantile_cont(${expression}, ${percent / 100})`,
  key: (texts) => `CAST(to_json([${list(texts)}]) AS VARCHAR)`,
  newId: `CAST(nextval('tollgate.event_ids') AS VARCHAR)`,
  now: 'epoch_ms(now())',
  shownTime: (milliseconds) => `epoch_ms(${milliseconds})`,
  json,
};

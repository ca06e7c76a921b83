import { NotExportable } from '../../target';
import type { Dialect, SqlType } from '../dialect';
import type { JsonOperators } from '../json';
import { list } from '../query';
import { foldLetters } from './fold-letters';
import { escapedLike } from './like';
import { whole } from './quoted';
import { SPARK_HOW_TO } from './spark-how-to';
import { timeByGroups } from './time-by-groups';

const TYPES: Record<SqlType, string> = {
  text: 'STRING',
  long: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  decimal: 'DECIMAL(38, 12)',
  whole: 'DECIMAL(38, 0)',
};

/** Days and parts of a day are of UTC whatever the session's time zone is. */
const date = (milliseconds: string): string => `date_from_unix_date(CAST(floor((${milliseconds}) / 86400000) AS INT))`;
const PARTS = {
  minute: (milliseconds: string) => `pmod(floor((${milliseconds}) / 60000), 60)`,
  hour: (milliseconds: string) => `pmod(floor((${milliseconds}) / 3600000), 24)`,
  day: (milliseconds: string) => `day(${date(milliseconds)})`,
  week: (milliseconds: string) => `weekofyear(${date(milliseconds)})`,
  month: (milliseconds: string) => `month(${date(milliseconds)})`,
  year: (milliseconds: string) => `year(${date(milliseconds)})`,
};

/** A dollar is written as what it is in Unicode: Spark puts the value of a variable where \`\${name}\` stands, in a constant, too. */
const text = (value: string): string =>
  `'${whole(value)
    .replace(/[\\']/g, (character) => `\\${character}`)
    .replaceAll('$', '\\u0024')
    .replaceAll('\0', '\\0')}'`;
const identifier = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const relation = (name: string): string => `tollgate.${identifier(name)}`;
const matches = (value: string, expression: string): string =>
  `${value} RLIKE ${text(expression.replace(/\$$/, '\\z'))}`;
/** An expression over a value that is computed once. */
const bound = (value: string, write: (name: string) => string): string =>
  `get(transform(array(${value}), v -> ${write('v')}), 0)`;
const present = (values: string): string => `filter(${values}, x -> x IS NOT NULL)`;
const textOfDouble = (value: string): string =>
  bound(
    value,
    (v) =>
      `CASE WHEN ${v} = floor(${v}) AND abs(${v}) < 1e15 THEN CAST(CAST(${v} AS BIGINT) AS STRING) ELSE CAST(${v} AS STRING) END`,
  );

/** The type of a VARIANT: `STRING`, `BIGINT`, `DECIMAL(2,1)`, `ARRAY<…>`, `OBJECT<…>`, `VOID`. */
const kind = (value: string): string => `schema_of_variant(${value})`;
const scalar = (value: string): string =>
  `CASE WHEN ${kind(value)} IN ('STRING', 'BOOLEAN', 'BIGINT') THEN CAST(${value} AS STRING) WHEN ${kind(value)} LIKE 'DECIMAL%' OR ${kind(value)} = 'DOUBLE' THEN ${textOfDouble(`CAST(${value} AS DOUBLE)`)} END`;
const elements = (value: string): string =>
  `CASE WHEN ${value} IS NULL THEN CAST(array() AS ARRAY<VARIANT>) WHEN ${kind(value)} LIKE 'ARRAY%' THEN CAST(${value} AS ARRAY<VARIANT>) ELSE array(${value}) END`;
const named = (entry: string): string =>
  `parse_json(concat('{"name":', to_json(${entry}.key), CASE WHEN ${kind(`${entry}.value`)} LIKE 'OBJECT%' AND to_json(${entry}.value) <> '{}' THEN concat(',', substr(to_json(${entry}.value), 2)) ELSE '}' END))`;

const json: JsonOperators = {
  parse: (value) => `parse_json(${value})`,
  at: (value, keys) => `try_variant_get(${value}, ${text(`$${keys.map((key) => `["${key}"]`).join('')}`)}, 'variant')`,
  scalar,
  single: (value) =>
    bound(
      present(`transform(${elements(value)}, e -> ${scalar('e')})`),
      (v) => `CASE WHEN size(${v}) = 1 THEN ${v}[0] END`,
    ),
  elements,
  entries: (value) =>
    `CASE WHEN ${kind(value)} LIKE 'OBJECT%' THEN transform(map_entries(CAST(${value} AS MAP<STRING, VARIANT>)), e -> ${named('e')}) WHEN ${kind(value)} LIKE 'ARRAY%' THEN filter(CAST(${value} AS ARRAY<VARIANT>), e -> try_variant_get(e, '\\u0024.name', 'string') IS NOT NULL) END`,
  spread: (of, variable, each) => `flatten(transform(${of}, ${variable} -> ${each(variable)}))`,
  keep: (of, variable, test) => `filter(${of}, ${variable} -> ${test(variable)})`,
  first: (of) => `get(${of}, 0)`,
  isEmpty: (of) => `coalesce(size(${of}), 0) <= 0`,
  values: (of, variable, each) =>
    bound(
      present(`transform(${of}, ${variable} -> ${each(variable)})`),
      (v) => `CASE WHEN size(${v}) > 0 THEN ${v} END`,
    ),
};

export const spark: Dialect = {
  name: 'spark',
  title: 'Spark 4.0 and Databricks Runtime 15.4, and later',
  proof: 'untried',
  tried:
    'No engine and no grammar has read these statements. They are the same plans, printed by the same code, as those of the dialects that are executed; `npm run property -- 200 0 spark` holds them against memory where the engine is installed.',
  setup: 'CREATE SCHEMA IF NOT EXISTS tollgate;\n',
  teardown: 'DROP SCHEMA IF EXISTS tollgate;\n',
  settings: '',
  once: '',
  include: null,
  howTo: SPARK_HOW_TO,
  identifier,
  relation,
  text,
  double: (value) => `${value.toExponential()}D`,
  type: (type, isList) => (isList ? `ARRAY<${TYPES[type]}>` : TYPES[type]),
  cast: (expression, type) => `try_cast(${expression} AS ${TYPES[type]})`,
  decimalDigits: 12,
  sum: (decimals) => `CAST(${decimals} AS DOUBLE)`,
  table: ({ name, columns }) =>
    `CREATE TABLE IF NOT EXISTS ${relation(name)} (\n${columns.map(([column, type]) => `  ${identifier(column)} ${type}`).join(',\n')}\n);\n`,
  clear: (table) => `TRUNCATE TABLE ${table};\n`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query};\n`,
  fold: (value, letters) =>
    letters === undefined
      ? `lower(replace(replace(${value}, 'İ', 'i'), 'Σ', 'σ'))`
      : `lower(${foldLetters(value, letters, text)})`,
  like: (value, parts) => `${value} LIKE ${text(escapedLike(parts))} ESCAPE '^'`,
  regex: () => {
    throw new NotExportable('Spark reads regular expressions in another way than RE2 does.');
  },
  startsWith: (value, other) => `startswith(${value}, ${other})`,
  endsWith: (value, other) => `endswith(${value}, ${other})`,
  contains: (value, other) => `contains(${value}, ${other})`,
  position: (value, other) => `instr(${value}, ${other})`,
  isDigits: (value) => matches(value, '^[0-9]+$'),
  textOfDouble,
  numberOf: (value) =>
    bound(
      value,
      (v) =>
        `CASE WHEN ${matches(v, '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$')} AND abs(try_cast(${v} AS DOUBLE)) <= 1.7976931348623157e308D THEN try_cast(${v} AS DOUBLE) END`,
    ),
  addressOf: () => {
    throw new NotExportable('Spark does not read addresses, so that no network is compared with them.');
  },
  timeOf: (value) => bound(value, () => TIME),
  timePart: (milliseconds, part) => PARTS[part](milliseconds),
  remainder: (dividend, divisor) => `mod(${dividend}, ${divisor})`,
  some: (of, variable, test) => `exists(${of}, ${variable} -> coalesce(${test(variable)}, FALSE))`,
  hasElement: (of) => `size(${present(of)}) > 0`,
  listOf: (texts) => present(`array(${list(texts)})`),
  first: (of) => `get(${of}, 0)`,
  each: (of, alias, distinct) => ({
    join: ` LATERAL VIEW explode(${distinct ? `array_distinct(${of})` : of}) ${alias} AS ${alias}_x`,
    element: `${alias}.${alias}_x`,
  }),
  slidingPercentile: (expression, percent) => `percentile(${expression}, ${percent / 100})`,
  key: (texts) => `to_json(array(${list(texts)}))`,
  newId: 'uuid()',
  now: 'unix_millis(current_timestamp())',
  shownTime: (milliseconds) => `timestamp_millis(${milliseconds})`,
  json,
};

const TIME = timeByGroups({
  matches: (expression) => matches('v', expression),
  group: (expression, number) => `regexp_extract(v, ${text(expression)}, ${number})`,
  days: (day) => `CAST(unix_date(try_cast(${day} AS DATE)) AS BIGINT)`,
  whole: (digits) => `try_cast(${digits} AS BIGINT)`,
});

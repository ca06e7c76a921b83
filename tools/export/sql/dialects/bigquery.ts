import type { PatternPart } from '@tollgate/sigma/rules/plan';
import { NotExportable } from '../../target';
import type { Dialect, SqlType } from '../dialect';
import type { JsonOperators } from '../json';
import { list } from '../query';
import { BIGQUERY_HOW_TO } from './bigquery-how-to';
import { foldLetters } from './fold-letters';
import { whole } from './quoted';
import { timeByGroups } from './time-by-groups';

const TYPES: Record<SqlType, string> = {
  text: 'STRING',
  long: 'INT64',
  double: 'FLOAT64',
  boolean: 'BOOL',
  decimal: 'BIGNUMERIC',
  whole: 'BIGNUMERIC',
};

const PARTS = { minute: 'MINUTE', hour: 'HOUR', day: 'DAY', week: 'ISOWEEK', month: 'MONTH', year: 'YEAR' } as const;
const V4 = '(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}';

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\0': '\\x00' };
const text = (value: string): string =>
  `'${whole(value)
    .replace(/[\\']/g, (character) => `\\${character}`)
    .replace(/[\n\r\0]/g, (character) => SHORT[character]!)}'`;
const identifier = (name: string): string => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
const relation = (name: string): string => `tollgate.${identifier(name)}`;
const matches = (value: string, expression: string): string => `REGEXP_CONTAINS(${value}, ${text(expression)})`;

const json: JsonOperators = {
  parse: (value) => `PARSE_JSON(${value}, wide_number_mode => 'round')`,
  at: (value, keys) => `JSON_QUERY(${value}, ${text(`$${keys.map((key) => `."${key}"`).join('')}`)})`,
  scalar: (value) => `tollgate.scalar(${value})`,
  single: (value) => `tollgate.single(${value})`,
  elements: (value) => `tollgate.elements(${value})`,
  entries: (value) => `tollgate.entries(${value})`,
  spread: (of, variable, each) => `ARRAY(SELECT x FROM UNNEST(${of}) AS ${variable}, UNNEST(${each(variable)}) AS x)`,
  keep: (of, variable, test) => `ARRAY(SELECT ${variable} FROM UNNEST(${of}) AS ${variable} WHERE ${test(variable)})`,
  first: (of) => `${of}[SAFE_OFFSET(0)]`,
  isEmpty: (of) => `COALESCE(ARRAY_LENGTH(${of}), 0) = 0`,
  values: (of, variable, each) =>
    `ARRAY(SELECT x FROM (SELECT ${each(variable)} AS x FROM UNNEST(${of}) AS ${variable}) WHERE x IS NOT NULL)`,
};

const TIME = timeByGroups({
  matches: (expression) => matches('v', expression),
  group: (expression, number) => `REGEXP_REPLACE(v, ${text(expression)}, ${text(`\\${number}`)})`,
  days: (day) => `UNIX_DATE(SAFE_CAST(${day} AS DATE))`,
  whole: (digits) => `SAFE_CAST(${digits} AS INT64)`,
});

const SETUP = `CREATE SCHEMA IF NOT EXISTS tollgate;
CREATE OR REPLACE FUNCTION tollgate.text_of_double(v FLOAT64) RETURNS STRING AS (CASE WHEN v = TRUNC(v) AND ABS(v) < 1e15 THEN CAST(CAST(v AS INT64) AS STRING) ELSE CAST(v AS STRING) END);
CREATE OR REPLACE FUNCTION tollgate.number_of(v STRING) RETURNS FLOAT64 AS (CASE WHEN ${matches('v', '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$')} AND NOT IS_INF(SAFE_CAST(v AS FLOAT64)) THEN SAFE_CAST(v AS FLOAT64) END);
CREATE OR REPLACE FUNCTION tollgate.time_of(v STRING) RETURNS INT64 AS (${TIME});
CREATE OR REPLACE FUNCTION tollgate.address_of(v STRING) RETURNS STRING AS (CASE WHEN ${matches('v', `^${V4}$`)} THEN CONCAT('00000000000000000000ffff', TO_HEX(NET.SAFE_IP_FROM_STRING(v))) WHEN ${matches('v', `^(?i)[0-9a-f:]*:([0-9a-f]{0,4}|${V4})$`)} THEN TO_HEX(NET.SAFE_IP_FROM_STRING(v)) END);
CREATE OR REPLACE FUNCTION tollgate.scalar(j JSON) RETURNS STRING AS (CASE JSON_TYPE(j) WHEN 'string' THEN STRING(j) WHEN 'boolean' THEN TO_JSON_STRING(j) WHEN 'number' THEN CASE WHEN ${matches('TO_JSON_STRING(j)', '^-?[0-9]+$')} THEN TO_JSON_STRING(j) ELSE tollgate.text_of_double(FLOAT64(j, wide_number_mode => 'round')) END END);
CREATE OR REPLACE FUNCTION tollgate.elements(j JSON) RETURNS ARRAY<JSON> AS (CASE WHEN j IS NULL THEN [] WHEN JSON_TYPE(j) = 'array' THEN JSON_QUERY_ARRAY(j) ELSE [j] END);
CREATE OR REPLACE FUNCTION tollgate.single(j JSON) RETURNS STRING AS ((SELECT CASE COUNT(*) WHEN 1 THEN MAX(x) END FROM (SELECT tollgate.scalar(e) AS x FROM UNNEST(tollgate.elements(j)) AS e) WHERE x IS NOT NULL));
CREATE OR REPLACE FUNCTION tollgate.entries(j JSON) RETURNS ARRAY<JSON> AS (CASE JSON_TYPE(j) WHEN 'array' THEN ARRAY(SELECT e FROM UNNEST(JSON_QUERY_ARRAY(j)) AS e WHERE JSON_TYPE(e.name) = 'string') WHEN 'object' THEN ARRAY(SELECT JSON_SET(CASE JSON_TYPE(j[k]) WHEN 'object' THEN j[k] ELSE JSON '{}' END, '$.name', k) FROM UNNEST(JSON_KEYS(j, 1)) AS k) END);
`;

export const bigquery: Dialect = {
  name: 'bigquery',
  title: 'BigQuery (GoogleSQL)',
  proof: 'parsed',
  tried:
    'The statements have been parsed by the grammar that sqlglot has of BigQuery, and not run. They are the same plans, printed by the same code, as those of the dialects that are executed.',
  setup: SETUP,
  teardown: 'DROP SCHEMA IF EXISTS tollgate CASCADE;\n',
  settings: '',
  once: '',
  include: null,
  howTo: BIGQUERY_HOW_TO,
  identifier,
  relation,
  text,
  double: (value) => `CAST(${value.toExponential()} AS FLOAT64)`,
  type: (type, isList) => (isList ? `ARRAY<${TYPES[type]}>` : TYPES[type]),
  cast: (expression, type) => `SAFE_CAST(${expression} AS ${TYPES[type]})`,
  decimalDigits: 38,
  sum: (decimals) => `CAST(${decimals} AS FLOAT64)`,
  table: ({ name, columns }) =>
    `CREATE TABLE IF NOT EXISTS ${relation(name)} (\n${columns.map(([column, type]) => `  ${identifier(column)} ${type}`).join(',\n')}\n);\n`,
  clear: (table) => `TRUNCATE TABLE ${table};\n`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query};\n`,
  fold: (value, letters) =>
    letters === undefined
      ? `LOWER(REPLACE(REPLACE(${value}, 'İ', 'i'), 'Σ', 'σ'))`
      : `LOWER(${foldLetters(value, letters, text)})`,
  like: (value, parts) => `${value} LIKE ${text(parts.map(likePart).join(''))}`,
  regex: (value, { source, ignoreCase, multiline, dotAll }) => {
    const flags = `${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}${dotAll ? 's' : ''}`;
    return matches(value, flags === '' ? source : `(?${flags})${source}`);
  },
  startsWith: (value, other) => `STARTS_WITH(${value}, ${other})`,
  endsWith: (value, other) => `ENDS_WITH(${value}, ${other})`,
  contains: (value, other) => `STRPOS(${value}, ${other}) > 0`,
  position: (value, other) => `STRPOS(${value}, ${other})`,
  isDigits: (value) => matches(value, '^[0-9]+$'),
  textOfDouble: (value) => `tollgate.text_of_double(${value})`,
  numberOf: (value) => `tollgate.number_of(${value})`,
  addressOf: (value) => `tollgate.address_of(${value})`,
  timeOf: (value) => `tollgate.time_of(${value})`,
  timePart: (milliseconds, part) => `EXTRACT(${PARTS[part]} FROM TIMESTAMP_MILLIS(${milliseconds}))`,
  remainder: (dividend, divisor) => `MOD(${dividend}, ${divisor})`,
  some: (of, variable, test) => `EXISTS (SELECT 1 FROM UNNEST(${of}) AS ${variable} WHERE ${test(variable)})`,
  hasElement: (of) => `ARRAY_LENGTH(${of}) > 0`,
  listOf: (texts) => `ARRAY(SELECT x FROM UNNEST([${list(texts)}]) AS x WHERE x IS NOT NULL)`,
  first: (of) => `${of}[SAFE_OFFSET(0)]`,
  each: (of, alias, distinct) => ({
    join: ` CROSS JOIN UNNEST(${distinct ? `ARRAY(SELECT DISTINCT x FROM UNNEST(${of}) AS x)` : of}) AS ${alias}`,
    element: alias,
  }),
  slidingPercentile: () => {
    throw new NotExportable('BigQuery has no percentile of a sliding window.');
  },
  key: (texts) => `TO_JSON_STRING([${list(texts)}])`,
  newId: 'GENERATE_UUID()',
  now: 'UNIX_MILLIS(CURRENT_TIMESTAMP())',
  shownTime: (milliseconds) => `TIMESTAMP_MILLIS(${milliseconds})`,
  json,
};

/** BigQuery's LIKE has a backslash as its escape character, and no other. */
function likePart(part: PatternPart): string {
  if (typeof part === 'string') return part.replace(/[%_\\]/g, (character) => `\\${character}`);
  if (part.wild === 'dash') throw new TypeError('dashes are written out before');
  return part.wild === 'any' ? '%' : '_';
}

import { NotExportable } from '../../target';
import type { Dialect, SqlType } from '../dialect';
import type { JsonOperators } from '../json';
import { list } from '../query';
import { foldLetters } from './fold-letters';
import { escapedLike } from './like';
import { quoted } from './quoted';
import { timeByGroups } from './time-by-groups';
import { TRINO_HOW_TO } from './trino-how-to';

const TYPES: Record<SqlType, string> = {
  text: 'varchar',
  long: 'bigint',
  double: 'double',
  boolean: 'boolean',
  decimal: 'decimal(38, 12)',
  whole: 'decimal(38, 0)',
};

const text = quoted;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const relation = (name: string): string => `tollgate.${identifier(name)}`;
const matches = (value: string, expression: string): string =>
  `regexp_like(${value}, ${text(expression.replace(/\$$/, '\\z'))})`;
/** An expression over a value that is computed once. */
const bound = (value: string, write: (name: string) => string): string =>
  `element_at(transform(ARRAY[${value}], v -> ${write('v')}), 1)`;
const present = (values: string): string => `filter(${values}, x -> x IS NOT NULL)`;
/** A double has its digits as text by way of JSON; a cast would write it with an exponent. */
const textOfDouble = (value: string): string =>
  bound(
    value,
    (v) =>
      `CASE WHEN ${v} = truncate(${v}) AND abs(${v}) < 1e15 THEN CAST(CAST(${v} AS bigint) AS varchar) ELSE json_format(CAST(${v} AS json)) END`,
  );
const scalar = (value: string): string =>
  `CASE WHEN regexp_like(json_format(${value}), '^-?[0-9]+[.eE]') THEN ${textOfDouble(`CAST(json_extract_scalar(${value}, '$') AS double)`)} ELSE json_extract_scalar(${value}, '$') END`;
const elements = (value: string): string =>
  `CASE WHEN ${value} IS NULL THEN CAST(ARRAY[] AS array(json)) WHEN json_array_length(${value}) IS NOT NULL THEN CAST(${value} AS array(json)) ELSE ARRAY[${value}] END`;
const named = `json_parse(concat('{"name":', json_format(CAST(e[1] AS json)), CASE WHEN json_format(e[2]) LIKE '{"%' THEN concat(',', substr(json_format(e[2]), 2)) ELSE '}' END))`;

const json: JsonOperators = {
  parse: (value) => `json_parse(${value})`,
  at: (value, keys) => `json_extract(${value}, ${text(`$${keys.map((key) => `["${key}"]`).join('')}`)})`,
  scalar,
  single: (value) =>
    bound(
      present(`transform(${elements(value)}, e -> ${scalar('e')})`),
      (v) => `CASE WHEN cardinality(${v}) = 1 THEN ${v}[1] END`,
    ),
  elements,
  entries: (value) =>
    `CASE WHEN json_format(${value}) LIKE '{%' THEN transform(map_entries(CAST(${value} AS map(varchar, json))), e -> ${named}) WHEN json_array_length(${value}) IS NOT NULL THEN filter(CAST(${value} AS array(json)), e -> json_format(json_extract(e, '$.name')) LIKE '"%') END`,
  spread: (of, variable, each) => `flatten(transform(${of}, ${variable} -> ${each(variable)}))`,
  keep: (of, variable, test) => `filter(${of}, ${variable} -> ${test(variable)})`,
  first: (of) => `element_at(${of}, 1)`,
  isEmpty: (of) => `coalesce(cardinality(${of}), 0) = 0`,
  values: (of, variable, each) =>
    bound(
      present(`transform(${of}, ${variable} -> ${each(variable)})`),
      (v) => `CASE WHEN cardinality(${v}) > 0 THEN ${v} END`,
    ),
};

export const trino: Dialect = {
  name: 'trino',
  title: 'Trino 440 and later, and Athena with engine 3',
  proof: 'untried',
  tried:
    'No engine and no grammar has read these statements. They are the same plans, printed by the same code, as those of the dialects that are executed; `npm run property -- 200 0 trino` holds them against memory where the engine is installed.',
  setup: 'CREATE SCHEMA IF NOT EXISTS tollgate;\n',
  teardown: 'DROP SCHEMA IF EXISTS tollgate;\n',
  settings: '',
  once: '',
  include: null,
  howTo: TRINO_HOW_TO,
  identifier,
  relation,
  text,
  double: (value) => value.toExponential(),
  type: (type, isList) => (isList ? `array(${TYPES[type]})` : TYPES[type]),
  cast: (expression, type) => `TRY_CAST(${expression} AS ${TYPES[type]})`,
  decimalDigits: 12,
  sum: (decimals) => `CAST(${decimals} AS double)`,
  table: ({ name, columns }) =>
    `CREATE TABLE IF NOT EXISTS ${relation(name)} (\n${columns.map(([column, type]) => `  ${identifier(column)} ${type}`).join(',\n')}\n);\n`,
  clear: (table) => `DELETE FROM ${table};\n`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query};\n`,
  fold: (value, letters) =>
    letters === undefined ? `lower(replace(${value}, 'İ', 'i'))` : `lower(${foldLetters(value, letters, text)})`,
  like: (value, parts) => `${value} LIKE ${text(escapedLike(parts))} ESCAPE '^'`,
  regex: () => {
    throw new NotExportable('Trino reads regular expressions in another way than RE2 does.');
  },
  startsWith: (value, other) => `starts_with(${value}, ${other})`,
  endsWith: (value, other) =>
    `(length(${other}) <= length(${value}) AND substr(${value}, length(${value}) - length(${other}) + 1) = ${other})`,
  contains: (value, other) => `strpos(${value}, ${other}) > 0`,
  position: (value, other) => `strpos(${value}, ${other})`,
  isDigits: (value) => matches(value, '^[0-9]+$'),
  textOfDouble,
  numberOf: (value) =>
    bound(
      value,
      (v) =>
        `CASE WHEN ${matches(v, '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$')} AND is_finite(TRY_CAST(${v} AS double)) THEN TRY_CAST(${v} AS double) END`,
    ),
  addressOf: () => {
    throw new NotExportable('Addresses are not compared with networks in Trino yet.');
  },
  timeOf: (value) => bound(value, () => TIME),
  timePart: (milliseconds, part) => `${part}(from_unixtime((${milliseconds}) / 1e3, 'UTC'))`,
  remainder: (dividend, divisor) => `mod(${dividend}, ${divisor})`,
  some: (of, variable, test) => `coalesce(any_match(${of}, ${variable} -> coalesce(${test(variable)}, FALSE)), FALSE)`,
  hasElement: (of) => `cardinality(${present(of)}) > 0`,
  listOf: (texts) => present(`ARRAY[${list(texts)}]`),
  first: (of) => `element_at(${of}, 1)`,
  each: (of, alias, distinct) => ({
    join: ` CROSS JOIN UNNEST(${distinct ? `array_distinct(${of})` : of}) AS ${alias}(x)`,
    element: `${alias}.x`,
  }),
  slidingPercentile: () => {
    throw new NotExportable('Trino has no exact percentile of a sliding window.');
  },
  key: (texts) => `json_format(CAST(ARRAY[${list(texts)}] AS json))`,
  newId: 'CAST(uuid() AS varchar)',
  now: 'CAST(to_unixtime(current_timestamp) * 1000 AS bigint)',
  shownTime: (milliseconds) => `from_unixtime(${milliseconds} / 1e3)`,
  json,
};

const TIME = timeByGroups({
  matches: (expression) => matches('v', expression),
  group: (expression, number) => `regexp_extract(v, ${text(expression)}, ${number})`,
  days: (day) => `date_diff('day', DATE '1970-01-01', TRY_CAST(${day} AS date))`,
  whole: (digits) => `TRY_CAST(${digits} AS bigint)`,
});

import { NotExportable } from '../../target';
import type { Dialect, SqlType } from '../dialect';
import type { JsonOperators } from '../json';
import { list } from '../query';
import { foldLetters } from './fold-letters';
import { escapedLike } from './like';
import { whole } from './quoted';
import { SNOWFLAKE_HOW_TO } from './snowflake-how-to';
import { timeByGroups } from './time-by-groups';

const TYPES: Record<SqlType, string> = {
  text: 'VARCHAR',
  long: 'NUMBER(19, 0)',
  double: 'FLOAT',
  boolean: 'BOOLEAN',
  decimal: 'NUMBER(38, 12)',
  whole: 'NUMBER(38, 0)',
};

const PARTS = { minute: 'MINUTE', hour: 'HOUR', day: 'DAY', week: 'WEEKISO', month: 'MONTH', year: 'YEAR' } as const;

const text = (value: string): string => {
  if (value.includes('\0')) throw new NotExportable('A text holds the character 0, which is not tried in Snowflake.');
  return `'${whole(value).replace(/[\\']/g, (character) => `\\${character}`)}'`;
};
/** In capitals: a name without quotes means these, so that names with and without are the same. */
const identifier = (name: string): string => `"${name.toUpperCase().replaceAll('"', '""')}"`;
const relation = (name: string): string => `tollgate.${identifier(name)}`;
/** Whether all of a text matches. */
const matches = (value: string, expression: string): string => `REGEXP_LIKE(${value}, ${text(expression)})`;

const json: JsonOperators = {
  parse: (value) => `PARSE_JSON(${value})`,
  at: (value, keys) => `GET_PATH(${value}, ${text(keys.map((key) => `["${key}"]`).join(''))})`,
  scalar: (value) => `tollgate.scalar(${value})`,
  single: (value) => `tollgate.single(${value})`,
  elements: (value) => `tollgate.elements(${value})`,
  entries: (value) => `tollgate.entries(${value})`,
  spread: (of, variable, each) => `ARRAY_FLATTEN(TRANSFORM(${of}, ${variable} VARIANT -> ${each(variable)}))`,
  keep: (of, variable, test) => `FILTER(${of}, ${variable} VARIANT -> ${test(variable)})`,
  first: (of) => `GET(${of}, 0)`,
  isEmpty: (of) => `COALESCE(ARRAY_SIZE(${of}), 0) = 0`,
  values: (of, variable, each) =>
    `tollgate.some_of(ARRAY_COMPACT(TRANSFORM(${of}, ${variable} VARIANT -> CAST(${each(variable)} AS VARIANT))))`,
};

const TIME = timeByGroups({
  matches: (expression) => matches('v', capturing(expression)),
  group: (expression, number) =>
    `REGEXP_SUBSTR(v, ${text(capturing(expression))}, 1, 1, 'e', ${placeOf(expression, number)})`,
  days: (day) => `DATEDIFF('day', CAST('1970-01-01' AS DATE), TRY_TO_DATE(${day}, 'YYYY-MM-DD'))`,
  whole: (digits) => `TRY_TO_NUMBER(${digits})`,
});

/** Snowflake's expressions have no groups that don't capture. */
function capturing(expression: string): string {
  return expression.replaceAll('(?:', '(');
}

/** Which group of an expression is the one that had this number while some did not capture. */
function placeOf(expression: string, number: number): number {
  const groups = [...expression.matchAll(/\((\?:)?/g)].map((found) => found[1] === undefined);
  let captured = 0;
  return groups.findIndex((isCaptured) => isCaptured && ++captured === number) + 1;
}

const SCALAR = `function scalar(v) { return v === null || typeof v === "object" ? null : String(v); }`;
const javascript = (name: string, returns: string, body: string): string =>
  `CREATE OR REPLACE FUNCTION tollgate.${name}(J VARIANT) RETURNS ${returns} LANGUAGE JAVASCRIPT IMMUTABLE AS '${body}';\n`;

const SETUP = `CREATE SCHEMA IF NOT EXISTS tollgate;
${javascript('scalar', 'VARCHAR', `${SCALAR} return J === undefined ? null : scalar(J);`)}${javascript('single', 'VARCHAR', `${SCALAR} if (J === undefined) return null; if (!Array.isArray(J)) return scalar(J); const all = J.map(scalar).filter((one) => one !== null); return all.length === 1 ? all[0] : null;`)}${javascript('elements', 'ARRAY', 'return J === undefined ? [] : Array.isArray(J) ? J : [J];')}${javascript('entries', 'ARRAY', 'const isMap = (v) => v !== null && typeof v === "object" && !Array.isArray(v); if (Array.isArray(J)) return J.filter((one) => isMap(one) && typeof one.name === "string"); return isMap(J) ? Object.entries(J).map(([name, value]) => ({ ...(isMap(value) ? value : {}), name })) : null;')}CREATE OR REPLACE FUNCTION tollgate.some_of(L ARRAY) RETURNS ARRAY AS 'CASE WHEN ARRAY_SIZE(L) > 0 THEN L END';
`;

/** An expression over a value that is computed once. */
const bound = (value: string, write: string): string =>
  `GET(TRANSFORM(ARRAY_CONSTRUCT(${value}), v VARCHAR -> ${write}), 0)`;
const element = (name: string): string => `CAST(${name} AS VARCHAR)`;

export const snowflake: Dialect = {
  name: 'snowflake',
  title: 'Snowflake',
  proof: 'parsed',
  tried:
    'The statements have been parsed by the grammar that sqlglot has of Snowflake, and not run. They are the same plans, printed by the same code, as those of the dialects that are executed.',
  setup: SETUP,
  teardown: 'DROP SCHEMA IF EXISTS tollgate CASCADE;\n',
  settings: '',
  once: '',
  include: null,
  howTo: SNOWFLAKE_HOW_TO,
  identifier,
  relation,
  text,
  double: (value) => `CAST(${value.toExponential()} AS FLOAT)`,
  type: (type, isList) => (isList ? 'ARRAY' : TYPES[type]),
  cast: (expression, type) =>
    type === 'double' ? `TRY_TO_DOUBLE(TO_VARCHAR(${expression}))` : `CAST(${expression} AS ${TYPES[type]})`,
  decimalDigits: 12,
  sum: (decimals) => `CAST(${decimals} AS FLOAT)`,
  table: ({ name, columns }) =>
    `CREATE TABLE IF NOT EXISTS ${relation(name)} (\n${columns.map(([column, type]) => `  ${identifier(column)} ${type}`).join(',\n')}\n);\n`,
  clear: (table) => `TRUNCATE TABLE ${table};\n`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query};\n`,
  fold: (value, letters) =>
    letters === undefined
      ? `LOWER(REPLACE(REPLACE(${value}, 'İ', 'i'), 'Σ', 'σ'))`
      : `LOWER(${foldLetters(value, letters, text)})`,
  like: (value, parts) => `${value} LIKE ${text(escapedLike(parts))} ESCAPE '^'`,
  regex: () => {
    throw new NotExportable('Snowflake reads regular expressions in another way than RE2 does.');
  },
  startsWith: (value, other) => `STARTSWITH(${value}, ${other})`,
  endsWith: (value, other) => `ENDSWITH(${value}, ${other})`,
  contains: (value, other) => `CONTAINS(${value}, ${other})`,
  position: (value, other) => `POSITION(${other}, ${value})`,
  isDigits: (value) => matches(value, '[0-9]+'),
  textOfDouble: (value) =>
    `CASE WHEN ${value} = TRUNC(${value}) AND ABS(${value}) < 1e15 THEN TO_VARCHAR(CAST(${value} AS NUMBER(19, 0))) ELSE TO_VARCHAR(${value}) END`,
  numberOf: (value) =>
    `CASE WHEN ${matches(value, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?')} THEN TRY_TO_DOUBLE(${value}) END`,
  addressOf: () => {
    throw new NotExportable('Addresses are not compared with networks in Snowflake yet.');
  },
  timeOf: (value) => `CAST(${bound(value, TIME)} AS NUMBER(19, 0))`,
  timePart: (milliseconds, part) => `DATE_PART(${PARTS[part]}, TO_TIMESTAMP_NTZ(${milliseconds}, 3))`,
  remainder: (dividend, divisor) => `MOD(${dividend}, ${divisor})`,
  some: (of, variable, test) =>
    `ARRAY_SIZE(FILTER(${of}, ${variable} VARIANT -> COALESCE(${test(element(variable))}, FALSE))) > 0`,
  hasElement: (of) => `ARRAY_SIZE(${of}) > 0`,
  listOf: (texts) => `ARRAY_COMPACT(ARRAY_CONSTRUCT(${list(texts)}))`,
  first: (of) => `CAST(GET(${of}, 0) AS VARCHAR)`,
  each: (of, alias, distinct) => ({
    join: ` CROSS JOIN LATERAL FLATTEN(INPUT => ${distinct ? `ARRAY_DISTINCT(${of})` : of}) AS ${alias}`,
    element: element(`${alias}.VALUE`),
  }),
  slidingPercentile: () => {
    throw new NotExportable('Snowflake has no percentile of a sliding window.');
  },
  key: (texts) => `TO_JSON(ARRAY_CONSTRUCT(${list(texts)}))`,
  newId: 'UUID_STRING()',
  now: `DATE_PART(EPOCH_MILLISECOND, CURRENT_TIMESTAMP())`,
  shownTime: (milliseconds) => `TO_TIMESTAMP_NTZ(${milliseconds}, 3)`,
  json,
};

import type { PatternPart } from '@tollgate/sigma/rules/plan';
import { NotExportable } from '../../target';
import type { Dialect, SqlType } from '../dialect';
import type { JsonOperators } from '../json';
import { list } from '../query';
import { foldLetters } from './fold-letters';
import { SQLITE_HOW_TO } from './sqlite-how-to';
import { sqliteTime } from './sqlite-time';
import { quoted } from './quoted';

const TYPES: Record<SqlType, string> = {
  text: 'TEXT',
  long: 'INTEGER',
  double: 'REAL',
  boolean: 'INTEGER',
  decimal: 'REAL',
  whole: 'INTEGER',
};

const PARTS = { minute: '%M', hour: '%H', day: '%d', week: '%V', month: '%m', year: '%Y' } as const;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** SQLite has no schema that a view may name, so that each name begins with the export's. */
const relation = (name: string): string => identifier(`tollgate_${name}`);

const text = (value: string): string => {
  if (value.includes('\0'))
    throw new NotExportable('A text holds the character 0, at which functions of SQLite end a text.');
  return quoted(value);
};

const textOfDouble = (x: string): string =>
  `CASE WHEN ${x} = CAST(${x} AS INTEGER) AND abs(${x}) < 1e15 THEN CAST(CAST(${x} AS INTEGER) AS TEXT) ELSE CAST(${x} AS TEXT) END`;

/** Lists are JSON. The JSON of a row of `json_each`. */
const element = (row: string): string =>
  `CASE WHEN ${row}.type IN ('array', 'object') THEN ${row}.value WHEN ${row}.type IN ('true', 'false', 'null') THEN ${row}.type ELSE json_quote(${row}.value) END`;

/** The text of a row of `json_each`. */
const scalarOf = (row: string): string =>
  `CASE ${row}.type WHEN 'text' THEN ${row}.value WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'integer' THEN CAST(${row}.value AS TEXT) WHEN 'real' THEN ${textOfDouble(`${row}.value`)} END`;

const json: JsonOperators = {
  parse: (value) => `json(${value})`,
  at: (value, keys) => `(${value} -> ${text(`$${keys.map((key) => `."${key}"`).join('')}`)})`,
  scalar: (value) => `(SELECT ${scalarOf('s')} FROM json_each(json_array(json(${value}))) AS s)`,
  single: (value) =>
    `(SELECT CASE count(*) WHEN 1 THEN max(x) END FROM (SELECT ${scalarOf('s')} AS x FROM json_each(CASE json_type(${value}) WHEN 'array' THEN ${value} ELSE json_array(json(${value})) END) AS s) WHERE x IS NOT NULL)`,
  elements: (value) =>
    `CASE WHEN ${value} IS NULL THEN '[]' WHEN json_type(${value}) = 'array' THEN ${value} ELSE json_array(json(${value})) END`,
  entries: (value) =>
    `CASE json_type(${value}) WHEN 'object' THEN (SELECT json_group_array(json_patch(CASE m.type WHEN 'object' THEN m.value ELSE '{}' END, json_object('name', m.key))) FROM json_each(${value}) AS m) WHEN 'array' THEN (SELECT json_group_array(json(m.value)) FROM json_each(${value}) AS m WHERE m.type = 'object' AND json_type(m.value, '$.name') = 'text') END`,
  spread: (of, variable, each) =>
    `(SELECT json_group_array(json(${element(`${variable}_each`)})) FROM json_each(${of}) AS ${variable}, json_each(${each(element(variable))}) AS ${variable}_each)`,
  keep: (of, variable, test) =>
    `(SELECT json_group_array(json(${element(variable)})) FROM json_each(${of}) AS ${variable} WHERE ${test(element(variable))})`,
  first: (of) => `(${of} -> '$[0]')`,
  isEmpty: (of) => `coalesce(json_array_length(${of}), 0) = 0`,
  values: (of, variable, each) =>
    `(SELECT CASE WHEN count(*) > 0 THEN json_group_array(x) END FROM (SELECT ${each(element(variable))} AS x FROM json_each(${of}) AS ${variable}) WHERE x IS NOT NULL)`,
};

export const sqlite: Dialect = {
  name: 'sqlite',
  title: 'SQLite 3.46 and later',
  proof: 'executed',
  tried:
    'The tests execute every detector in the engine, on cases of each and on random problems, and its answers are the same as those of the engine in memory. Set-up, loading, runs and removal are executed, too.',
  setup: '',
  teardown: '',
  settings: '',
  once: 'MATERIALIZED ',
  include: (path) => `.read ${path}\n`,
  howTo: SQLITE_HOW_TO,
  identifier,
  relation,
  text,
  double: (value) => value.toExponential(),
  type: (type, isList) => (isList ? 'TEXT' : TYPES[type]),
  cast: (expression, type) =>
    type === 'long'
      ? `CASE WHEN abs(CAST(${expression} AS REAL)) < 9.2e18 THEN CAST(${expression} AS INTEGER) END`
      : `CAST(${expression} AS ${TYPES[type]})`,
  decimalDigits: 6,
  sum: (decimals) => `round(${decimals}, 6)`,
  table: ({ name, columns, times }) => {
    const lines = columns.map(([column, type]) => `  ${identifier(column)} ${type}`);
    const indexes = times.map(
      (time) =>
        `CREATE INDEX IF NOT EXISTS ${relation(`${name}_${time}`)} ON ${relation(name)} (${identifier(time)});\n`,
    );
    return `CREATE TABLE IF NOT EXISTS ${relation(name)} (\n${lines.join(',\n')}\n);\n${indexes.join('')}`;
  },
  clear: (table) => `DELETE FROM ${table};\n`,
  view: (name, query) => `CREATE VIEW IF NOT EXISTS ${name} AS\n${query};\n`,
  fold: (value, letters) => {
    if (letters === undefined)
      throw new NotExportable(
        'SQLite folds the case of ASCII letters only, so that two fields are not compared without it.',
      );
    return `lower(${foldLetters(value, letters, text)})`;
  },
  like: (value, parts) => `${value} GLOB ${text(parts.map(globPart).join(''))}`,
  regex: () => {
    throw new NotExportable('SQLite has no regular expressions.');
  },
  startsWith: (value, other) => `substr(${value}, 1, length(${other})) = ${other}`,
  endsWith: (value, other) =>
    `(length(${other}) <= length(${value}) AND substr(${value}, length(${value}) - length(${other}) + 1) = ${other})`,
  contains: (value, other) => `instr(${value}, ${other}) > 0`,
  position: (value, other) => `instr(${value}, ${other})`,
  isDigits: (value) => `(${value} <> '' AND ${value} NOT GLOB '*[^0-9]*')`,
  textOfDouble,
  numberOf: (x) =>
    `CASE WHEN (${x} GLOB '[-0-9]*[0-9]' OR ${x} GLOB '[0-9]') AND json_valid(${x}) AND abs(CAST(${x} AS REAL)) <= 1.7976931348623157e308 THEN CAST(${x} AS REAL) END`,
  addressOf: () => {
    throw new NotExportable('SQLite does not read addresses, so that no network is compared with them.');
  },
  timeOf: sqliteTime,
  timePart: (milliseconds, part) =>
    `CAST(strftime('${PARTS[part]}', (${milliseconds}) / 1000, 'unixepoch') AS INTEGER)`,
  remainder: (dividend, divisor) => `${dividend} % ${divisor}`,
  some: (of, variable, test) =>
    `EXISTS (SELECT 1 FROM json_each(${of}) AS ${variable} WHERE ${test(`${variable}.value`)})`,
  hasElement: (of) => `EXISTS (SELECT 1 FROM json_each(${of}) AS n WHERE n.value IS NOT NULL)`,
  listOf: (texts) =>
    `(SELECT json_group_array(n.value) FROM json_each(json_array(${list(texts)})) AS n WHERE n.value IS NOT NULL)`,
  first: (of) => `(${of} ->> 0)`,
  each: (of, alias, distinct) => {
    const all = distinct ? `(SELECT json_group_array(DISTINCT n.value) FROM json_each(${of}) AS n)` : of;
    return { join: ` JOIN json_each(${all}) AS ${alias}`, element: `${alias}.value` };
  },
  slidingPercentile: () => {
    throw new NotExportable('SQLite has no percentile of a sliding window.');
  },
  key: (texts) => `json_array(${list(texts)})`,
  newId: 'lower(hex(randomblob(16)))',
  now: `CAST(round(unixepoch('subsec') * 1000) AS INTEGER)`,
  shownTime: (milliseconds) => `strftime('%Y-%m-%d %H:%M:%f', ${milliseconds} / 1000.0, 'unixepoch')`,
  json,
};

function globPart(part: PatternPart): string {
  if (typeof part === 'string') return part.replace(/[*?[]/g, (character) => `[${character}]`);
  if (part.wild === 'dash') throw new TypeError('dashes are written out before');
  return part.wild === 'any' ? '*' : '?';
}

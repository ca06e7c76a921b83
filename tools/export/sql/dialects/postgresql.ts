import { NotExportable } from '../../target';
import type { Dialect, SqlType } from '../dialect';
import type { JsonOperators } from '../json';
import { list } from '../query';
import { foldLetters } from './fold-letters';
import { escapedLike } from './like';
import { POSTGRESQL_HOW_TO } from './postgresql-how-to';
import { POSTGRESQL_SETUP } from './postgresql-setup';
import { quoted } from './quoted';

const TYPES: Record<SqlType, string> = {
  text: 'text',
  long: 'bigint',
  double: 'double precision',
  boolean: 'boolean',
  decimal: 'numeric',
  whole: 'numeric',
};

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const relation = (name: string): string => `tollgate.${identifier(name)}`;

/** A backslash is itself, as `standard_conforming_strings` has it by default. */
const text = (value: string): string => {
  if (value.includes('\0')) throw new NotExportable('A text holds the character 0, which PostgreSQL does not have.');
  return quoted(value);
};

const json: JsonOperators = {
  parse: (value) => `CAST(${value} AS jsonb)`,
  at: (value, keys) => `(${value} #> ARRAY[${list(keys.map(text))}])`,
  scalar: (value) => `tollgate.scalar(${value})`,
  single: (value) => `tollgate.single(${value})`,
  elements: (value) => `tollgate.elements(${value})`,
  entries: (value) => `tollgate.entries(${value})`,
  spread: (of, variable, each) =>
    `ARRAY(SELECT x FROM unnest(${of}) AS ${variable}(e), unnest(${each(`${variable}.e`)}) AS x)`,
  keep: (of, variable, test) =>
    `ARRAY(SELECT ${variable}.e FROM unnest(${of}) AS ${variable}(e) WHERE ${test(`${variable}.e`)})`,
  first: (of) => `(${of})[1]`,
  isEmpty: (of) => `coalesce(cardinality(${of}), 0) = 0`,
  values: (of, variable, each) =>
    `(SELECT array_agg(x) FROM (SELECT ${each(`${variable}.e`)} AS x FROM unnest(${of}) AS ${variable}(e)) AS s WHERE x IS NOT NULL)`,
};

export const postgresql: Dialect = {
  name: 'postgresql',
  title: 'PostgreSQL 14 and later',
  proof: 'executed',
  tried:
    'The tests execute every detector in the engine (PGlite, which is PostgreSQL 18), on cases of each and on random problems, and its answers are the same as those of the engine in memory. Set-up, loading, runs and removal are executed, too.',
  setup: POSTGRESQL_SETUP,
  teardown: 'DROP SCHEMA IF EXISTS tollgate CASCADE;\n',
  settings: '',
  once: 'MATERIALIZED ',
  include: (path) => `\\ir ${path}\n`,
  howTo: POSTGRESQL_HOW_TO,
  identifier,
  relation,
  text,
  double: (value) => `CAST(${value.toExponential()} AS double precision)`,
  type: (type, isList) => `${TYPES[type]}${isList ? '[]' : ''}`,
  cast: (expression, type) =>
    type === 'long' ? `tollgate.long_of(CAST(${expression} AS text))` : `CAST(${expression} AS ${TYPES[type]})`,
  decimalDigits: 15,
  sum: (decimals) => `CAST(${decimals} AS double precision)`,
  table: ({ name, columns, times }) => {
    const lines = columns.map(([column, type]) => `  ${identifier(column)} ${type}`);
    const indexes = times.map(
      (time) =>
        `CREATE INDEX IF NOT EXISTS ${identifier(`${name}_${time}`)} ON ${relation(name)} (${identifier(time)});\n`,
    );
    return `CREATE TABLE IF NOT EXISTS ${relation(name)} (\n${lines.join(',\n')}\n);\n${indexes.join('')}`;
  },
  clear: (table) => `DELETE FROM ${table};\n`,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query};\n`,
  fold: (value, letters) =>
    letters === undefined
      ? `lower(replace(${value}, 'İ', 'i'))`
      : `lower(${foldLetters(value, letters, text)} COLLATE "C")`,
  like: (value, parts) => `${value} LIKE ${text(escapedLike(parts))} ESCAPE '^'`,
  regex: () => {
    throw new NotExportable('PostgreSQL reads regular expressions in another way than RE2 does.');
  },
  startsWith: (value, other) => `starts_with(${value}, ${other})`,
  endsWith: (value, other) => `right(${value}, length(${other})) = ${other}`,
  contains: (value, other) => `strpos(${value}, ${other}) > 0`,
  position: (value, other) => `strpos(${value}, ${other})`,
  isDigits: (value) => `(${value} ~ '^[0-9]+$')`,
  textOfDouble: (value) => `tollgate.text_of_double(${value})`,
  numberOf: (value) => `tollgate.number_of(${value})`,
  addressOf: (value) => `tollgate.address_of(${value})`,
  timeOf: (value) => `tollgate.time_of(${value})`,
  timePart: (milliseconds, part) => `extract(${part} FROM to_timestamp((${milliseconds}) / 1000.0) AT TIME ZONE 'UTC')`,
  remainder: (dividend, divisor) => `mod(${dividend}, ${divisor})`,
  some: (of, variable, test) => `EXISTS (SELECT 1 FROM unnest(${of}) AS ${variable}(e) WHERE ${test(`${variable}.e`)})`,
  hasElement: (of) => `EXISTS (SELECT 1 FROM unnest(${of}) AS n(e) WHERE n.e IS NOT NULL)`,
  listOf: (texts) => `array_remove(ARRAY[${list(texts)}], NULL)`,
  first: (of) => `${of}[1]`,
  each: (of, alias, distinct) => ({
    join: ` CROSS JOIN LATERAL (SELECT ${distinct ? 'DISTINCT ' : ''}n.e AS x FROM unnest(${of}) AS n(e)) AS ${alias}`,
    element: `${alias}.x`,
  }),
  slidingPercentile: () => {
    throw new NotExportable('PostgreSQL has no percentile of a sliding window.');
  },
  key: (texts) => `CAST(to_json(ARRAY[${list(texts)}]) AS text)`,
  newId: 'CAST(gen_random_uuid() AS text)',
  now: 'CAST(extract(epoch FROM now()) * 1000 AS bigint)',
  shownTime: (milliseconds) => `to_timestamp(${milliseconds} / 1000.0)`,
  json,
};

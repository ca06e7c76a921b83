import type { PatternPart } from '@tollgate/sigma/rules/plan';
import { NotExportable } from '../target';
import type { Dialect, SqlType } from './dialect';
import { DUCKDB_HOW_TO } from './duckdb-how-to';
import { DUCKDB_SETUP } from './duckdb-setup';

const TYPES: Record<SqlType, string> = {
  text: 'VARCHAR',
  long: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  decimal: 'DECIMAL(38, 12)',
  whole: 'HUGEINT',
};

const PARTS = { minute: 'minute', hour: 'hour', day: 'day', week: 'week', month: 'month', year: 'year' } as const;

/** No literal of a pattern needs it often. */
const ESCAPE = '^';

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** DuckDB takes a backslash as it is, and knows no other way to end a constant than a quote. */
const text = (value: string): string => {
  if (/\p{Surrogate}/u.test(value))
    throw new NotExportable('A text holds half a character, which UTF-8 does not have.');
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes('\0') ? `(${quoted.replaceAll('\0', "' || chr(0) || '")})` : quoted;
};

export const duckdb: Dialect = {
  name: 'duckdb',
  title: 'DuckDB 1.4 and later',
  proof: 'executed',
  schema: 'tollgate',
  setup: DUCKDB_SETUP,
  identifier,
  text,
  double: (value) => value.toExponential(),
  type: (type, list) => `${TYPES[type]}${list ? '[]' : ''}`,
  cast: (expression, type) => `TRY_CAST(${expression} AS ${TYPES[type]})`,
  fold: (value) => `lower(${value})`,
  like: (value, parts) => `${value} LIKE ${text(parts.map(likePart).join(''))} ESCAPE '${ESCAPE}'`,
  regex: (value, { source, ignoreCase, multiline, dotAll }) => {
    const flags = `${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}${dotAll ? 's' : ''}`;
    return `regexp_matches(${value}, ${text(flags === '' ? source : `(?${flags})${source}`)})`;
  },
  startsWith: (value, other) => `starts_with(${value}, ${other})`,
  endsWith: (value, other) => `suffix(${value}, ${other})`,
  contains: (value, other) => `contains(${value}, ${other})`,
  textOfDouble: (value) => `tollgate.text_of_double(${value})`,
  numberOf: (value) => `tollgate.number_of(${value})`,
  addressOf: (value) => `tollgate.address_of(${value})`,
  timeOf: (value) => `tollgate.time_of(${value})`,
  timePart: (milliseconds, part) => `date_part('${PARTS[part]}', epoch_ms(${milliseconds}))`,
  some: (list, test) => `len(list_filter(${list}, x -> ${test('x')})) > 0`,
  hasElement: (list) => `len(list_filter(${list}, x -> x IS NOT NULL)) > 0`,
  each: (list, alias, distinct) => ` CROSS JOIN unnest(${distinct ? `list_distinct(${list})` : list}) AS ${alias}(x)`,
  percentile: (expression, percent) => `quantile_cont(${expression}, ${percent / 100})`,
  key: (texts) => `CAST(to_json([${texts.join(', ')}]) AS VARCHAR)`,
  now: 'epoch_ms(now())',
  shownTime: (milliseconds) => `epoch_ms(${milliseconds})`,
  copy: (table, path) => `COPY ${table} FROM ${text(path)} (HEADER);`,
  howTo: DUCKDB_HOW_TO,
  view: (name, query) => `CREATE OR REPLACE VIEW ${name} AS\n${query};\n`,
};

function likePart(part: PatternPart): string {
  if (typeof part === 'string') return part.replace(/[%_^]/g, (character) => `${ESCAPE}${character}`);
  if (part.wild === 'dash') throw new TypeError('dashes are written out before');
  return part.wild === 'any' ? '%' : '_';
}

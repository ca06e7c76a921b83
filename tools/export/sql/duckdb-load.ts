import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import type { Contract, Derivation } from '../../telemetry/contract';
import { assetFields } from '../../telemetry/contract';
import { columnsOf, listAbove, OWN, qualified, tableName, type Column } from './columns';
import { duckdb } from './duckdb';

const { identifier, text } = duckdb;

/** The longest prefix that has a country of its own. */
const LONGEST = Math.max(
  ...Object.values(COUNTRY_PREFIXES).flatMap((list) => list.split(' ').map(({ length }) => length)),
);

/**
 * Writes what takes the records of `incoming`, one JSON object a row in its column `record`, into a source's table, with the derived fields. A value
 * that is not of its column's type is left out, as a missing one.
 */
export function loadStatement(contract: Contract): string {
  const columns = [...columnsOf(contract).values()];
  const raw = columns.filter((column) => column.raw);
  const derived = columns.filter((column) => !column.raw);
  const entries = contract.entries ?? [];
  const prepared = [
    'record',
    ...entries.map((path, index) => `tollgate.entries_of(${at(path)}) AS entries_${index + 1}`),
  ];
  const found = raw.map((column, index) => `${place(contract, column)} AS j${index + 1}`);
  const read = raw.map((column, index) => `${valueOf(column, `j${index + 1}`)} AS ${identifier(column.name)}`);
  const missing = raw.map(
    (column, index) =>
      `CASE WHEN ${present(column, `j${index + 1}`)} AND ${identifier(column.name)} IS NULL THEN ${text(column.field)} END`,
  );
  const steps = derived.map((column, index) => {
    const value = derivation(contract, column);
    return `step_${index + 1} AS (SELECT *, ${value} AS ${identifier(column.name)} FROM ${index === 0 ? 'read' : `step_${index}`})`;
  });
  const last = derived.length === 0 ? 'read' : `step_${derived.length}`;
  const names = [OWN.id, OWN.time, OWN.ingested, OWN.valueless, ...columns.map(({ name }) => name)].map(identifier);
  const values = [
    `nextval('tollgate.event_ids')`,
    ...[OWN.time, OWN.ingested].map(identifier),
    `list_filter([${missing.join(', ')}], x -> x IS NOT NULL)`,
    ...columns.map(({ name }) => identifier(name)),
  ];
  return `INSERT INTO ${qualified(duckdb, tableName(contract))} (${names.join(', ')})
WITH prepared AS (
  SELECT ${prepared.join(', ')} FROM incoming
), placed AS (
  SELECT ${['*', ...found].join(',\n    ')}
  FROM prepared
), read AS (
  SELECT ${['*', `${timeOf(contract)} AS ${OWN.time}`, `coalesce(tollgate.time_of(tollgate.single(${at('event.ingested')})), epoch_ms(now())) AS ${OWN.ingested}`, ...read].join(',\n    ')}
  FROM placed
)${steps.map((step) => `, ${step}`).join('')}
SELECT ${values.join(', ')}
FROM ${last} WHERE ${OWN.time} IS NOT NULL;
`;
}

/** The JSON at a path of nested maps; loggers may write its keys with dots instead. */
function at(path: string, holder = 'record'): string {
  const nested = `json_extract(${holder}, ${text(jsonPath(path.split('.')))})`;
  return path.includes('.') ? `coalesce(${nested}, json_extract(${holder}, ${text(jsonPath([path]))}))` : nested;
}

function jsonPath(keys: readonly string[]): string {
  return `$${keys.map((key) => `."${key}"`).join('')}`;
}

/** Where a field stands: one JSON value, or, where lists are on the way, a list of them. */
function place(contract: Contract, { field, list }: Column): string {
  const above = listAbove(contract, field);
  if (above === undefined) return list ? `[${at(field)}]` : at(field);
  const entry = (contract.entries ?? []).indexOf(above);
  if (entry >= 0)
    return `json_extract(entries_${entry + 1}, ${text(`$[*]${jsonPath(field.slice(above.length + 1).split('.')).slice(1)}`)})`;
  let path = '$';
  const keys = field.split('.');
  keys.forEach((key, index) => {
    const so = keys.slice(0, index + 1).join('.');
    path += `."${key}"${(contract.objectLists ?? []).includes(so) ? '[*]' : ''}`;
  });
  return `list_concat(json_extract(record, ${text(path)}), [json_extract(record, ${text(jsonPath(keys))})])`;
}

function valueOf(column: Column, json: string): string {
  const { type, list } = column;
  if (list) {
    const all = `tollgate.scalars(${json})`;
    const typed =
      type === 'text' ? all : `list_filter(list_transform(${all}, x -> ${typedText('x', type)}), x -> x IS NOT NULL)`;
    return `tollgate.some_of(${typed})`;
  }
  return typedText(`tollgate.single(${json})`, type);
}

function typedText(value: string, type: Column['type']): string {
  switch (type) {
    case 'long':
      return `tollgate.long_of(${value})`;
    case 'double':
      return `tollgate.number_of(${value})`;
    case 'boolean':
      return `CASE lower(${value}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`;
    default:
      return value;
  }
}

function present(column: Column, json: string): string {
  return column.list ? `len(list_filter(${json}, x -> x IS NOT NULL)) > 0` : `${json} IS NOT NULL`;
}

function timeOf({ time: { field, format } }: Contract): string {
  const given = `tollgate.single(${at(field)})`;
  const bound = (test: string, value: string) =>
    `list_transform([${given}], v -> CASE WHEN ${test} THEN ${value} END)[1]`;
  switch (format) {
    case 'epoch_millis':
      return bound('tollgate.long_of(v) BETWEEN 315532800000 AND 4102444799999', 'tollgate.long_of(v)');
    case 'sns':
      return bound(
        "regexp_full_match(v, '[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}')",
        'tollgate.time_of(v)',
      );
    case 'iso8601':
      return bound("regexp_full_match(v, '(?i)[^T]*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)')", 'tollgate.time_of(v)');
  }
}

function derivation(contract: Contract, column: Column): string {
  const { derive } = contract.derived[column.field]!;
  const columns = columnsOf(contract);
  const named = (field: string) => identifier(columns.get(field)!.name);
  const first = (field: string) => (columns.get(field)!.list ? `${named(field)}[1]` : named(field));
  const isNumber = (from: string) => `regexp_full_match(${from}, '\\+[1-9][0-9]{6,14}')`;
  switch (derive.how) {
    case 'country':
      return `CASE WHEN ${isNumber(named(derive.from))} THEN ${countryOf(named(derive.from))} END`;
    case 'block':
      return `CASE WHEN ${isNumber(named(derive.from))} THEN left(${named(derive.from)}, -4) END`;
    case 'suffix':
      return `CASE WHEN ${isNumber(named(derive.from))} THEN right(${named(derive.from)}, 4) END`;
    case 'number': {
      const from = named(derive.from);
      if (columns.get(derive.from)!.type !== 'text') return from;
      return `CASE WHEN regexp_full_match(${from}, '[+-]?[0-9]+(\\.[0-9]+)?') THEN TRY_CAST(${from} AS ${duckdb.type(column.type, false)}) END`;
    }
    case 'copy':
      return named(derive.from);
    case 'address':
      return `nullif(substr(${named(derive.from)}, instr(${named(derive.from)}, ':') + 1), '')`;
    case 'first':
      return `coalesce(${first(derive.from)}, ${first(derive.or)})`;
    case 'asset': {
      const keys = [...assetFields(derive).map((field) => `nullif(${named(field)}, '')`), text(contract.id)];
      const key = `coalesce(${keys.join(', ')})`;
      return `coalesce(tollgate.single(${at(column.field)}), (SELECT max(a.asset) FROM tollgate.assets AS a WHERE a.account = ${key}), ${key})`;
    }
    default:
      return fromObjects(contract, column, derive);
  }
}

/** What is derived from a list of objects, which is read from the record itself. */
function fromObjects(contract: Contract, column: Column, derive: Derivation & { from: string }): string {
  const entry = (contract.entries ?? []).indexOf(derive.from);
  const objects =
    entry >= 0 ? `json_extract(entries_${entry + 1}, '$[*]')` : `json_extract(${at(derive.from)}, '$[*]')`;
  const key = (name: string) => text(jsonPath([name]));
  switch (derive.how) {
    case 'picked': {
      const [keys, by] = [derive.from.split('.'), derive.by.split('.').at(-1)!];
      const value = keys.pop()!;
      const all = `tollgate.objects(${at(keys.join('.'))})`;
      const chosen = `list_filter(${all}, o -> lower(json_extract_string(o, ${key(by)})) = lower(${text(derive.is)}))[1]`;
      return typedText(`tollgate.single(json_extract(${chosen}, ${key(value)}))`, column.type);
    }
    case 'changed': {
      const to = text(derive.to);
      const changed = `list_filter(${objects}, o -> json_extract_string(o, '$.updated') = ${to} AND coalesce(json_extract_string(o, '$.previous'), '') <> ${to})`;
      return `tollgate.some_of(list_transform(${changed}, o -> json_extract_string(o, '$.name')))`;
    }
    case 'pairs': {
      const pair = `(json_extract_string(o, '$.name')) || ':' || coalesce(json_extract_string(o, '$.previous'), '') || '>' || coalesce(json_extract_string(o, '$.updated'), '')`;
      return `tollgate.some_of(list_transform(${objects}, o -> ${pair}))`;
    }
    case 'after': {
      const prefix = text(derive.prefix);
      const named = `list_filter(${objects}, o -> starts_with(json_extract_string(o, '$.name'), ${prefix}) AND length(json_extract_string(o, '$.name')) > ${derive.prefix.length})`;
      return `substr(json_extract_string(${named}[1], '$.name'), ${derive.prefix.length + 1})`;
    }
    default:
      throw new TypeError(`'${derive.how}' is not derived from objects`);
  }
}

/** The country of the longest prefix: one look-up for each length. */
function countryOf(number: string): string {
  const lengths = Array.from({ length: LONGEST }, (_, i) => LONGEST - i);
  const found = lengths.map(
    (length) => `(SELECT max(p.country) FROM tollgate.prefixes AS p WHERE p.prefix = substr(${number}, 2, ${length}))`,
  );
  return `coalesce(${found.join(', ')})`;
}

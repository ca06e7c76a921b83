import { assetFields, type Contract, type Derivation } from '../../telemetry/contract';
import { columnsOf, type Column } from './columns';
import type { Dialect } from './dialect';
import { typedText, type JsonPlaces } from './places';
import { list } from './query';

/** How a derived column is computed from those before it, and the joins that this needs. */
export interface Computed {
  value: string;
  joins: string[];
}

/** Writes the derived field of a column. `longest` is the length of the longest prefix that has a country. */
export function derivation(
  dialect: Dialect,
  contract: Contract,
  column: Column,
  places: JsonPlaces,
  longest: number,
): Computed {
  const { derive } = contract.derived[column.field]!;
  const columns = columnsOf(contract);
  const named = (field: string) => `s.${dialect.identifier(columns.get(field)!.name)}`;
  const first = (field: string) => (columns.get(field)!.list ? dialect.first(named(field)) : named(field));
  const alone = (value: string): Computed => ({ value, joins: [] });
  const ofNumber = (from: string, value: string) => `CASE WHEN ${isNumber(dialect, named(from))} THEN ${value} END`;
  const less = (from: string, digits: number) =>
    ofNumber(from, `substr(${named(from)}, 1, length(${named(from)}) - ${digits})`);
  switch (derive.how) {
    case 'country': {
      const { value, joins } = countryOf(dialect, named(derive.from), longest);
      return { value: ofNumber(derive.from, value), joins };
    }
    case 'block':
      return alone(less(derive.from, 4));
    case 'range':
      return alone(less(derive.from, 6));
    case 'suffix':
      return alone(ofNumber(derive.from, `substr(${named(derive.from)}, length(${named(derive.from)}) - 3, 4)`));
    case 'number':
      return alone(
        columns.get(derive.from)!.type === 'text' ? decimal(dialect, named(derive.from), column) : named(derive.from),
      );
    case 'copy':
      return alone(named(derive.from));
    case 'address': {
      const colon = dialect.position(named(derive.from), dialect.text(':'));
      return alone(`nullif(substr(${named(derive.from)}, ${colon} + 1), '')`);
    }
    case 'first':
      return alone(`coalesce(${first(derive.from)}, ${first(derive.or)})`);
    case 'asset': {
      const keys = [...assetFields(derive).map((field) => `nullif(${named(field)}, '')`), dialect.text(contract.id)];
      const key = keys.length === 1 ? keys[0]! : `coalesce(${list(keys)})`;
      const assets = `(SELECT account, max(asset) AS named_asset FROM ${dialect.relation('assets')} GROUP BY account) AS a`;
      const own = dialect.json.single(places.at(column.field));
      return {
        value: `coalesce(${own}, a.named_asset, ${key})`,
        joins: [`\nLEFT JOIN ${assets} ON a.account = ${key}`],
      };
    }
    default:
      return alone(fromMaps(dialect, places, column, derive));
  }
}

/** What is derived from the maps of a list. */
function fromMaps(
  dialect: Dialect,
  places: JsonPlaces,
  { type }: Column,
  derive: Derivation & { from: string },
): string {
  const { json } = dialect;
  const textAt = (map: string, key: string) => json.scalar(json.at(map, [key]));
  const all = (path: string, test: (map: string) => string) => json.keep(places.maps(path), 'o', test);
  switch (derive.how) {
    case 'picked': {
      const [keys, by] = [derive.from.split('.'), derive.by.split('.').at(-1)!];
      const value = keys.pop()!;
      const chosen = all(keys.join('.'), (map) => `lower(${textAt(map, by)}) = lower(${dialect.text(derive.is)})`);
      return typedText(dialect, json.single(json.at(json.first(chosen), [value])), type);
    }
    case 'changed': {
      const to = dialect.text(derive.to);
      const changed = all(
        derive.from,
        (map) => `${textAt(map, 'updated')} = ${to} AND coalesce(${textAt(map, 'previous')}, '') <> ${to}`,
      );
      return json.values(changed, 'p', (map) => textAt(map, 'name'));
    }
    case 'pairs': {
      const or = (map: string, key: string) => `coalesce(${textAt(map, key)}, '')`;
      const pair = (map: string) =>
        `${textAt(map, 'name')} || ':' || ${or(map, 'previous')} || '>' || ${or(map, 'updated')}`;
      return json.values(places.maps(derive.from), 'o', pair);
    }
    case 'after': {
      const from = derive.prefix.length + 1;
      const begins = (map: string) =>
        `substr(${textAt(map, 'name')}, 1, ${from - 1}) = ${dialect.text(derive.prefix)} AND length(${textAt(map, 'name')}) >= ${from}`;
      return `substr(${textAt(json.first(all(derive.from, begins)), 'name')}, ${from})`;
    }
    default:
      throw new TypeError(`'${derive.how}' is not derived from maps`);
  }
}

/** Whether a text is a number of E.164: a plus, and seven to fifteen digits of which the first is not 0. */
function isNumber(dialect: Dialect, text: string): string {
  const digits = `substr(${text}, 2)`;
  return `substr(${text}, 1, 1) = '+' AND substr(${text}, 2, 1) <> '0' AND length(${text}) BETWEEN 8 AND 16 AND ${dialect.isDigits(digits)}`;
}

/** A number that is written with digits, and at most a sign and a point between digits. */
function decimal(dialect: Dialect, text: string, { type }: Column): string {
  const body = `CASE WHEN substr(${text}, 1, 1) IN ('+', '-') THEN substr(${text}, 2) ELSE ${text} END`;
  const digits = dialect.isDigits(`replace(${body}, '.', '')`);
  const points = `length(${text}) - length(replace(${text}, '.', '')) <= 1`;
  const ends = `substr(${body}, 1, 1) <> '.' AND substr(${text}, length(${text}), 1) <> '.'`;
  const wanted = type === 'text' ? text : dialect.cast(text, type);
  return `CASE WHEN ${digits} AND ${points} AND ${ends} THEN ${wanted} END`;
}

/** The country of the longest prefix: one look-up for each length. */
function countryOf(dialect: Dialect, number: string, longest: number): Computed {
  const lengths = Array.from({ length: longest }, (_, i) => longest - i);
  const joins = lengths.map((length) => {
    const prefixes = `(SELECT prefix AS prefix_${length}, country AS country_${length} FROM ${dialect.relation('prefixes')})`;
    return `\nLEFT JOIN ${prefixes} AS p${length} ON p${length}.prefix_${length} = substr(${number}, 2, ${length})`;
  });
  return { value: `coalesce(${list(lengths.map((length) => `p${length}.country_${length}`))})`, joins };
}

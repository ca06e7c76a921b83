import { assetFields, type Contract, type Derivation } from '../../telemetry/contract';
import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { placesOf, type Shape, type ShapeField } from '../../telemetry/shape';
import { listAbove, type Column } from '../sql/columns';
import { text } from './kql';
import { columnsOf, customTable } from './source';

/** The watchlists, by the alias that queries name. */
export const WATCHLISTS = { prefixes: 'TollgatePrefixes', assets: 'TollgateAssets', curves: 'TollgateCurves' } as const;

/** The longest prefix that has a country of its own. */
const LONGEST = Math.max(...Object.values(COUNTRY_PREFIXES).flatMap((list) => list.split(' ').map(({ length }) => length)));

/**
 * The body of the saved function of a source: its events with `ts` and `ingested`, in milliseconds, and a column for each field of the contract. Without a
 * shape it reads the source's own table, whose column `Record` holds a record as it was delivered; with one, the table that a connector fills.
 */
export function parser(contract: Contract, shape?: Shape): string {
  const columns = [...columnsOf(contract).values()];
  const reader = shape ? new TableReader(shape) : new RecordReader();
  const lists = new Map<string, Column[]>();
  for (const column of columns.filter(({ raw }) => raw)) {
    const above = listAbove(contract, column.field);
    if (above !== undefined) lists.set(above, [...(lists.get(above) ?? []), column]);
  }
  const inLists = new Set([...lists.values()].flat());
  const plain = columns.filter((column) => column.raw && !inLists.has(column));
  const derived = columns.filter(({ raw }) => !raw);
  const objects = [...lists].map(([path, members], index) => expanded(contract, reader, `list_${index + 1}`, path, members, derived));
  const steps = derived.flatMap((column) => derivedColumn(contract, column, reader));
  const names = ['TimeGenerated', 'ts', 'ingested', ...columns.map(({ name }) => name)];
  return [
    shape ? shape.index : customTable(contract),
    ...(shape ? onlyOf(shape) : []),
    `| extend ingested = ${milliseconds('coalesce(ingestion_time(), now())')}, ts = ${reader.time(contract)}`,
    '| where isnotnull(ts)',
    `| extend ${plain.map((column) => `${column.name} = ${reader.value(contract, column)}`).join(',\n    ')}`,
    ...objects,
    ...steps,
    `| project ${names.join(', ')}`,
  ].join('\n');
}

/** Points of the curves, as a saved function takes them out of the watchlist. */
export const CURVE_PARSER = `_GetWatchlist(${text(WATCHLISTS.curves)})
| where tostring(column_ifexists("curve", "")) == name
| project point_at = todouble(column_ifexists("point_at", "")), point_value = todouble(column_ifexists("point_value", ""))`;

type Changes = Extract<Derivation, { how: 'changed' | 'pairs' }>;

/** How values are read of where a source's records are. */
interface Reader {
  /** Epoch milliseconds of the event. */
  time(contract: Contract): string;
  value(contract: Contract, column: Column): string;
  /** A list of objects as dynamic, and the key under which such an object has a field. */
  list(path: string): string;
  key(path: string, field: string): string[] | null;
}

/** Reads the column `Record`, where keys may be nested or written with dots. */
class RecordReader implements Reader {
  time({ time: { field, format } }: Contract): string {
    const value = this.at(field);
    return format === 'epoch_millis' ? `tolong(${value})` : milliseconds(`todatetime(tostring(${value}))`);
  }

  value(_: Contract, { field, type, list }: Column): string {
    const value = this.at(field);
    return list ? listOf(value) : typed(value, type);
  }

  list(path: string): string {
    return this.at(path);
  }

  key(path: string, field: string): string[] {
    return field.slice(path.length + 1).split('.');
  }

  private at(path: string): string {
    const nested = `Record${path.split('.').map((key) => `[${text(key)}]`).join('')}`;
    return path.includes('.') ? `coalesce(${nested}, Record[${text(path)}])` : nested;
  }
}

/** Reads the columns of a table that a connector fills. */
class TableReader implements Reader {
  constructor(private readonly shape: Shape) {}

  time({ time: { field } }: Contract): string {
    const [place] = placesOf(this.shape, field);
    return milliseconds(place ? `todatetime(${this.at(place)})` : 'TimeGenerated');
  }

  value(_: Contract, { field, type, list }: Column): string {
    const places = placesOf(this.shape, field);
    if (places.length === 0) return list ? 'dynamic(null)' : typed('dynamic(null)', type);
    const values = places.map((place) => (list ? listOf(this.at(place)) : typed(this.at(place), type)));
    return values.length === 1 ? values[0]! : `coalesce(${values.join(', ')})`;
  }

  list(path: string): string {
    const place = this.shape.lists?.[path];
    return place === undefined ? 'dynamic(null)' : `todynamic(${place})`;
  }

  key(path: string, field: string): string[] | null {
    const [place] = placesOf(this.shape, field);
    return place ? place.field.slice(this.shape.lists![path]!.length + 1).split('.') : null;
  }

  private at({ field, root }: ShapeField): string {
    if (root === undefined) return field;
    const keys = field.slice(root.length + 1).split('.');
    return `todynamic(${root})${keys.map((key) => `[${text(key)}]`).join('')}`;
  }
}

function onlyOf({ only = {} }: Shape): string[] {
  return Object.entries(only).map(([name, wanted]) =>
    wanted === true ? `| where isnotempty(${name})` : `| where ${name} in~ (${wanted.map(text).join(', ')})`,
  );
}

/** The fields of a list of objects, each as a list; and what is derived from single objects. */
function expanded(
  contract: Contract,
  reader: Reader,
  name: string,
  path: string,
  members: readonly Column[],
  derived: readonly Column[],
): string {
  const isMap = reader instanceof RecordReader && (contract.entries ?? []).includes(path);
  const of = (field: string) => {
    const keys = reader.key(path, field);
    return keys === null ? 'dynamic(null)' : isMap ? ofEntry(keys[0]!) : `o${keys.map((key) => `[${text(key)}]`).join('')}`;
  };
  const made = members.map((member) => {
    const value = typed(of(member.field), member.type);
    return `${member.name} = make_list_if(${value}, isnotempty(${of(member.field)}))`;
  });
  const picked = derived.flatMap((column) => {
    const { derive } = contract.derived[column.field]!;
    if (derive.how === 'picked' && listAbove(contract, derive.from) === path)
      return [`${column.name} = take_anyif(${typed(of(derive.from), column.type)}, tostring(${of(derive.by)}) =~ ${text(derive.is)})`];
    if (derive.how === 'after' && derive.from === path)
      return [`${column.name} = take_anyif(substring(tostring(o["name"]), ${derive.prefix.length}), tostring(o["name"]) startswith_cs ${text(derive.prefix)})`];
    return [];
  });
  return `| extend ${name} = ${reader.list(path)}
| mv-apply o = ${orOneNull(name, isMap)} on (summarize ${[...made, ...picked].join(',\n    ')})`;
}

/** Each entry of a map is expanded to a map of its own, whose only key is the name of `{name, previous, updated}`. */
function ofEntry(key: string): string {
  return key === 'name' ? 'bag_keys(o)[0]' : `o[tostring(bag_keys(o)[0])][${text(key)}]`;
}

/** A list, or a map, that is never empty, since a row without elements would be left out. */
function orOneNull(list: string, isMap: boolean): string {
  return `iff(array_length(${isMap ? `bag_keys(${list})` : list}) > 0, ${list}, dynamic([null]))`;
}

/** What a column is derived by; nothing where it was taken from objects already. */
function derivedColumn(contract: Contract, column: Column, reader: Reader): string[] {
  const { derive } = contract.derived[column.field]!;
  const columns = columnsOf(contract);
  const of = (field: string) => columns.get(field)!.name;
  const first = (field: string) => (columns.get(field)!.list ? `tostring(${of(field)}[0])` : of(field));
  const isNumber = (field: string) => `${of(field)} matches regex ${text('^\\+[1-9][0-9]{6,14}$')}`;
  const extend = (value: string) => [`| extend ${column.name} = ${value}`];
  switch (derive.how) {
    case 'block':
      return extend(`iff(${isNumber(derive.from)}, substring(${of(derive.from)}, 0, strlen(${of(derive.from)}) - 4), "")`);
    case 'suffix':
      return extend(`iff(${isNumber(derive.from)}, substring(${of(derive.from)}, strlen(${of(derive.from)}) - 4), "")`);
    case 'country':
      return country(column.name, of(derive.from), isNumber(derive.from));
    case 'number':
      return extend(columns.get(derive.from)!.type === 'text' ? typed(of(derive.from), column.type) : of(derive.from));
    case 'copy':
      return extend(of(derive.from));
    case 'address': {
      const from = of(derive.from);
      return extend(`substring(${from}, indexof(${from}, ":") + 1)`);
    }
    case 'first':
      return extend(`coalesce(${first(derive.from)}, ${first(derive.or)})`);
    case 'asset': {
      const keys = [...assetFields(derive).map(of), text(contract.id)];
      const given = reader instanceof RecordReader ? [`tostring(Record[${text(column.field)}])`] : [];
      return [
        `| extend account = coalesce(${[...keys, '""'].join(', ')})`,
        `| lookup kind=leftouter (_GetWatchlist(${text(WATCHLISTS.assets)}) | project account = tostring(column_ifexists("account", "")), of_watchlist = tostring(column_ifexists("asset", "")) | summarize of_watchlist = max(of_watchlist) by account) on account`,
        `| extend ${column.name} = coalesce(${[...given, 'of_watchlist', 'account'].join(', ')})`,
      ];
    }
    case 'picked':
      if (listAbove(contract, derive.from) !== undefined) return [];
      return extend(`iff(${of(derive.by)} =~ ${text(derive.is)}, ${of(derive.from)}, "")`);
    case 'after':
      return [];
    case 'changed':
    case 'pairs':
      return changes(column, derive, contract, reader);
    default:
      return derive satisfies never;
  }
}

/** The country of the longest prefix: the watchlist as a map, in which each length is looked up. */
function country(name: string, number: string, isNumber: string): string[] {
  const found = Array.from({ length: LONGEST }, (_, i) => `tostring(prefix_map[substring(${number}, 1, ${LONGEST - i})])`);
  const map = `toscalar(_GetWatchlist(${text(WATCHLISTS.prefixes)}) | summarize make_bag(bag_pack(tostring(column_ifexists("prefix", "")), tostring(column_ifexists("country", "")))))`;
  return [`| extend prefix_map = ${map}`, `| extend ${name} = iff(${isNumber}, coalesce(${found.join(', ')}), "")`];
}

function changes(column: Column, derive: Changes, contract: Contract, reader: Reader): string[] {
  const isMap = reader instanceof RecordReader && (contract.entries ?? []).includes(derive.from);
  const [name, previous, updated] = ['name', 'previous', 'updated'].map(
    (key) => `tostring(${isMap ? ofEntry(key) : `o[${text(key)}]`})`,
  ) as [string, string, string];
  const value =
    derive.how === 'changed'
      ? `make_list_if(${name}, ${updated} == ${text(derive.to)} and ${previous} != ${text(derive.to)})`
      : `make_list_if(strcat(${name}, ":", ${previous}, ">", ${updated}), isnotempty(${name}))`;
  const list = reader.list(derive.from);
  return [`| mv-apply o = ${orOneNull(list, isMap)} on (summarize ${column.name} = ${value})`];
}

function listOf(value: string): string {
  return `iff(gettype(${value}) == "array", ${value}, iff(isempty(${value}), dynamic([]), pack_array(${value})))`;
}

function typed(value: string, type: Column['type']): string {
  switch (type) {
    case 'long':
      return `tolong(${value})`;
    case 'double':
      return `todouble(${value})`;
    case 'boolean':
      return `tobool(${value})`;
    default:
      return `tostring(${value})`;
  }
}

function milliseconds(time: string): string {
  return `datetime_diff("millisecond", ${time}, datetime(1970-01-01))`;
}

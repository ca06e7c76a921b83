import { assetFields, type Contract, type Derivation } from '../../telemetry/contract';
import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { listAbove, type Column } from '../sql/columns';
import { text } from './kql';
import { ofEntry, orOneNull, typed, type ValueReader } from './reader';
import { columnsOf } from './source';
import { WATCHLISTS } from './watchlists';

/** The longest prefix that has a country of its own. */
const LONGEST = Math.max(
  ...Object.values(COUNTRY_PREFIXES).flatMap((list) => list.split(' ').map(({ length }) => length)),
);

type Changes = Extract<Derivation, { how: 'changed' | 'pairs' }>;

/** What a column is derived by; nothing where it was taken from objects already. */
export function derivedColumn(contract: Contract, column: Column, reader: ValueReader): string[] {
  const { derive } = contract.derived[column.field]!;
  const columns = columnsOf(contract);
  const of = (field: string) => columns.get(field)!.name;
  const first = (field: string) => (columns.get(field)!.list ? `tostring(${of(field)}[0])` : of(field));
  const isNumber = (field: string) => `${of(field)} matches regex ${text('^\\+[1-9][0-9]{6,14}$')}`;
  const less = (field: string, digits: number) =>
    `iff(${isNumber(field)}, substring(${of(field)}, 0, strlen(${of(field)}) - ${digits}), "")`;
  const extend = (value: string) => [`| extend ${column.name} = ${value}`];
  switch (derive.how) {
    case 'block':
      return extend(less(derive.from, 4));
    case 'range':
      return extend(less(derive.from, 6));
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
      return [
        `| extend asset_account = coalesce(${[...keys, '""'].join(', ')})`,
        `| lookup kind=leftouter (_GetWatchlist(${text(WATCHLISTS.assets)}) | project asset_account = tostring(column_ifexists("account", "")), asset_named = tostring(column_ifexists("asset", "")) | summarize asset_named = max(asset_named) by asset_account) on asset_account`,
        `| extend ${column.name} = coalesce(${[...reader.given(column.field), 'asset_named', 'asset_account'].join(', ')})`,
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
  const found = Array.from(
    { length: LONGEST },
    (_, i) => `tostring(prefix_map[substring(${number}, 1, ${LONGEST - i})])`,
  );
  const map = `toscalar(_GetWatchlist(${text(WATCHLISTS.prefixes)}) | summarize make_bag(bag_pack(tostring(column_ifexists("prefix", "")), tostring(column_ifexists("country", "")))))`;
  return [`| extend prefix_map = ${map}`, `| extend ${name} = iff(${isNumber}, coalesce(${found.join(', ')}), "")`];
}

function changes(column: Column, derive: Changes, contract: Contract, reader: ValueReader): string[] {
  const isMap = reader.isMap(contract, derive.from);
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

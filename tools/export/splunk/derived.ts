import { assetFields, type Contract, type Derivation } from '../../telemetry/contract';
import { neededFields } from '../plan/fields';
import { listAbove, type Column } from '../sql/columns';
import { LOOKUPS } from './lookups';
import type { RawReader } from './reader';
import { columnsOf } from './source';
import { literal, text } from './spl';

/** An E.164 number. */
const NUMBER = text('^[+][1-9][0-9]{6,14}(?!.)');

type Changes = Extract<Derivation, { how: 'changed' | 'pairs' }>;

/** The steps by which a column is derived from those before it. */
export function derivedColumn(contract: Contract, column: Column, reader: RawReader): string[] {
  const { derive } = contract.derived[column.field]!;
  const columns = columnsOf(contract);
  const of = (field: string) => columns.get(field)!.name;
  const first = (field: string) => (columns.get(field)!.list ? `mvindex(${of(field)}, 0)` : of(field));
  const ofNumber = (field: string, value: string) =>
    `if(match(coalesce(${of(field)}, ""), ${NUMBER}), ${value}, null())`;
  const less = (field: string, digits: number) =>
    ofNumber(field, `substr(${of(field)}, 1, len(${of(field)}) - ${digits})`);
  const set = (value: string) => [`| eval ${column.name}=${value}`];
  switch (derive.how) {
    case 'block':
      return set(less(derive.from, 4));
    case 'range':
      return set(less(derive.from, 6));
    case 'suffix':
      return set(ofNumber(derive.from, `substr(${of(derive.from)}, len(${of(derive.from)}) - 3)`));
    case 'country':
      return [
        `| eval digits=${ofNumber(derive.from, `substr(${of(derive.from)}, 2)`)}`,
        `| lookup ${LOOKUPS.prefixes} prefix AS digits OUTPUT country AS ${column.name}`,
      ];
    case 'number':
      return set(`tonumber(${of(derive.from)})`);
    case 'copy':
      return set(of(derive.from));
    case 'address':
      return set(`nullif(replace(${of(derive.from)}, "^[^:]*:", ""), "")`);
    case 'first':
      return set(`coalesce(${first(derive.from)}, ${first(derive.or)})`);
    case 'asset': {
      const keys = [...assetFields(derive).map(of), text(contract.id)];
      return [
        `| eval account_key=${keys.length === 1 ? keys[0]! : `coalesce(${keys.join(', ')})`}`,
        `| lookup ${LOOKUPS.assets} account AS account_key OUTPUT asset AS named_asset`,
        `| eval ${column.name}=coalesce(${reader.derivedBefore(column.field)}, named_asset, account_key)`,
      ];
    }
    case 'picked': {
      const list = listAbove(contract, derive.from);
      const is = text(derive.is.toLowerCase());
      if (list === undefined) return set(`if(lower(coalesce(${of(derive.by)}, ""))=${is}, ${of(derive.from)}, null())`);
      const key = (field: string) => `spath(object, ${text(reader.keyOf(list, field))})`;
      return [
        `| eval object=${reader.objects(list)}`,
        `| eval ${column.name}=mvindex(mvmap(object, if(lower(${key(derive.by)})=${is}, ${key(derive.from)}, null())), 0)`,
      ];
    }
    case 'after': {
      const names = text(`^${literal(derive.prefix, true)}`);
      return [
        `| eval object=${reader.objects(derive.from)}`,
        '| eval name=mvmap(object, spath(object, "name"))',
        `| eval ${column.name}=substr(mvindex(mvfilter(match(name, ${names})), 0), ${derive.prefix.length + 1})`,
      ];
    }
    case 'changed':
    case 'pairs':
      return changes(column, derive, contract, reader);
    default:
      return derive satisfies never;
  }
}

/** The steps by which a field of a map's entries is read: a list of the names, which are the map's keys, or of what stands under them. */
export function entryColumn({ field, name }: Column, list: string, reader: RawReader): string[] {
  const key = field.slice(list.length + 1);
  return [
    `| eval object=${reader.objects(list)}`,
    '| eval name=json_array_to_mv(json_keys(object))',
    `| eval ${name}=${key === 'name' ? 'name' : `mvmap(name, ${entryValue(key)})`}`,
  ];
}

/** What stands in an entry of a map, whose name may have dots. */
function entryValue(key: string): string {
  return `spath(json_extract_exact(object, name), ${text(key)})`;
}

/** Of a map, the keys are the names of its entries. */
function changes(column: Column, derive: Changes, { entries = [] }: Contract, reader: RawReader): string[] {
  const isMap = entries.includes(derive.from);
  const each = isMap ? 'name' : 'object';
  const at = (key: string) => (isMap ? entryValue(key) : `spath(object, "${key}")`);
  const name = isMap ? 'name' : at('name');
  const value =
    derive.how === 'changed'
      ? `if(${at('updated')}=${text(derive.to)} AND coalesce(${at('previous')}, "")!=${text(derive.to)}, ${name}, null())`
      : `${name}.":".coalesce(${at('previous')}, "").">".coalesce(${at('updated')}, "")`;
  return [
    `| eval object=${reader.objects(derive.from)}`,
    ...(isMap ? ['| eval name=json_array_to_mv(json_keys(object))'] : []),
    `| eval ${column.name}=mvmap(${each}, ${value})`,
  ];
}

/** A column and those that it is derived from, in the order in which they are computed. */
export function neededColumns(contract: Contract, fields: Iterable<string>): Column[] {
  const columns = columnsOf(contract);
  return neededFields(contract, fields).flatMap((field) => columns.get(field) ?? []);
}

import { getOwn, isMap } from '@tollgate/sigma/values/map';
import { assetFields, type Contract } from '../../telemetry/contract';

type VendorRecord = Record<string, unknown>;

/** The value of a vendor's record from which a field is read or computed. */
export interface Leaf {
  path: string;
  /** Where it stands in a list of objects: only in those that have this value. */
  by?: { path: string; is: string };
  /** It is a number of a phone: a country, a block or a range is computed from it. */
  isPhone: boolean;
}

/** Where a field of a contract comes from in this record; null where nothing in the record decides it alone. */
export function leafOf(contract: Contract, field: string, record: VendorRecord): Leaf | null {
  const derived = getOwn(contract.derived, field);
  if (derived === undefined) {
    if (!Object.hasOwn(contract.fields, field)) return null;
    const isPhone = Object.values(contract.derived).some(
      ({ derive }) => (derive.how === 'block' || derive.how === 'range') && derive.from === field,
    );
    return { path: field, isPhone };
  }
  const { derive } = derived;
  switch (derive.how) {
    case 'country':
    case 'block':
    case 'range':
    case 'suffix': {
      const leaf = leafOf(contract, derive.from, record);
      return leaf && { ...leaf, isPhone: true };
    }
    case 'copy':
    case 'address':
    case 'number': {
      const leaf = leafOf(contract, derive.from, record);
      return leaf && { ...leaf, isPhone: leaf.isPhone || field === contract.roles.destination };
    }
    case 'first': {
      const leaves = [derive.from, derive.or].map((from) => leafOf(contract, from, record));
      const found = leaves.find((leaf) => leaf && read(record, leaf) !== undefined);
      return found ? { ...found, isPhone: found.isPhone || field === contract.roles.destination } : null;
    }
    case 'picked':
      return {
        path: derive.from,
        by: { path: derive.by, is: derive.is },
        isPhone: field === contract.roles.destination,
      };
    case 'asset': {
      const leaves = assetFields(derive).map((from) => leafOf(contract, from, record));
      return leaves.find((leaf) => leaf && read(record, leaf) !== undefined) ?? null;
    }
    case 'changed':
    case 'pairs':
    case 'after':
      return null;
    default:
      return derive satisfies never;
  }
}

/** The value at a leaf; undefined where there is none. */
export function read(record: VendorRecord, { path, by }: Leaf): unknown {
  const found = below(record, path.split('.'), by);
  return found.find((value) => value !== undefined && value !== null);
}

/** The entries of a case's `set` that put a value at a leaf: the path, or the whole list where it stands in one. */
export function setting(record: VendorRecord, { path, by }: Leaf, value: unknown): VendorRecord {
  const keys = path.split('.');
  const depth = keys.findIndex((_, index) => Array.isArray(below(record, keys.slice(0, index + 1))[0]));
  if (depth === -1 || depth === keys.length - 1) return { [path]: value };
  const [list] = below(record, keys.slice(0, depth + 1)) as [unknown[]];
  const rest = keys.slice(depth + 1);
  const changed = structuredClone(list).map((one) => {
    if (isMap(one) && isMeant(one, rest, by) && below(one, rest)[0] !== undefined) replace(one, rest, value);
    return one;
  });
  return { [keys.slice(0, depth + 1).join('.')]: changed };
}

function below(value: unknown, keys: string[], by?: Leaf['by']): unknown[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((one) => (isMeant(one, keys, by) ? below(one, keys, by) : []));
  // Loggers may write a path as one key.
  const whole = keys.join('.');
  if (isMap(value) && Object.hasOwn(value, whole)) return [value[whole]];
  return isMap(value) ? below(getOwn(value, key), rest, by) : [];
}

/** Whether an object of a list, whose keys `keys` follow, is the one that is picked by a value beside. */
function isMeant(one: unknown, keys: string[], by: Leaf['by']): boolean {
  if (by === undefined || keys.length > 1) return true;
  const key = by.path.split('.').at(-1)!;
  return isMap(one) && String(one[key]).toLowerCase() === by.is.toLowerCase();
}

function replace(map: VendorRecord, [key, ...rest]: string[], value: unknown): void {
  const next = map[key!];
  if (rest.length === 0) map[key!] = value;
  else if (isMap(next)) replace(next, rest, value);
}

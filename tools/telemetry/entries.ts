import { jsonOf } from '@tollgate/sigma/values/json';
import { isMap } from '@tollgate/sigma/values/map';

/** One property that changed, out of a map such as `{Azerbaijan: {previous: 'disabled', updated: 'enabled'}}`. */
export interface ChangedProperty {
  name: string;
  [part: string]: unknown;
}

/**
 * The list that stands for a map with data for keys, in the map's order; what is a list already stays as it is.
 * A value that is no map keeps its name and loses the rest, since no field of the contract could hold it.
 */
export function entriesOf(map: unknown): ChangedProperty[] {
  if (Array.isArray(map)) return map.filter(isEntry);
  if (!isMap(map)) return [];
  return Object.entries(map).map(([name, value]) => (isMap(value) ? { ...value, name } : { name }));
}

/** Names of the entries whose value became `to`. */
export function changedTo(entries: ChangedProperty[], to: string): string[] {
  return entries.filter(({ previous, updated }) => updated === to && previous !== to).map(({ name }) => name);
}

/** Each entry as `name:previous>updated`; a value that is missing or null is empty. */
export function pairsOf(entries: ChangedProperty[]): string[] {
  return entries.map(({ name, previous, updated }) => `${name}:${text(previous)}>${text(updated)}`);
}

/** What follows the prefix in the first name that begins with it and goes on; `undefined` too where this is no list. */
export function restAfter(list: unknown, prefix: string): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const found = entriesOf(list).find(({ name }) => name.startsWith(prefix) && name.length > prefix.length);
  return found?.name.slice(prefix.length);
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? written(value) : String(value);
}

/** Empty for what is nested so deep that it can't be written: no vendor writes such a value. */
function written(value: object): string {
  try {
    return jsonOf(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return '';
  }
}

function isEntry(value: unknown): value is ChangedProperty {
  return isMap(value) && typeof value['name'] === 'string';
}

import type { Event } from '@tollgate/sigma/values/event';
import { isMap, type JsonMap } from '@tollgate/sigma/values/map';
import { entriesOf } from '../../../tools/telemetry/entries';
import type { Contract } from '../../../tools/telemetry/contract';

/** What a source delivers of an event: without what is derived of it, and with the maps that became lists. When it was delivered stays as `event.ingested`. */
export function rawOf(contract: Contract, event: Event): JsonMap {
  const record = structuredClone(event) as JsonMap;
  remove(record, ['@timestamp']);
  for (const field of Object.keys(contract.derived)) if (!contract.fields[field]) remove(record, field.split('.'));
  for (const path of contract.entries ?? []) restore(record, path.split('.'));
  return record;
}

/** Removes a key, and the maps above it that are empty then. */
function remove(map: JsonMap, [key, ...below]: readonly string[]): void {
  const value = map[key!];
  if (below.length > 0 && isMap(value)) {
    remove(value, below);
    if (Object.keys(value).length > 0) return;
  } else if (below.length > 0) return;
  delete map[key!];
}

function restore(map: JsonMap, [key, ...below]: readonly string[]): void {
  const value = map[key!];
  if (below.length > 0) {
    if (isMap(value)) restore(value, below);
  } else if (Array.isArray(value)) {
    map[key!] = Object.fromEntries(entriesOf(value).map(({ name, ...parts }) => [name, parts]));
  }
}

import { createHash } from 'node:crypto';
import { isMap } from '@tollgate/sigma/values/map';

/** SHA-256 of any JSON, whatever the order of its maps' keys: hexadecimal. */
export function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex');
}

/** Maps in the order of their keys; lists as they are. */
export function sortedKeys(_key: string, value: unknown): unknown {
  return isMap(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

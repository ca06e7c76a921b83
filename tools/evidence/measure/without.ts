import { isMap } from '@tollgate/sigma/values/map';

/** A map without these keys; anything else as it is. */
export function without(value: unknown, keys: string[]): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

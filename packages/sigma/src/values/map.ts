/** A map of JSON or YAML. */
export type JsonMap = Record<string, unknown>;

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a key that is data: `constructor` and the like, which every object inherits, are there only where they were written. */
export function getOwn<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Sets a key that is data: `__proto__` too is a key like any other. */
export function setOwn<Value>(map: Record<string, Value>, key: string, value: Value): void {
  if (key !== '__proto__') map[key] = value;
  else Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

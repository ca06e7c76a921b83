/** One log record as a rule sees it: plain JSON, nested or with dotted keys. A bigint is an integer whose digits no double keeps. */
export type Event = Record<string, unknown>;

/** A value that groups and counts can be made of. */
export type Scalar = string | number | bigint | boolean;

/** Reads one field of many events; made once, because the paths of a field are worked out once. */
export type FieldReader = (event: Event) => unknown[];

/**
 * A reader of every value at a dotted path. Each dot may separate two levels of objects or be part of a key, so `a.b.c` is
 * found in `{a: {b: {c}}}`, `{'a.b.c'}` and `{'a.b': {c}}` alike. Lists on the way and at the end are taken apart, whatever
 * their depth. An empty list has no values; an object at the end is returned as it is.
 */
export function fieldReader(field: string): FieldReader {
  if (!field.includes('.')) {
    return (event) => (Object.hasOwn(event, field) ? flatten(event[field]) : []);
  }
  const keys = keysOf(field);
  return (event) => {
    const found: unknown[] = [];
    walk(event, 0, keys, (value) => {
      if (Array.isArray(value)) for (const item of flatten(value)) found.push(item);
      else found.push(value);
    });
    return found;
  };
}

/** Every value at a dotted path of one event; see `fieldReader`. */
export function valuesAt(event: Event, field: string): unknown[] {
  return fieldReader(field)(event);
}

/** A test of whether a field is there at all, be its value null, an empty string or an empty list. */
export function presenceTest(field: string): (event: Event) => boolean {
  const keys = keysOf(field);
  return (event) => {
    let present = false;
    walk(event, 0, keys, () => {
      present = true;
    });
    return present;
  };
}

/** A field as groups and counts take it: its one scalar, the list of them where there are several, null where there is none. */
export function scalarAt(event: Event, field: string): Scalar | Scalar[] | null {
  return scalarReader(field)(event);
}

/** `scalarAt` of one field of many events. */
export function scalarReader(field: string): (event: Event) => Scalar | Scalar[] | null {
  const read = fieldReader(field);
  return (event) => {
    const values = read(event);
    if (values.length <= 1) return isScalar(values[0]) ? values[0] : null;
    const scalars = values.filter(isScalar);
    return scalars.length > 1 ? scalars : (scalars[0] ?? null);
  };
}

export function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
  );
}

/** The text of every value in an event, at any depth; those of numbers may be left out. Iterative, because the depth of a record is the sender's choice. */
export function textsOf(event: Event, withNumbers = true): string[] {
  const texts: string[] = [];
  const pending: unknown[] = [event];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'string') texts.push(value);
    else if (Array.isArray(value)) for (const item of value) pending.push(item);
    else if (typeof value === 'object') for (const key in value) pending.push((value as Event)[key]);
    else if (typeof value === 'boolean' || (withNumbers && isScalar(value))) texts.push(String(value));
  }
  return texts;
}

/** Whether a string, number or boolean stands at this value or anywhere below it. */
export function holdsScalar(value: unknown): boolean {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (isScalar(next)) return true;
    if (Array.isArray(next)) for (const item of next) pending.push(item);
    else if (next !== null && typeof next === 'object') for (const item of Object.values(next)) pending.push(item);
  }
  return false;
}

/** `[start]` → the keys that can begin there, each with the segment that follows it. */
type Keys = { key: string; next: number }[][];

/** The keys of the fields that were asked for last: rules have thousands of tests on a few fields. */
const known = new Map<string, Keys>();
const MOST_KNOWN = 10_000;

function keysOf(field: string): Keys {
  const before = known.get(field);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const segments = field.split('.');
  const keys = segments.map((_, start) =>
    segments.slice(start).map((__, length) => ({
      key: segments.slice(start, start + length + 1).join('.'),
      next: start + length + 1,
    })),
  );
  known.set(field, keys);
  return keys;
}

/** Calls `found` with each value that stands at the end of the path. Recursion is as deep as the path has segments. */
function walk(holder: unknown, start: number, keys: Keys, found: (value: unknown) => void): void {
  if (holder === null || typeof holder !== 'object') return;
  if (Array.isArray(holder)) {
    for (const item of flatten(holder)) walk(item, start, keys, found);
    return;
  }
  for (const { key, next } of keys[start]!) {
    if (!Object.hasOwn(holder, key)) continue;
    const value = (holder as Event)[key];
    if (next === keys.length) found(value);
    else walk(value, next, keys, found);
  }
}

/** The items of a list of lists, in order. Iterative for the same reason as `textsOf`. */
export function flatten(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [value];
  if (!value.some(Array.isArray)) return value as unknown[];
  const items: unknown[] = [];
  const pending = [...(value as unknown[])].reverse();
  while (pending.length > 0) {
    const next = pending.pop();
    if (Array.isArray(next)) for (let i = next.length - 1; i >= 0; i--) pending.push(next[i]);
    else items.push(next);
  }
  return items;
}

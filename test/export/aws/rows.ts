import type { Contract, Field } from '../../../tools/telemetry/contract';
import { placesOf, type Shape } from '../../../tools/telemetry/shape';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Mapped = Record<string, Json>;

/** A record with a value in each of a contract's fields: that of its example, or one made up. Each list of objects has two. */
export function wholeRecord({ fields, example, objectLists = [] }: Contract): Mapped {
  const record: Mapped = {};
  Object.entries(fields).forEach(([name, field], index) => {
    const lists = objectLists.filter((path) => name.startsWith(`${path}.`)).sort((a, b) => a.length - b.length);
    if (lists.length === 0) put(record, name, at(example as Mapped, name) ?? made(field, index));
    else within(record, lists, name, (nth) => made({ ...field, list: false }, index * 10 + nth));
  });
  return record;
}

/** The row of a shape's table that holds a record: by the names of its columns, texts of JSON where these hold parts of it, and maps where `maps` says so. */
export function rowOf(contract: Contract, shape: Shape, record: Mapped, maps: readonly string[] = []): Mapped {
  const row: Mapped = {};
  const roots = new Map<string, Mapped>();
  const lists = (contract.objectLists ?? []).filter((path) => shape.lists?.[path] !== undefined);
  for (const name of Object.keys(shape.fields)) {
    const [{ field, root, values }] = placesOf(shape, name) as [ReturnType<typeof placesOf>[0]];
    if (lists.some((path) => name.startsWith(`${path}.`))) continue;
    const value = at(record, name) ?? null;
    if (root !== undefined) {
      const part = roots.get(root) ?? {};
      roots.set(root, part);
      if (maps.includes(root)) part[field.slice(root.length + 1)] = String(value as string);
      else put(part, field.slice(root.length + 1), value);
    } else put(row, field, values?.[String(value as string)] ?? value);
  }
  for (const path of lists.filter((one) => !lists.some((other) => one.startsWith(`${other}.`))))
    put(row, shape.lists![path]!, objects(contract, shape, path, at(record, path) as Mapped[], lists));
  for (const [root, part] of roots) put(row, root, maps.includes(root) ? part : JSON.stringify(part));
  if (shape.each === undefined) return row;
  const { [shape.each]: one, ...others } = row;
  return { ...others, [shape.each]: [one!] };
}

function objects(
  contract: Contract,
  shape: Shape,
  path: string,
  of: readonly Mapped[],
  lists: readonly string[],
): Json[] {
  const place = shape.lists![path]!;
  const inner = lists.filter((other) => other.startsWith(`${path}.`));
  return of.map((object) => {
    const made: Mapped = {};
    for (const name of Object.keys(shape.fields).filter((field) => field.startsWith(`${path}.`))) {
      if (inner.some((other) => name.startsWith(`${other}.`))) continue;
      const [{ field }] = placesOf(shape, name) as [ReturnType<typeof placesOf>[0]];
      put(made, field.slice(place.length + 1), at(object, name.slice(path.length + 1)) ?? null);
    }
    for (const other of inner) {
      const below = at(object, other.slice(path.length + 1)) as Mapped[];
      put(made, shape.lists![other]!.slice(place.length + 1), objects(contract, shape, other, below, lists));
    }
    return made;
  });
}

function made({ type, list }: Partial<Field>, n: number): Json {
  const one = type === 'long' ? n : type === 'double' ? n + 0.5 : type === 'boolean' ? n % 2 === 0 : `value ${n}`;
  return list ? [one, `${String(one)} too`] : one;
}

function within(record: Mapped, lists: readonly string[], name: string, value: (nth: number) => Json): void {
  let levels: Mapped[] = [record];
  let before = '';
  for (const path of lists) {
    levels = levels.flatMap((level) => {
      const key = path.slice(before.length);
      if (at(level, key) === undefined) put(level, key, [{}, {}]);
      return at(level, key) as Mapped[];
    });
    before = `${path}.`;
  }
  levels.forEach((level, nth) => put(level, name.slice(before.length), value(nth)));
}

function at(record: Mapped, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, key) => (value as Mapped | undefined)?.[key], record);
}

function put(record: Mapped, path: string, value: Json): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let level = record;
  for (const key of keys) level = (level[key] ??= {}) as Mapped;
  level[last] = value;
}

import { getOwn, isMap, setOwn } from '@tollgate/sigma/values/map';
import type { Contract } from '../../telemetry/contract';
import { placesOf, type Shape } from '../../telemetry/shape';

/** A vendor's record under the names of a shape; what the shape has no name for is left out. */
export function shaped(record: Record<string, unknown>, contract: Contract, shape: Shape): Record<string, unknown> {
  return below(record, '', contract, shape);
}

/** An object of the list at a path, or the record itself. */
function below(object: unknown, path: string, contract: Contract, shape: Shape): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  if (!isMap(object)) return made;
  const lists = contract.objectLists ?? [];
  const inside = (name: string) => around(name, lists) === path;
  for (const field of Object.keys(shape.fields).filter(inside)) {
    const value = valueAt(object, rest(field, path));
    const place = placesOf(shape, field)[0]!.field;
    if (value !== undefined) set(made, rest(place, shape.lists?.[path] ?? path), value);
  }
  for (const list of lists.filter((name) => inside(name) && shape.lists?.[name] !== undefined)) {
    const value = valueAt(object, rest(list, path));
    if (!Array.isArray(value)) continue;
    const objects = value.map((one) => below(one, list, contract, shape));
    set(made, rest(shape.lists![list]!, shape.lists?.[path] ?? path), objects);
  }
  return made;
}

/** The innermost list in which something stands; nothing where it is in none. */
function around(name: string, lists: readonly string[]): string {
  return lists.filter((list) => name.startsWith(`${list}.`)).sort((a, b) => b.length - a.length)[0] ?? '';
}

function rest(path: string, above: string): string {
  return above === '' ? path : path.slice(above.length + 1);
}

function valueAt(object: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(object, path)) return object[path];
  let value: unknown = object;
  for (const key of path.split('.')) value = isMap(value) ? getOwn(value, key) : undefined;
  return value;
}

function set(object: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let level = object;
  for (const key of keys) {
    const there = getOwn(level, key);
    const next: Record<string, unknown> = isMap(there) ? there : {};
    setOwn(level, key, next);
    level = next;
  }
  setOwn(level, last, value);
}

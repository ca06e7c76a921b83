import { parse } from 'node:path';
import type { ExportDetector } from './types';

/** `eventName` and `event.name` as `event_name`. */
export function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .join('_')
    .toLowerCase();
}

/** A detector's name for files and views, or that of its file, with a number behind where it is taken. Takes it. */
export function freeName(detector: ExportDetector, taken: Set<string>): string {
  const file = parse(detector.file).name;
  const name = snake('name' in detector && typeof detector.name === 'string' ? detector.name : file);
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}

/** Fields as columns of an answer, by names that none of the others has. */
export function outputColumns(
  fields: readonly string[],
  others: readonly string[],
): { field: string; column: string }[] {
  const taken = new Set(others);
  return fields.map((field) => {
    const wanted = snake(field);
    let column = wanted;
    for (let n = 1; taken.has(column); n++) column = `${wanted}_${n}`;
    taken.add(column);
    return { field, column };
  });
}

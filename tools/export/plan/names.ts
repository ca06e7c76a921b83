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

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the pages in a folder that differ from those given, are missing, or are none of them; only those with this ending are looked at. */
export function differing(pages: ReadonlyMap<string, string>, folder: string, ending = '.md'): string[] {
  const there = new Set(pagesIn(folder, ending));
  const other = [...pages].filter(
    ([name, text]) => !there.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  return [...other.map(([name]) => name), ...[...there].filter((name) => !pages.has(name))].sort();
}

/** Writes the pages that differ, and removes those that are none of these. Returns their names. */
export function write(pages: ReadonlyMap<string, string>, folder: string, ending = '.md'): string[] {
  mkdirSync(folder, { recursive: true });
  const names = differing(pages, folder, ending);
  for (const name of names) {
    const text = pages.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  return names;
}

function pagesIn(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ending));
  } catch {
    return [];
  }
}

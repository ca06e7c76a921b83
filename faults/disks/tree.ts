import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Path below a folder → what the file holds; a folder's path ends with a slash. What is called `ballast` is none of it. */
export type Tree = Map<string, string>;

export function treeOf(folder: string): Tree {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter(({ name }) => name !== 'ballast')
      .map((entry): [string, string] => {
        const path = join(entry.parentPath, entry.name);
        const name = relative(folder, path);
        return entry.isDirectory() ? [`${name}/`, ''] : [name, entry.isFile() ? readFileSync(path, 'latin1') : ''];
      }),
  );
}

/** Bytes that the files take, in whole pages. */
export function sizeOf(tree: Tree): number {
  return [...tree].reduce((sum, [, text]) => sum + 4096 * Math.ceil(text.length / 4096), 0);
}

/** The files of a tree that are neither as before nor as they should be. */
export function halfDone(now: Tree, before: Tree, truth: Tree): string[] {
  return [...now]
    .filter(([path, text]) => !path.endsWith('/') && text !== before.get(path) && text !== truth.get(path))
    .map(([path, text]) => `${path} (${text.length} of ${truth.get(path)?.length ?? 0} bytes)`);
}

/** What differs between two trees. */
export function differences(a: Tree, b: Tree): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
}

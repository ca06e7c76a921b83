import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure';
import { displayPath } from './source';

/**
 * The YAML files at the given paths, each once, in the order of their names: a file is taken as it is, of a folder all
 * `*.yml` and `*.yaml` below it. Links to folders are not followed, so that a loop of them can't hang the process.
 * A path that matches nothing is a `Failure` with exit code 2.
 */
export function findYaml(paths: string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new Failure(2, `there is nothing at ${path}`, 'give a YAML file, or a folder that holds some');
    const files = stat.isDirectory() ? below(path) : [path];
    if (files.length === 0) {
      throw new Failure(2, `no *.yml file in ${path}`, 'give a YAML file, or a folder that holds some');
    }
    for (const file of files) found.add(displayPath(file));
  }
  return [...found].sort();
}

function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return below(path);
    return /\.ya?ml$/.test(entry.name) ? [path] : [];
  });
}

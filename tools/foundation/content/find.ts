import { readdirSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from './failure';
import { displayPath } from './source';
import { nearest } from '@tollgate/sigma/diagnostics/suggest';
import { systemReason } from './write';

const ENDING = /\.ya?ml$/i;

/**
 * The YAML files at the given paths, each once, in the order of their names: a file is taken as it is, of a folder all
 * `*.yml` and `*.yaml` below it, in whatever case. Links to folders are not followed, so that a loop of them can't hang the
 * process; they are among the files instead, where reading tells that nothing below them was looked at.
 * A path that matches nothing is a `Failure` with exit code 2.
 */
export function findYaml(paths: string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const stat = statAt(path);
    if (!stat) throw new Failure(2, `there is nothing at ${path}`, hintFor(path));
    const files = stat.isDirectory() ? below(path) : [path];
    if (files.length === 0) {
      throw new Failure(2, `no *.yml file in ${path}`, 'give a YAML file, or a folder of them');
    }
    for (const file of files) found.add(displayPath(file));
  }
  return [...found].sort();
}

/** The same of one path; none where nothing is there. */
export function yamlAt(path: string): string[] {
  const stat = statAt(path);
  if (!stat) return [];
  return (stat.isDirectory() ? below(path) : [path]).map(displayPath).sort();
}

export function isYaml(file: string): boolean {
  return ENDING.test(file);
}

/** What a content file is called: its name without its ending. */
export function contentName(file: string): string {
  return basename(file).replace(ENDING, '');
}

/** Those of some files that have none of the others' names: what stands elsewhere under the same name goes before. */
export function withoutNamesOf(others: string[], files: string[]): string[] {
  const names = new Set(others.map(contentName));
  return files.filter((file) => !names.has(contentName(file)));
}

/** The YAML files at a place below several folders, each laid over those before it: of two with one name the later one's. */
export function yamlOver(folders: readonly string[], ...place: string[]): string[] {
  return folders.reduce<string[]>((files, folder) => {
    const over = yamlAt(join(folder, ...place));
    return [...withoutNamesOf(over, files), ...over];
  }, []);
}

function below(folder: string): string[] {
  return attempt(folder, () => readdirSync(folder, { withFileTypes: true })).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return below(path);
    return isYaml(entry.name) || (entry.isSymbolicLink() && leadsToFolder(path)) ? [path] : [];
  });
}

/** What is at a path; undefined where nothing is. Throws a `Failure` (2) where the system refuses to look there. */
export function statAt(path: string): Stats | undefined {
  return attempt(path, () => statSync(path, { throwIfNoEntry: false }));
}

function attempt<Value>(path: string, look: () => Value): Value {
  try {
    return look();
  } catch (error) {
    throw new Failure(2, `cannot read ${path}: ${systemReason(error)}`, 'check the path and its permissions');
  }
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false; // It leads nowhere, or to itself.
  }
}

/** What may have been meant: a name like it in the folder in which it would be. */
function hintFor(path: string): string {
  const folder = dirname(path);
  if (!statAt(folder)?.isDirectory()) return 'give a YAML file, or a folder of them';
  const near = nearest(basename(path), namesIn(folder));
  return near === undefined ? 'give a YAML file, or a folder of them' : `did you mean '${join(folder, near)}'?`;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // It may be entered and not be listed: then nothing is known that is like it.
  }
}

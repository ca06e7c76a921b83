import { existsSync, lstatSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { systemReason } from '../../foundation/content/write';

const GLOB = /[*?[\]{}]/;

/**
 * The files that are meant by some paths, in order: a file, `-` for standard input, a folder with all files below it, or a glob (`*`, `**`,
 * `?`), where none of this name is. Hidden files and links to folders are passed over in folders. Throws a `Failure` (2) for a path
 * that means nothing, and for a folder that can't be read.
 */
export function filesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(filesAt))];
}

function filesAt(path: string): string[] {
  if (path === '-' || isFile(path)) return [path];
  if (existsSync(path)) {
    const found = filesBelow(path);
    if (found.length === 0) throw new Failure(2, `there is no file in ${path}`, 'name a folder with files');
    return found;
  }
  if (!GLOB.test(path)) return [path];
  const found = globbed(path);
  if (found.length === 0)
    throw new Failure(
      2,
      `no file is called ${path}`,
      'check the path; * stands for any part of a name, ** for folders',
    );
  return found;
}

function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function filesBelow(folder: string): string[] {
  const entries = entriesOf(folder).filter(({ name }) => !name.startsWith('.'));
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() || (lstatSync(path).isSymbolicLink() && isFile(path)) ? [path] : [];
    });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new Failure(2, `cannot read ${folder}: ${systemReason(error)}`, 'check the path and its permissions');
  }
}

function globbed(glob: string): string[] {
  const parts = glob.split(sep);
  const fixed = parts.findIndex((part) => GLOB.test(part));
  const base = parts.slice(0, fixed).join(sep);
  const folder = base === '' ? (glob.startsWith(sep) ? sep : '.') : base;
  if (!existsSync(folder)) return [];
  const wanted = patternOf(parts.slice(fixed));
  const prefix = folder.endsWith(sep) ? folder : `${folder}${sep}`;
  return filesBelow(folder).filter((path) => wanted.test(folder === '.' ? path : path.slice(prefix.length)));
}

function patternOf(parts: readonly string[]): RegExp {
  const text = parts.map((part, i) => {
    if (part === '**') return i === parts.length - 1 ? '.*' : '(?:[^/]+/)*';
    const names = part
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]');
    return i === parts.length - 1 ? names : `${names}/`;
  });
  return new RegExp(`^${text.join('')}$`);
}

import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Failure } from '../foundation/content/failure';
import { systemReason, writeWhole } from '../foundation/content/write';

/** What a file in the folder of an export is, compared with what it should be. */
export interface Drift {
  path: string;
  kind: 'differs' | 'missing' | 'surplus';
}

/**
 * Compares the files below `dir` with what an export would write, byte by byte.
 * @returns what differs, in the order of the paths; empty where nothing does
 */
export function compareFiles(dir: string, files: ReadonlyMap<string, string>): Drift[] {
  const drift: Drift[] = [];
  for (const [path, text] of files) {
    const present = read(join(dir, path));
    if (present === null) drift.push({ path, kind: 'missing' });
    else if (present !== text) drift.push({ path, kind: 'differs' });
  }
  for (const path of filesBelow(dir)) if (!files.has(path)) drift.push({ path, kind: 'surplus' });
  return drift.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/**
 * Makes the files below `dir` be exactly these: writes what is missing or differs, and removes what an export once
 * wrote and no longer does. The folder belongs to the export; nothing else may be kept there.
 * @returns what was changed
 */
export function writeFiles(dir: string, files: ReadonlyMap<string, string>): Drift[] {
  const changes = compareFiles(dir, files);
  for (const { path, kind } of changes) {
    const target = join(dir, path);
    if (kind === 'surplus') remove(target);
    else writeWhole(target, files.get(path)!);
  }
  return changes;
}

function remove(path: string): void {
  try {
    rmSync(path);
  } catch (error) {
    throw new Failure(3, `cannot remove ${path}: ${systemReason(error)}`);
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return null;
    throw new Failure(3, `cannot read ${path}: ${systemReason(error)}`);
  }
}

function filesBelow(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw new Failure(3, `cannot list ${dir}: ${systemReason(error)}`);
  }
}

/** There is no such path; where a file stands in the place of a folder above it, neither. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

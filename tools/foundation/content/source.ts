import { lstatSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { decodeSource, MAX_SOURCE_BYTES, refused, tooLarge, type SourceText } from '@tollgate/sigma/yaml/decode';
import { Failure } from './failure';

/** Without empty parts, `.`, `..` and others that begin with a dot: relative to the working directory, or not below it. */
const SIMPLE_PATH = /^\/?(?:[^/.][^/]*\/)*[^/.][^/]*$/;

/** How diagnostics name a file: relative to the working directory where it lies below it, with forward slashes. */
export function displayPath(path: string): string {
  if (sep === '/' && SIMPLE_PATH.test(path) && !(path[0] === '/' && path.startsWith(process.cwd()))) return path;
  const fromHere = relative(process.cwd(), resolve(path));
  const outside = fromHere === '' || fromHere === '..' || fromHere.startsWith(`..${sep}`) || isAbsolute(fromHere);
  return (outside ? path : fromHere).split(sep).join('/');
}

/**
 * Reads a content file: a regular file (a pipe could block for ever) with what `decodeSource` takes.
 * What is wrong with the content is a diagnostic; a file that cannot be opened is a `Failure` with exit code 2.
 */
export function readSource(path: string): SourceText {
  const file = displayPath(path);
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return notAFile(file, path);
    if (stat.size > MAX_SOURCE_BYTES) return tooLarge(file, stat.size);
    const text = readFileSync(path, 'utf8');
    // Bytes that are no UTF-8 have been replaced by that character, and a file may have grown since it was measured.
    if (text.includes('\ufffd') || text.length > MAX_SOURCE_BYTES / 3) return decodeSource(file, readFileSync(path));
    return { file, text: text.codePointAt(0) === 0xfeff ? text.slice(1) : text, diagnostics: [] };
  } catch (error) {
    throw new Failure(2, `cannot read ${file}: ${(error as Error).message}`, 'check the path and its permissions');
  }
}

function notAFile(file: string, path: string): SourceText {
  if (!lstatSync(path).isSymbolicLink() || !statSync(path).isDirectory())
    return refused(file, 'not-a-file', 'is not a regular file', 'give a YAML file, or a folder of them');
  const message = 'is a link to a folder; such links are not followed, so nothing in it was read';
  return refused(file, 'linked-folder', message, 'put the folder in its place, or give its own path');
}

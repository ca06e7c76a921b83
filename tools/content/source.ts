import { lstatSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Diagnostic, Position } from './diagnostic';
import { Failure } from './failure';

/** No content file is near this; a larger one is a mistake or an attack on the parser's memory. */
export const MAX_SOURCE_BYTES = 1024 * 1024;

export interface SourceText {
  /** As diagnostics show it. */
  file: string;
  /** The decoded text without a byte order mark; `null` when the file can't be used. */
  text: string | null;
  diagnostics: Diagnostic[];
}

/** Without empty parts, `.`, `..` and others that begin with a dot: relative to the working directory, or not below it. */
const SIMPLE_PATH = /^\/?(?:[^/.][^/]*\/)*[^/.][^/]*$/;

/** How diagnostics name a file: relative to the working directory where it lies below it, with forward slashes. */
export function displayPath(path: string): string {
  if (sep === '/' && SIMPLE_PATH.test(path) && !(path[0] === '/' && path.startsWith(process.cwd()))) return path;
  const fromHere = relative(process.cwd(), resolve(path));
  const outside = fromHere === '' || fromHere === '..' || fromHere.startsWith(`..${sep}`) || isAbsolute(fromHere);
  return (outside ? path : fromHere).split(sep).join('/');
}

/** 1-based line and column of an offset. A line ends with LF, CR LF or CR, as in YAML; columns are UTF-16 units, as in editors. */
export function positionAt(text: string, offset: number): Position {
  const breaks = lineStarts(text);
  return positionFrom(breaks, offset);
}

/** Offsets at which the lines of a text begin, ascending. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const found of text.matchAll(/\r\n|\n|\r/g)) starts.push(found.index + found[0].length);
  return starts;
}

/** As `positionAt`, for many offsets in one text: `starts` is what `lineStarts` gave. */
export function positionFrom(starts: number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
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

/** The text of a content file's bytes: strict UTF-8, at most 1 MiB. What is wrong with them is a diagnostic. */
export function decodeSource(file: string, bytes: Uint8Array): SourceText {
  if (bytes.length > MAX_SOURCE_BYTES) return tooLarge(file, bytes.length);
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] };
  } catch {
    const valid = validPrefix(bytes);
    const offset = Buffer.byteLength(valid);
    const byte = bytes[offset]!.toString(16).toUpperCase().padStart(2, '0');
    return refused(
      file,
      'not-utf8',
      `is not UTF-8: byte 0x${byte} at offset ${offset} is not part of a valid character`,
      'save the file as UTF-8',
      positionAt(valid, valid.length),
    );
  }
}

function notAFile(file: string, path: string): SourceText {
  if (!lstatSync(path).isSymbolicLink() || !statSync(path).isDirectory())
    return refused(file, 'not-a-file', 'is not a regular file', 'give a YAML file, or a folder of them');
  const message = 'is a link to a folder; such links are not followed, so nothing in it was read';
  return refused(file, 'linked-folder', message, 'put the folder in its place, or give its own path');
}

function tooLarge(file: string, size: number): SourceText {
  const message = `is ${size} bytes; a content file has at most 1 MiB`;
  return refused(file, 'too-large', message, 'split it into several files');
}

function refused(file: string, code: string, message: string, hint: string, at = { line: 1, column: 1 }): SourceText {
  return { file, text: null, diagnostics: [{ file, ...at, severity: 'error', code, message, hint }] };
}

/** The longest text that the bytes begin with. A streaming decoder withholds an unfinished character, so the prefix can be bisected. */
function validPrefix(bytes: Uint8Array): string {
  const decode = (length: number): string | null => {
    try {
      // ignoreBOM keeps the mark in the text, so that offsets stay those of the file.
      const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      return decoder.decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return null;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decode(middle) === null) high = middle - 1;
    else low = middle;
  }
  return decode(low) ?? '';
}

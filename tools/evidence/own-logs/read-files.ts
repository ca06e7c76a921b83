import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { statAt } from '../../foundation/content/find';
import { systemReason } from '../../foundation/content/write';
import { byLine, type Fault } from '../../foundation/ndjson/blocks';
import { blocksOf } from '../../foundation/ndjson/framer';
import { readBytes } from '../../foundation/ndjson/input';
import { readBlock } from '../../foundation/ndjson/read-block';
import { readEvent } from '../../foundation/ndjson/read-event';
import type { OwnRecord, OwnRecords } from './events';
import type { Losses } from './losses';
import type { Recogniser } from './recognise';

/** Those of a folder that hold records; a folder named by the user may hold anything beside them. */
const RECORDS = /\.(?:nd|jsonl?|json)[^/]*$/i;

/**
 * The files at some paths, each once, in the order of their names; of a folder all JSON files below it. Throws a `Failure` (2) for
 * a path where nothing is, or a folder without such files.
 */
export function recordFiles(paths: string[]): string[] {
  const found = paths.flatMap((path) => {
    const stat = path === '-' ? undefined : statAt(path);
    if (path === '-' || stat?.isFile() === true) return [path];
    if (!stat) throw new Failure(2, `there is nothing at ${path}`, 'give files or folders of records with --events');
    if (!stat.isDirectory()) return [path];
    const below = filesBelow(path);
    if (below.length > 0) return below;
    throw new Failure(
      2,
      `no file of records in ${path}`,
      'they end in .ndjson, .jsonl or .json, also packed with gzip',
    );
  });
  return [...new Set(found)];
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && RECORDS.test(entry.name) && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw new Failure(2, `cannot read ${folder}: ${systemReason(error)}`, 'check the path and its permissions');
  }
}

/**
 * The records of files, one file after the other. `source` is what they all are; without it each is told by its fields. A file that
 * can't be read, and what is no record, is told to `losses`, and the rest is still read.
 */
export async function* readFiles(
  files: string[],
  source: string | undefined,
  recognise: Recogniser,
  losses: Losses,
): OwnRecords {
  for (const file of files) {
    const name = file === '-' ? 'standard input' : file;
    let records = 0;
    const before = losses.list.length;
    try {
      for await (const { record, line } of recordsOf(file, name, losses)) {
        records++;
        const place = { file: name, line };
        const id = source ?? recognise(record);
        if (id === null) losses.add('is of no known log source', place);
        else yield { source: id, form: 'json', record, place } satisfies OwnRecord;
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // The place is told apart from the reason, which then shows no name of a file.
      const reason = error.message
        .replace(`cannot read ${name}: `, 'cannot be read to its end: ')
        .replaceAll(name, 'it');
      losses.add(reason, { file: name, line: 0 }, error.exitCode === 3);
      continue;
    }
    if (records === 0 && losses.list.length === before) losses.add('is empty', { file: name, line: 0 });
  }
}

async function* recordsOf(file: string, name: string, losses: Losses) {
  const size = file === '-' ? null : sizeOfPlain(file);
  const bytes = size === null ? readBytes(file) : firstBytes(readBytes(file), file, size);
  for await (const { bytes: lines, faults, lineOf } of blocksOf(bytes)) {
    const found: { record: OwnRecord['record']; line: number }[] = [];
    const wrong: Fault[] = [...faults];
    readBlock(lines, readEvent, {
      take: (record, _, line) => found.push({ record, line: lineOf(line) }),
      bad: (line, message) => wrong.push({ line: lineOf(line), message }),
    });
    for (const { line } of wrong.sort(byLine)) losses.add('holds no JSON record', { file: name, line });
    yield* found;
  }
  if (size !== null && statSync(file).size > size)
    losses.add('has grown while it was read: what came later is left out', { file: name, line: 0 });
}

/** How long a file is now; null where it is packed or no file: its end is then known when it comes. */
function sizeOfPlain(file: string): number | null {
  const stat = statAt(file);
  if (!stat?.isFile()) return null;
  const beginning = Buffer.alloc(2);
  try {
    const handle = openSync(file, 'r');
    try {
      readSync(handle, beginning);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new Failure(3, `cannot be read: ${systemReason(error)}`);
  }
  return beginning[0] === 0x1f && beginning[1] === 0x8b ? null : stat.size;
}

/** No more than was there when it was opened: who writes as fast as we read would keep us for ever. */
async function* firstBytes(chunks: AsyncIterable<Buffer>, file: string, size: number): AsyncGenerator<Buffer> {
  let left = size;
  for await (const chunk of chunks) {
    if (chunk.length >= left) {
      // What was written since may be the rest of a line whose beginning was there: that line is left out.
      const end = statSync(file).size > size ? chunk.lastIndexOf(0x0a, left - 1) + 1 : left;
      if (end > 0) yield chunk.subarray(0, end);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

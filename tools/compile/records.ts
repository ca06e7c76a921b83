import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Event } from '../content/event';
import { Failure } from '../content/failure';
import { parseJson } from '../content/json';

const CHUNK_BYTES = 1024 * 1024;
/** Longest line that is parsed: no log record is near it. */
const MAX_LINE = 8 * 1024 * 1024;

/**
 * The records of an NDJSON file, one after the other, so that a file of any length can be read; empty lines are none.
 * Throws a `Failure`: (2) where there is no such file or no record in it, (1) with the line for what is no record.
 */
export function* recordsOf(file: string): Generator<Event> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new Failure(2, `there is no file ${file}`);
  let number = 0;
  let records = 0;
  for (const line of linesOf(file)) {
    number++;
    if (line.trim() === '') continue;
    const record = line.length > MAX_LINE ? null : parsed(line);
    if (record === null) throw new Failure(1, `${file}:${number}:1: this line is no JSON object`, 'one record a line');
    records++;
    yield record;
  }
  if (records === 0) throw new Failure(2, `${file} holds no records`, 'give a file with one JSON record a line');
}

function* linesOf(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    for (let length; (length = readSync(handle, chunk)) > 0;) {
      const lines = (rest + decoder.write(chunk.subarray(0, length))).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
    yield rest + decoder.end();
  } finally {
    closeSync(handle);
  }
}

function parsed(line: string): Event | null {
  try {
    const value: unknown = parseJson(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Event) : null;
  } catch {
    return null;
  }
}

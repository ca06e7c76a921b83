import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Failure } from '../content/failure';
import type { Event } from '../content/event';
import type { RecordMatcher } from './records';

/** Longest line that is parsed: no log record is near it. */
const MAX_LINE = 4 * 1024 * 1024;

/**
 * Gives each record of an NDJSON file to a matcher; empty lines are none. Throws a `Failure`: (2) where there is no such
 * file or no record in it, (1) with the line for what is no record.
 */
export async function matchFile(file: string, matcher: RecordMatcher): Promise<void> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Failure(2, `there is no file ${file}`);
  let number = 0;
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    const record = parseRecord(line);
    if (record === null) throw new Failure(1, `${file}:${number}:1: this line is no JSON object`, 'one record a line');
    try {
      matcher.take(record);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(error.exitCode, `${file}:${number}:1: ${error.message}`, error.hint);
    }
  }
  if (matcher.records === 0)
    throw new Failure(2, `${file} holds no records`, 'give a file with one JSON record a line');
}

function parseRecord(line: string): Event | null {
  if (line.length > MAX_LINE) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Event) : null;
  } catch {
    return null;
  }
}

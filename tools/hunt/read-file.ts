import { Failure } from '../content/failure';
import { blocksOf } from '../ndjson/blocks';
import { readBytes } from '../ndjson/input';
import { readBlock } from '../ndjson/read-block';
import { readEvent } from '../ndjson/read-event';
import { linesOfRecords } from '../ndjson/records';
import type { RecordMatcher } from './records';

/**
 * Gives each record of an NDJSON file, which may be packed with gzip or be CloudTrail's, to a matcher; empty lines are none.
 * Throws a `Failure`: (2) where there is no such file or no record in it, (1) with the line for what is no record.
 */
export async function matchFile(file: string, matcher: RecordMatcher): Promise<void> {
  let before = 0;
  const refuse = (line: number, message: string, hint?: string) =>
    new Failure(1, `${file}:${before + line + 1}:1: ${message}`, hint);
  for await (const block of blocksOf(linesOfRecords(readBytes(file)))) {
    before += readBlock(
      block,
      readEvent,
      (line, event) => {
        try {
          matcher.take(event);
        } catch (error) {
          throw error instanceof Failure ? refuse(line, error.message, error.hint) : error;
        }
      },
      (line, message) => {
        throw refuse(line, message, 'one record a line');
      },
    );
  }
  if (matcher.records === 0)
    throw new Failure(2, `${file} holds no records`, 'give a file with one JSON record a line');
}

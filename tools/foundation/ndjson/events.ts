import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../content/failure';
import { byLine } from './blocks';
import { blocksOf } from './framer';
import { readBytes } from './input';
import { readBlock } from './read-block';
import { readEvent } from './read-event';

/**
 * Reads the events of a file, or of standard input where the path is `-`: NDJSON or envelopes of records, packed with gzip or not, as
 * `docs/match.md` says, and gives each to `take`, with its bytes. `bad` is told of each line, from 1, that holds no event but is not empty, and of each event for which `take` throws
 * a `Failure` (1). Throws a `Failure` where the file can't be read, and what `bad` throws.
 */
export async function readEvents(
  path: string,
  take: (event: Event, bytes: Buffer) => void,
  bad: (line: number, message: string) => void,
): Promise<void> {
  for await (const { bytes, faults, lineOf } of blocksOf(readBytes(path))) {
    const found = [...faults];
    readBlock(bytes, readEvent, {
      take: (event, _, line, start, end) => {
        try {
          take(event, bytes.subarray(start, end));
        } catch (error) {
          if (!(error instanceof Failure) || error.exitCode !== 1) throw error;
          found.push({ line: lineOf(line), message: error.message });
        }
      },
      bad: (line, message) => found.push({ line: lineOf(line), message }),
    });
    for (const { line, message } of found.sort(byLine)) bad(line, message);
  }
}

import { Failure } from '../../foundation/content/failure';
import { readEvents } from '../../foundation/ndjson/events';
import type { LastTime } from './last-time';
import type { RecordMatcher } from './records';

/** So many lines without a record, and none with one before, show a file of something else. */
const MOST_WRONG = 100;

/**
 * Gives each record of a file, as `readEvents` reads it, to a matcher, and its time to `times`. `bad` is told of each line, from 1, that holds no record, or one
 * without a time. Throws a `Failure`: (2) where there is no such file or nothing in it, (1) where no line holds a record.
 */
export async function matchFile(
  file: string,
  matcher: RecordMatcher,
  times: LastTime,
  bad: (file: string, line: number, message: string) => void,
): Promise<void> {
  const name = file === '-' ? 'standard input' : file;
  let [taken, wrong] = [0, 0];
  const hint = 'give records of the log source as NDJSON, with their times';
  await readEvents(
    file,
    (record) => {
      times.add(matcher.take(record));
      taken++;
    },
    (line, message) => {
      bad(file, line, message);
      if (++wrong === MOST_WRONG && taken === 0)
        throw new Failure(1, `the first ${wrong} lines of ${name} hold no record`, hint);
    },
  );
  if (taken > 0) return;
  if (wrong > 0) throw new Failure(1, `no line of ${name} holds a record`, hint);
  throw new Failure(2, `${name} holds no records`, 'give a file with one JSON record a line');
}

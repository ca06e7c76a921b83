import { Failure } from '../../foundation/content/failure';
import { readRecords, type ReadSummary, type RecordsSink } from '../reading/records';
import type { ReadingOptions } from '../reading/reading';
import type { LastTime } from './last-time';
import type { RecordMatcher } from './records';

/** So many lines without a record, and none with one before, show files of something else. */
const MOST_WRONG = 100;

/**
 * Gives each record of some files, as `readRecords` reads them, to a matcher, and its time to `times`. `told` is told what is lost. Throws a
 * `Failure`: (2) where there is no such file or nothing in it, (1) where no line holds a record.
 */
export async function matchFiles(
  paths: readonly string[],
  options: ReadingOptions,
  matcher: RecordMatcher,
  times: LastTime,
  told: Pick<RecordsSink, 'lost' | 'unreadable'>,
): Promise<ReadSummary> {
  const name = paths.map((path) => (path === '-' ? 'standard input' : path)).join(', ');
  let [taken, wrong] = [0, 0];
  const hint = 'give records of the log source, in one of the forms on its page, with their times';
  const summary = await readRecords(paths, options, {
    take: ({ event }) => {
      times.add(matcher.take(event));
      taken++;
    },
    lost: (file, fault) => {
      told.lost(file, fault);
      if (++wrong === MOST_WRONG && taken === 0)
        throw new Failure(1, `the first ${wrong} lines of ${name} hold no record`, hint);
    },
    unreadable: (file, failure) => {
      told.unreadable(file, failure);
      wrong++;
    },
  });
  if (taken > 0) return summary;
  if (wrong > 0) throw new Failure(1, `no line of ${name} holds a record`, hint);
  throw new Failure(
    2,
    `${name} holds no records`,
    'give a file with one JSON record a line, or in another form of the source',
  );
}

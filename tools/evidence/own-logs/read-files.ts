import { filesOf } from '../../detection/reading/files';
import type { ReadingOptions } from '../../detection/reading/reading';
import { readRecords } from '../../detection/reading/records';
import type { OwnRecords } from './events';
import type { Losses } from './losses';

/**
 * The records of files, folders and globs, in any form of the sources, one file after the other. A file that can't be read, and what is no
 * record, is told to `losses`, and the rest is still read. Throws a `Failure` (2) for paths that mean nothing and a form that is none.
 */
export function recordsOfFiles(paths: readonly string[], options: ReadingOptions, losses: Losses): OwnRecords {
  const files = filesOf(paths);
  return async (take) => {
    for (const path of files) {
      const name = path === '-' ? 'standard input' : path;
      let isWhole = true;
      const lose = (reason: string, line: number, environment = false): void => {
        isWhole = false;
        losses.add(reason, { file: name, line }, environment);
      };
      const { records } = await readRecords([path], options, {
        take: ({ event, contract, form, line }) => {
          if (contract === null) lose('is of no known log source', line);
          else take({ source: contract.id, form: form || 'record', event, place: { file: name, line } });
        },
        // A reason names no value of the record, which its message may.
        lost: (_, { line, reason }) => lose(reason ?? 'holds no record', line),
        unreadable: (_, { message }) => lose(reasonIn(message, path), 0, true),
      });
      if (records === 0 && isWhole) lose('is empty', 0);
    }
  };
}

/** Why a file can't be read, without its name, which is told apart. */
function reasonIn(message: string, path: string): string {
  return message.replace(`cannot read ${path}: `, 'cannot be read to its end: ').replaceAll(path, 'it');
}

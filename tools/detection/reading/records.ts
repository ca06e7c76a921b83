import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { byLine, type Fault } from '../../foundation/ndjson/blocks';
import type { TextLayout } from '../../foundation/ndjson/layout';
import type { Contract } from '../../telemetry/contract';
import { BlockReader } from './block-reader';
import { filesOf } from './files';
import { openFile } from './open';
import type { ReadingOptions } from './reading';
import { add, emptyTally, summaryLine, type ReadTally } from './summary';

/** An event of a file. One record may stand for several. */
export interface FileRecord {
  event: Event;
  /** The source that it is of; `null` where it was taken as it came. */
  contract: Contract | null;
  /** The form's id in the contract; empty where it is of none. */
  form: string;
  file: string;
  /** From 1. */
  line: number;
}

/** What is told of while records are read. */
export interface RecordsSink {
  /** May throw a `Failure` (1), with which the record is lost; any other that it throws ends the reading. */
  take(record: FileRecord): void;
  /** What is lost of a file: a record, or what follows a line. */
  lost(file: string, fault: Fault): void;
  /** A file that can't be read, or not to its end; the next one is read. */
  unreadable(file: string, failure: Failure): void;
}

export interface ReadSummary extends ReadTally {
  files: number;
  /** What was read, in a line. */
  line: string;
}

/**
 * Reads the records of some files, folders and globs, or of standard input (`-`), in whatever form of their sources, in bounded memory, and
 * gives each to a sink in the order of the files. Throws a `Failure` (2) for paths that mean nothing and a form that is none.
 */
export async function readRecords(
  paths: readonly string[],
  options: ReadingOptions,
  sink: RecordsSink,
): Promise<ReadSummary> {
  const files = filesOf(paths);
  const tally = emptyTally();
  const layouts = new Set<TextLayout['kind']>();
  let refused: unknown;
  const take = (record: FileRecord): void => {
    try {
      sink.take(record);
    } catch (error) {
      refused = error;
      throw error;
    }
  };
  for (const file of files) {
    try {
      await readFile(file, options, { take, lost: (path, fault) => sink.lost(path, fault) }, tally, layouts);
    } catch (error) {
      // A sink without room is no fault of the file, and the next one would find it so too.
      if (error === refused || !(error instanceof Failure) || error.exitCode !== 3) throw error;
      sink.unreadable(file, error);
    }
  }
  return {
    ...tally,
    files: files.length,
    line: summaryLine(tally, files.length, layouts, () => options.contracts ?? options.known()),
  };
}

async function readFile(
  file: string,
  options: ReadingOptions,
  sink: Omit<RecordsSink, 'unreadable'>,
  tally: ReadTally,
  layouts: Set<TextLayout['kind']>,
): Promise<void> {
  let reader: BlockReader | undefined;
  for await (const { bytes, faults, lineOf, reading } of openFile(file, options)) {
    if (reader?.reading !== reading) reader = new BlockReader(reading);
    layouts.add(reading.layout.kind);
    const lost = [...faults];
    const read = reader.read(bytes, {
      take: (record, delivered, _, line) => {
        const place = { file, line: lineOf(line) };
        if (record === null) sink.take({ event: delivered, contract: null, form: '', ...place });
        else
          for (const event of record.events)
            sink.take({ event, contract: record.contract, form: record.form, ...place });
      },
      bad: (line, message, reason) =>
        lost.push({ line: lineOf(line), message, ...(reason !== undefined && { reason }) }),
    });
    add(tally, read.tally);
    for (const fault of lost.sort(byLine)) sink.lost(file, fault);
  }
}

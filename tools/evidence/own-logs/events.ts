import type { Event } from '@tollgate/sigma/values/event';

/** Where a record stands: a line of a file from 1, or a document of an index. */
export interface RecordPlace {
  file: string;
  line: number;
}

/** An event of a log that nobody has labelled. */
export interface OwnRecord {
  /** Telemetry contract id. */
  source: string;
  /** The form in which it came, by the name that evidence has: lower-case letters, digits, `-`, `_` and `.`. */
  form: string;
  /** The vendor's record with its time and its derived fields. */
  event: Event;
  place: RecordPlace;
}

/**
 * The one way by which records come in, whatever reads them, in any order: each is handed over as it is read. What can't be read is
 * told to a `Losses` and goes no further.
 */
export type OwnRecords = (take: (record: OwnRecord) => void) => Promise<void>;

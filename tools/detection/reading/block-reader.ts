import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { BESIDE } from '../../foundation/ndjson/envelope';
import { readBlock, type LineSink } from '../../foundation/ndjson/read-block';
import { ofAsset } from '../../telemetry/asset';
import { Normaliser, LostRecord, withoutIndex, type NormalRecord } from '../../telemetry/normalise';
import { lineReader, type Reading } from './reading';
import { count, emptyTally, type ReadTally } from './summary';

/** What takes the records of a block. */
export interface RecordSink {
  /** A record with its number and its line in the block, and where its bytes are. It may throw a `Failure` (1), with which the record is lost. */
  take(record: NormalRecord | null, delivered: Event, number: number, line: number, start: number, end: number): void;
  bad: LineSink['bad'];
}

/** Reads blocks of one reading: the records of their lines, made events of their sources, or taken as they come. */
export class BlockReader {
  private readonly normaliser: Normaliser | null;

  constructor(readonly reading: Reading) {
    const { contracts, only } = reading;
    this.normaliser = contracts === null || contracts.length === 0 ? null : new Normaliser(contracts, only);
  }

  /** Returns how many numbers were given, as `readBlock` does, and what was read. */
  read(bytes: Buffer, sink: RecordSink): { numbers: number; tally: ReadTally } {
    const tally = emptyTally();
    const { layout, assetId } = this.reading;
    const take = (written: Event, number: number, line: number, start: number, end: number): void => {
      // What makes a record of a source does this, too.
      const delivered = this.normaliser === null ? withoutIndex(written) : written;
      try {
        const record = this.normaliser?.take(delivered) ?? null;
        if (record === null) delete delivered[BESIDE];
        else record.events = record.events.map((event) => ofAsset(event, assetId));
        sink.take(record, record === null ? ofAsset(delivered, assetId) : delivered, number, line, start, end);
        if (record === null) tally.records++;
        else for (const event of record.events) count(tally, record.contract.id, record.form, event['@timestamp']);
      } catch (error) {
        if (!(error instanceof Failure) || error.exitCode !== 1) throw error;
        sink.bad(line, error.message, error instanceof LostRecord ? error.reason : undefined);
      }
    };
    const numbers = readBlock(bytes, lineReader(layout), { take, bad: sink.bad });
    return { numbers, tally };
  }
}

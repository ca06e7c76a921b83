import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import { systemReason } from '../../foundation/content/write';
import { leaving } from '../../foundation/leftovers/registry';
import { JsonBytes } from '../../foundation/ndjson/json-bytes';
import { readEvent } from '../../foundation/ndjson/read-event';
import type { ReadingOptions } from '../reading/reading';
import { readRecords, type ReadSummary, type RecordsSink } from '../reading/records';

/** What is read or written at a time, in bytes. */
const PIECE = 1 << 20;

const LINE_FEED = 0x0a;

/**
 * Events that are read more than once, whatever they come from: they are kept in a file in `TMPDIR` that has no name any more, so that
 * nothing is left of it however the process ends.
 */
export class Spool {
  /** How many events there are. */
  count = 0;
  /** What is not written yet. */
  private readonly held = new JsonBytes(2 * PIECE);

  private constructor(private readonly file: number) {}

  /**
   * Takes the events of some files, as `readRecords` does; `told` is told what is lost. Throws a `Failure` where a file is not there, and (3) where there is
   * no room.
   */
  static async of(
    paths: readonly string[],
    options: ReadingOptions,
    told: Pick<RecordsSink, 'lost' | 'unreadable'>,
  ): Promise<{ spool: Spool; summary: ReadSummary }> {
    const spool = new Spool(kept(nameless));
    try {
      const summary = await readRecords(paths, options, {
        ...told,
        take: ({ event }) => spool.add(event),
      });
      spool.write();
      return { spool, summary };
    } catch (error) {
      spool.close();
      throw error;
    }
  }

  *events(): Generator<Event> {
    let rest = Buffer.alloc(0);
    for (let at = 0; ;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const length = readSync(this.file, piece, 0, PIECE, at);
      if (length === 0) return;
      at += length;
      const bytes = Buffer.concat([rest, piece.subarray(0, length)]);
      let from = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
        yield readEvent(bytes, from, end)!;
        from = end + 1;
      }
      rest = bytes.subarray(from);
    }
  }

  close(): void {
    closeSync(this.file);
  }

  private add(event: Event): void {
    this.count++;
    // An event may be nested as deeply as it likes.
    this.held.add(event);
    this.held.byte(LINE_FEED);
    if (this.held.length >= PIECE) this.write();
  }

  private write(): void {
    const { bytes, length } = this.held;
    // A write may take only a part, and would not say so.
    kept(() => {
      for (let at = 0; at < length;) at += writeSync(this.file, bytes, at, length - at);
    });
    this.held.length = 0;
  }
}

function nameless(): number {
  const folder = join(tmpdir(), `tollgate-events-${randomUUID()}`);
  const gone = leaving({ kind: 'path', path: folder });
  try {
    mkdirSync(folder, { mode: 0o700 });
    return openSync(join(folder, 'events.ndjson'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    gone();
  }
}

function kept<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const hint = 'make room there, or name another folder with TMPDIR';
    throw new Failure(3, `cannot keep events in ${tmpdir()}: ${systemReason(error)}`, hint);
  }
}

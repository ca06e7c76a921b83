import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../foundation/content/failure';
import { leaving } from '../foundation/leftovers/registry';
import { systemReason } from '../foundation/content/write';
import { JsonBytes } from '../foundation/ndjson/json-bytes';
import type { Dataset } from './types';

const BUFFERED = 1 << 20;
/** Written out from here on, so that hardly a line needs more room than there is. */
const FULL = BUFFERED - (1 << 16);
const LINE_FEED = 10;
const REPORT_EVERY = 10_000;

/**
 * Writes datasets as `<out>/<world>/<source>.ndjson`, an event a line, `labels.ndjson` (for each event its number, source, line,
 * kind and occurrence) and `occurrences.json`. Everything goes into a temporary folder beside `out`, which takes its name when all is there:
 * a half-made dataset is never taken for a whole one. Returns how many events there are. Throws a `Failure` with exit code 2 where
 * `out` exists, and 3 where it can't be written.
 */
export function writeDataset(sets: Dataset[], out: string, report: (world: string, events: number) => void): number {
  if (existsSync(out)) throw new Failure(2, `${out} exists already`, 'give another folder, or delete that one');
  const temporary = join(dirname(out), `.${basename(out)}-${randomBytes(4).toString('hex')}`);
  const gone = leaving({ kind: 'path', path: temporary });
  try {
    mkdirSync(dirname(out), { recursive: true });
    mkdirSync(temporary);
    let events = 0;
    for (const set of sets) events += writeWorld(set, join(temporary, set.world), (n) => report(set.world, n));
    renameSync(temporary, out);
    return events;
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary, { recursive: true });
    if (!isSystemError(error)) throw error;
    throw new Failure(3, `cannot write ${out}: ${systemReason(error)}`, 'check the free space and the permissions');
  } finally {
    gone();
  }
}

function writeWorld(set: Dataset, folder: string, report: (events: number) => void): number {
  mkdirSync(folder);
  const files = new Map([...set.sources, 'labels'].map((name) => [name, new Lines(join(folder, `${name}.ndjson`))]));
  const labels = files.get('labels')!;
  let events = 0;
  try {
    for (const { n, source, event, label } of set.events()) {
      const file = files.get(source)!;
      file.add(event);
      labels.add({ n, source, line: file.count, kind: label.kind, occurrence: label.occurrence });
      if (++events % REPORT_EVERY === 0) report(events);
    }
    for (const file of files.values()) file.flush();
  } finally {
    for (const file of files.values()) file.close();
  }
  const { world, seed, start, end, occurrences } = set;
  const about = { world, seed, start: iso(start), end: iso(end), events, occurrences: occurrences.map(readable) };
  const file = new Lines(join(folder, 'occurrences.json'));
  file.add(about);
  file.flush();
  file.close();
  return events;
}

function readable(occurrence: Dataset['occurrences'][number]): object {
  return { ...occurrence, start: iso(occurrence.start), end: iso(occurrence.end) };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** One JSON document a line, written in large pieces. */
class Lines {
  count = 0;
  private readonly json = new JsonBytes(BUFFERED);
  private readonly descriptor: number;

  constructor(path: string) {
    this.descriptor = openSync(path, 'wx');
  }

  add(value: unknown): void {
    this.count++;
    this.json.add(value);
    this.json.byte(LINE_FEED);
    if (this.json.length >= FULL) this.flush();
  }

  flush(): void {
    const { bytes, length } = this.json;
    // A write may take only a part of what it is given.
    for (let done = 0; done < length;) done += writeSync(this.descriptor, bytes, done, length - done);
    this.json.length = 0;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}

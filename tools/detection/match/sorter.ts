import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import TinyQueue from 'tinyqueue';
import { Failure } from '../../foundation/content/failure';
import { jsonOf, parseJson } from '@tollgate/sigma/values/json';
import { leaving } from '../../foundation/leftovers/registry';
import { systemReason } from '../../foundation/content/write';
import type { CorrelatedMatch } from './job';

/** Matches that are held in memory; as many more are sorted and written to a file. */
const RUN = 250_000;

/** What is read from a file or written to it at a time, in bytes or characters. */
const PIECE = 1 << 16;

function compare(a: CorrelatedMatch, b: CorrelatedMatch): number {
  return a.match.time - b.match.time || a.match.event - b.match.event || a.plan - b.plan;
}

/**
 * Puts matches in the order of their time, however many there are and in whatever order they come: what does not fit in
 * memory is sorted in runs, which are merged from a temporary folder. `close` removes it.
 */
export class MatchSorter {
  private held: CorrelatedMatch[] = [];
  private folder: string | null = null;
  private readonly runs: string[] = [];
  private gone: () => void = () => undefined;

  constructor(private readonly runLength = RUN) {}

  add(match: CorrelatedMatch): void {
    this.held.push(match);
    if (this.held.length >= this.runLength) this.writeRun();
  }

  /** All matches in the order of time, then of event. */
  *sorted(): Generator<CorrelatedMatch> {
    this.held.sort(compare);
    if (this.runs.length === 0) {
      yield* this.held;
      return;
    }
    const sources = [...this.runs.map(readRun), this.held.values()];
    const heads = new TinyQueue<{ head: CorrelatedMatch; rest: Iterator<CorrelatedMatch> }>([], (a, b) =>
      compare(a.head, b.head),
    );
    for (const rest of sources) {
      const first = rest.next();
      if (!first.done) heads.push({ head: first.value, rest });
    }
    for (let least = heads.pop(); least !== undefined; least = heads.pop()) {
      yield least.head;
      const next = least.rest.next();
      if (!next.done) heads.push({ head: next.value, rest: least.rest });
    }
  }

  close(): void {
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
    this.folder = null;
    this.gone();
  }

  private writeRun(): void {
    this.held.sort(compare);
    try {
      if (this.folder === null) {
        const folder = join(tmpdir(), `tollgate-match-${randomUUID()}`);
        this.gone = leaving({ kind: 'path', path: folder });
        mkdirSync(folder, { mode: 0o700 });
        this.folder = folder;
      }
      const path = join(this.folder, `${this.runs.length}.ndjson`);
      writeLines(path, this.held);
      this.runs.push(path);
    } catch (error) {
      const hint = 'make room there, or name another folder with TMPDIR';
      throw new Failure(3, `cannot keep matches in ${tmpdir()}: ${systemReason(error)}`, hint);
    }
    this.held = [];
  }
}

function writeLines(path: string, matches: readonly CorrelatedMatch[]): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    let text = '';
    for (const match of matches) {
      text += `${jsonOf(match)}\n`;
      if (text.length < PIECE) continue;
      writeAll(file, text);
      text = '';
    }
    writeAll(file, text);
  } finally {
    closeSync(file);
  }
}

/** A write may take only a part, and would not say so. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function* readRun(path: string): Generator<CorrelatedMatch> {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(PIECE);
    let begun = Buffer.alloc(0);
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
      const bytes = Buffer.concat([begun, piece.subarray(0, length)]);
      const end = bytes.lastIndexOf(0x0a) + 1;
      begun = bytes.subarray(end);
      if (end === 0) continue;
      for (const line of bytes.toString('utf8', 0, end - 1).split('\n')) yield parseJson(line) as CorrelatedMatch;
    }
  } finally {
    closeSync(file);
  }
}

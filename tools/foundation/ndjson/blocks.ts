/** What is wrong with the bytes of a file, where no line or record can be made of them. */
export interface Fault {
  /** The line of the file, from 1. */
  line: number;
  message: string;
  /** What is wrong in a few words, by which such are counted; without it the line is malformed. */
  reason?: string;
}

export function byLine(a: Fault, b: Fault): number {
  return a.line - b.line;
}

/** Lines, each with its line feed: of a file, or of one record each. */
export interface Block {
  /** Has its memory for itself, so that it can be handed to another thread. */
  bytes: Buffer;
  faults: Fault[];
  /** The line of the file on which a line of the block stands or begins; lines of the block are numbered from 0. */
  lineOf(line: number): number;
}

const LINE_FEED = 0x0a;
const FEED = Buffer.from('\n');

/** Puts a block together from pieces of some bytes. */
export class BlockBuilder {
  readonly faults: Fault[] = [];
  private readonly pieces: Buffer[] = [];
  /** Pairs of a line of the block and a line of the file, from which on they go on together. */
  private readonly runs: number[] = [];
  private lines = 0;

  constructor(private readonly bytes: Buffer) {}

  get isEmpty(): boolean {
    return this.pieces.length === 0 && this.faults.length === 0;
  }

  /** Adds `count` lines, which begin with a line of the file. The last may lack its line feed. */
  add(start: number, end: number, line: number, count: number): void {
    if (start === end) return;
    this.pieces.push(this.bytes.subarray(start, end));
    if (this.bytes[end - 1] !== LINE_FEED) this.pieces.push(FEED);
    this.run(line, count);
  }

  /** Adds a record as one line, though it may be written on several, with some members put before its own; its bytes are changed. */
  addRecord(start: number, end: number, line: number, members = ''): void {
    const record = this.bytes.subarray(start, end);
    for (let at = record.indexOf(LINE_FEED); at >= 0; at = record.indexOf(LINE_FEED, at)) record[at] = 0x20;
    if (members !== '' && mayTakeMembers(record))
      this.pieces.push(Buffer.from(`{${members}`), record.subarray(1), FEED);
    else this.pieces.push(record, FEED);
    this.run(line, 1);
  }

  /** Adds an empty line in the place of one that can't be read. */
  addFaulty(fault: Fault): void {
    this.faults.push(fault);
    this.pieces.push(FEED);
    this.run(fault.line, 1);
  }

  build(): Block {
    const { faults, runs, pieces } = this;
    // Of one piece there is no copy to be made, as nothing else is made of these bytes.
    const bytes = pieces.length === 1 && pieces[0] !== FEED ? pieces[0]! : joined(pieces);
    return { bytes, faults, lineOf: (line) => lineOf(runs, line) };
  }

  private run(line: number, count: number): void {
    const last = this.runs.length - 2;
    if (last < 0 || this.runs[last + 1]! - this.runs[last]! !== line - this.lines) this.runs.push(this.lines, line);
    this.lines += count;
  }
}

/** Whether it begins as an object with a member does. */
function mayTakeMembers(record: Buffer): boolean {
  return record[0] === 0x7b && /^\s*"/.test(record.toString('latin1', 1, 256));
}

function lineOf(runs: readonly number[], line: number): number {
  let low = 0;
  let high = runs.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (runs[2 * middle]! <= line) low = middle;
    else high = middle - 1;
  }
  return runs[2 * low + 1]! + line - runs[2 * low]!;
}

/** The parts after one another, in memory of their own. */
export function joined(parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.from(new ArrayBuffer(parts.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const part of parts) at += part.copy(bytes, at);
  return bytes;
}

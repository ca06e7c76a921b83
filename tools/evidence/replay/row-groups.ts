import type { MatchTable } from './match-table';

/** Numbers for tuples of dictionary numbers, the same over all requests of a run. */
export class Tuples {
  private readonly pairs = new Map<number, number>();

  /** How many numbers there are, tuples of any length together; 0 is that of a tuple that lacks a value. */
  size = 1;

  /** The number of a tuple that has the number `before` without its last part. */
  next(before: number, part: number): number {
    if (part === 0) return 0;
    const key = before * 2 ** 26 + part;
    let number = this.pairs.get(key);
    if (number === undefined) this.pairs.set(key, (number = this.size++));
    return number;
  }
}

/** The rows of one request by the group that they belong to. */
export class RowGroups {
  /** Row → number of its group; 0 where a group field has no value. */
  private readonly groups: Uint32Array;
  /** The rows of group `g` are `rows[starts[g]] … rows[starts[g + 1] - 1]`, ascending. */
  private readonly starts: Uint32Array;
  private readonly rows: Uint32Array;
  private readonly bounds = new Map<string, Uint32Array>();
  private readonly touched = new Map<number, Set<number>>();

  /** `columns`: those of the group fields; none of them may hold a list. */
  constructor(
    private readonly table: MatchTable,
    columns: number[],
    tuples: Tuples,
  ) {
    const { length } = table;
    this.groups = new Uint32Array(length);
    for (const [place, column] of columns.entries()) {
      for (let row = 0; row < length; row++) {
        const before = this.groups[row]!;
        if (place === 0 || before !== 0) this.groups[row] = tuples.next(before, table.textIdAt(row, column));
      }
    }
    this.starts = new Uint32Array(tuples.size + 1);
    for (let row = 0; row < length; row++) this.starts[this.groups[row]! + 1]!++;
    for (let group = 1; group < this.starts.length; group++) this.starts[group]! += this.starts[group - 1]!;
    const at = this.starts.slice();
    this.rows = new Uint32Array(length);
    for (let row = 0; row < length; row++) this.rows[at[this.groups[row]!]!++] = row;
  }

  /** The groups that have rows, that of rows without a value left out. */
  *present(): Generator<number> {
    for (let group = 1; group + 1 < this.starts.length; group++)
      if (this.starts[group + 1]! > this.starts[group]!) yield group;
  }

  rowsOf(group: number): Uint32Array {
    return group + 1 < this.starts.length ? this.rows.subarray(this.starts[group], this.starts[group + 1]) : NONE;
  }

  /** The rows that have no value of a group field. */
  get without(): Uint32Array {
    return this.rowsOf(0);
  }

  /** Each group that an occurrence has rows in, with the first of these. */
  *firstRows(occurrence: number): Generator<[group: number, row: number]> {
    const { occurrences } = this.table;
    for (const group of occurrence === 0 ? this.present() : this.touchedBy(occurrence)) {
      const row = this.rowsOf(group).find((one) => occurrences[one] === occurrence);
      if (row !== undefined) yield [group, row];
    }
  }

  /** The groups that an occurrence has rows in. */
  touchedBy(occurrence: number): ReadonlySet<number> {
    let touched = this.touched.get(occurrence);
    if (touched) return touched;
    touched = new Set();
    const { occurrences, length } = this.table;
    for (let row = 0; row < length; row++)
      if (occurrences[row] === occurrence && this.groups[row] !== 0) touched.add(this.groups[row]!);
    this.touched.set(occurrence, touched);
    return touched;
  }

  /**
   * Group → the most rows of it in any span of so long (ms), both ends included: no window of that length holds more. With `of`, only
   * the rows of that occurrence count.
   */
  mostIn(spanMs: number, of: number | null = null): Uint32Array {
    const key = `${spanMs} ${of}`;
    let bounds = this.bounds.get(key);
    if (bounds) return bounds;
    bounds = new Uint32Array(this.starts.length - 1);
    const { times, occurrences } = this.table;
    for (const group of this.present()) {
      const all = this.rowsOf(group);
      const rows = of === null ? all : all.filter((row) => occurrences[row] === of);
      let first = 0;
      let most = 0;
      for (let last = 0; last < rows.length; last++) {
        while (times[rows[last]!]! - times[rows[first]!]! > spanMs) first++;
        if (last - first + 1 > most) most = last - first + 1;
      }
      bounds[group] = most;
    }
    this.bounds.set(key, bounds);
    return bounds;
  }
}

const NONE = new Uint32Array();

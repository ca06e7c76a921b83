import type { Scalar } from '../content/event';
import type { Entry, Stretch } from './entry';
import { Queue } from './queue';
import type { CorrelationMatch } from './types';

/**
 * What an inner correlation keeps of the sliding window of one group for those that refer to it, so that a match at every step
 * costs no walk through the window. What is handed on holds the group's list of entries, never a copy of the window.
 */
export class InnerWindow {
  private readonly carried: LastSeen[];
  /** Entries that were delivered later than all that follow them. */
  private readonly latest = new Queue<Entry>();
  private entered = 0;
  private left = 0;
  /** Entries that some match has handed on, and what those that none has are held as. */
  private handedOn = 0;
  private fresh = 0;

  /** `fields`: how many are carried. */
  constructor(fields: number) {
    this.carried = Array.from({ length: fields }, () => new LastSeen());
  }

  enter(entry: Entry): void {
    this.entered++;
    this.fresh += entry.held;
    for (let last = this.latest.last; last && last.ingested <= entry.ingested; last = this.latest.last)
      this.latest.pop();
    this.latest.push(entry);
    if (entry.carried === null) return;
    for (const [column, value] of entry.carried.entries()) this.carried[column]!.see(value, entry.time);
    entry.carried = null;
  }

  /** Takes the oldest entry out. Whether a match has handed it on, so that its list may still be walked. */
  leave(entry: Entry): boolean {
    if (this.latest.first === entry) this.latest.shift();
    if (++this.left <= this.handedOn) return true;
    this.fresh -= entry.held;
    return false;
  }

  /** When all of the window had been delivered. */
  get ingested(): number {
    return this.latest.first!.ingested;
  }

  /** The values of the carried fields in a window that begins at `from`. */
  values(from: number): CorrelationMatch['values'] {
    return this.carried.map((column) => column.since(from));
  }

  /** Hands the window on, of which these are the oldest and the newest entry. */
  handOn(first: Entry, last: Entry): Stretch {
    const held = this.fresh;
    this.fresh = 0;
    this.handedOn = this.entered;
    return { first, last, from: this.left, to: this.entered - 1, list: this, deliveredBy: Infinity, held };
  }
}

/** Values by when they were last seen: those in a window are those seen since it began. */
class LastSeen {
  /** In the order of these times. */
  private readonly times = new Map<Scalar, number>();
  private listed: Scalar | Scalar[] | null = null;
  private changed = false;

  see(value: Scalar | Scalar[] | null, time: number): void {
    if (Array.isArray(value)) for (const each of value) this.put(each, time);
    else if (value !== null) this.put(value, time);
  }

  since(from: number): Scalar | Scalar[] | null {
    for (const [value, time] of this.times) {
      if (time >= from) break;
      this.times.delete(value);
      this.changed = true;
    }
    if (this.changed) this.listed = oneOrMore([...this.times.keys()]);
    this.changed = false;
    return this.listed;
  }

  private put(value: Scalar, time: number): void {
    if (!this.times.delete(value)) this.changed = true;
    this.times.set(value, time);
  }
}

/** Several values as a match has them: none, one, or a list. */
export function oneOrMore(values: Scalar[]): Scalar | Scalar[] | null {
  return values.length > 1 ? values : (values[0] ?? null);
}

import type { Scalar } from '../values/event';
import type { WindowEntry, InnerWindowPart } from './entry';
import { Queue } from './queue';
import type { CorrelationMatch } from './types';

/**
 * What an inner correlation keeps of the sliding window of one group for those that refer to it, so that a match at every step
 * costs no walk through the window. What was part of a window that was handed on is kept for as long as one can need it.
 */
export class InnerWindow {
  private readonly carried: LastSeen[];
  /** Entries that were delivered later than all that follow them. */
  private readonly latest = new Queue<WindowEntry>();
  /** The entries that were handed on, and the windows; null as long as there were none. */
  private handed: { list: Queue<WindowEntry>; steps: Queue<InnerWindowPart> } | null = null;
  /** Entries in the window; the first of them that was not handed on yet, and what these are held as. */
  private size = 0;
  private fresh: WindowEntry | null = null;
  private freshHeld = 0;

  /** `fields`: how many are carried. `reachMs`: how long after its time an entry can be part of what an alert lists. */
  constructor(
    fields: number,
    private readonly reachMs: number,
  ) {
    this.carried = Array.from({ length: fields }, () => new LastSeen());
  }

  enter(entry: WindowEntry): void {
    this.size++;
    this.fresh ??= entry;
    this.freshHeld += entry.held;
    for (let last = this.latest.last; last && last.ingested <= entry.ingested; last = this.latest.last)
      this.latest.pop();
    this.latest.push(entry);
    if (entry.carried === null) return;
    for (const [column, value] of entry.carried.entries()) this.carried[column]!.see(value, entry.time);
    entry.carried = null;
  }

  /** Takes the oldest entry out, which still has its `next`. */
  leave(entry: WindowEntry): void {
    this.size--;
    if (this.latest.first === entry) this.latest.shift();
    if (this.fresh === entry) {
      this.fresh = entry.next;
      this.freshHeld -= entry.held;
    }
    this.letGo(entry.time);
  }

  /** The values of the carried fields in a window that begins at `from`. */
  values(from: number): CorrelationMatch['values'] {
    return this.carried.map((column) => column.since(from));
  }

  /** The window as it is at a step at which the condition holds. */
  handOn(time: number): InnerWindowPart {
    const { list, steps } = (this.handed ??= { list: new Queue(), steps: new Queue() });
    this.letGo(time);
    for (let entry = this.fresh; entry; entry = entry.next) list.push(entry);
    const to = list.pushed - 1;
    const stretch: InnerWindowPart = {
      list,
      from: to + 1 - this.size,
      to,
      deliveredBy: Infinity,
      time,
      ingested: this.latest.first!.ingested,
      held: this.freshHeld,
      steps,
      step: steps.pushed,
    };
    steps.push(stretch);
    this.fresh = null;
    this.freshHeld = 0;
    return stretch;
  }

  private letGo(now: number): void {
    if (!this.handed) return;
    const { list, steps } = this.handed;
    const from = now - this.reachMs;
    while (list.first && list.first.time < from) list.shift();
    while (steps.first && steps.first.time < from) steps.shift();
  }
}

/** Values by when they were last seen: those in a window are those seen since it began. A value and its text are one. */
class LastSeen {
  /** By text, in the order of the times. */
  private readonly seen = new Map<string, { value: Scalar; time: number }>();
  private listed: Scalar | Scalar[] | null = null;
  private changed = false;

  see(value: Scalar | Scalar[] | null, time: number): void {
    if (Array.isArray(value)) for (const each of value) this.put(each, time);
    else if (value !== null) this.put(value, time);
  }

  since(from: number): Scalar | Scalar[] | null {
    for (const [text, { time }] of this.seen) {
      if (time >= from) break;
      this.seen.delete(text);
      this.changed = true;
    }
    if (this.changed) this.listed = oneOrMore(Array.from(this.seen.values(), ({ value }) => value));
    this.changed = false;
    return this.listed;
  }

  private put(value: Scalar, time: number): void {
    const text = String(value);
    const known = this.seen.get(text);
    if (known) {
      this.seen.delete(text);
      known.time = time;
    } else this.changed = true;
    this.seen.set(text, known ?? { value, time });
  }
}

/** Several values as a match has them: none, one, or a list. */
export function oneOrMore(values: Scalar[]): Scalar | Scalar[] | null {
  return values.length > 1 ? values : (values[0] ?? null);
}

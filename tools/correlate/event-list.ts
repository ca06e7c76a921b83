import type { Entry, Stretch } from './entry';

/** A part of the list of an inner group, by the places of its ends. */
interface Walked {
  from: number;
  to: number;
  last: Entry;
}

/** The event numbers of one episode: those that are part of it, and those that are only if it goes on. */
export class EventList {
  private readonly listed: number[] = [];
  /** Windows of several groups of an inner correlation may hold the same event. */
  private readonly seen: Set<number> | null;
  /** The list of an inner group → where it was walked, the lists that were walked last at the end. */
  private readonly walked = new Map<object, Walked>();
  private waiting: number[] = [];
  private waitingMore = 0;
  /** How many the limit left out. */
  more = 0;

  /** `reachMs`: 0 where each entry is an event, else the timespans of the correlation and of those below it together. */
  constructor(
    private readonly limit: number,
    private readonly reachMs: number,
  ) {
    this.seen = reachMs > 0 ? new Set() : null;
  }

  /** How many numbers are kept. */
  get size(): number {
    return this.listed.length + this.waiting.length;
  }

  add(entry: Entry): void {
    if (entry.inner === null) this.list(entry.event);
    else this.walk(entry.inner, false);
  }

  /** Takes an entry that came while the condition was false. */
  wait(entry: Entry): void {
    if (entry.inner === null) this.hold(entry.event);
    else this.walk(entry.inner, true);
  }

  /** The episode goes on: what came meanwhile is part of it. */
  confirm(): void {
    if (this.waiting.length === 0 && this.waitingMore === 0) return;
    const { waiting } = this;
    this.waiting = [];
    for (const event of waiting) this.list(event);
    this.more += this.waitingMore;
    this.waitingMore = 0;
  }

  /** Lets go of inner groups of which no window can overlap any more with one that comes. */
  forget(now: number): void {
    for (const [list, { last }] of this.walked) {
      if (last.time >= now - this.reachMs) return;
      this.walked.delete(list);
    }
  }

  /** Those that are part of the episode, ascending, without repetition. */
  sorted(): number[] {
    return Array.from(Float64Array.from(this.listed).sort());
  }

  /** What the windows of one group have in common is walked once: only what lies before and after it of each other one. */
  private walk(stretch: Stretch, waits: boolean): void {
    const { first, last, from, to, list } = stretch;
    const known = list === null ? undefined : this.walked.get(list);
    const joins = known !== undefined && from <= known.to + 1 && to >= known.from - 1;
    if (!joins || from < known.from) this.take(first, joins ? known.from - from : Infinity, stretch, waits);
    if (joins && to > known.to) this.take(known.to < from ? first : known.last.next, Infinity, stretch, waits);
    if (list === null) return;
    this.walked.delete(list);
    const isLater = !joins || to > known.to;
    this.walked.set(list, {
      from: joins ? Math.min(from, known.from) : from,
      to: isLater ? to : known.to,
      last: isLater ? last : known.last,
    });
  }

  /** Takes the entries of a stretch from one on, so many or up to its end. */
  private take(start: Entry | null, count: number, { last, deliveredBy }: Stretch, waits: boolean): void {
    let left = count;
    for (let entry = start; entry && left > 0; entry = entry === last ? null : entry.next) {
      left--;
      if (entry.ingested > deliveredBy) continue;
      if (waits) this.wait(entry);
      else this.add(entry);
    }
  }

  private list(event: number): void {
    if (this.seen?.has(event)) return;
    if (this.listed.length >= this.limit) {
      this.more++;
      return;
    }
    this.seen?.add(event);
    this.listed.push(event);
  }

  private hold(event: number): void {
    if (this.seen?.has(event)) return;
    if (this.size >= this.limit) this.waitingMore++;
    else this.waiting.push(event);
  }
}

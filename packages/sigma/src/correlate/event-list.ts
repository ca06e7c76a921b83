import type { WindowEntry, InnerWindowPart } from './entry';
import { visitStretches } from './runs';

/** A part of the list of an inner group, by the places of its ends, and when it was walked. */
interface Walked {
  from: number;
  to: number;
  time: number;
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

  /** Of the steps that an entry stands for, those from `from` on. */
  add(entry: WindowEntry, from: number): void {
    if (entry.inner === null) this.list(entry.event);
    else visitStretches(entry, from, (stretch) => this.walk(stretch, false));
  }

  /** Takes an entry that came while the condition was false. */
  wait(entry: WindowEntry, from: number): void {
    if (entry.inner === null) this.hold(entry.event);
    else visitStretches(entry, from, (stretch) => this.walk(stretch, true));
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
    for (const [list, { time }] of this.walked) {
      if (time >= now - this.reachMs) return;
      this.walked.delete(list);
    }
  }

  /** Those that are part of the episode, ascending, without repetition. */
  sorted(): number[] {
    return Array.from(Float64Array.from(this.listed).sort());
  }

  /** What the windows of one group have in common is walked once: only what lies before and after it of each other one. */
  private walk(stretch: InnerWindowPart, waits: boolean): void {
    const { list, from, to, deliveredBy, time } = stretch;
    // Where entries are passed over, because they come later, another window may hold them.
    const known = deliveredBy === Infinity ? this.walked.get(list) : undefined;
    if (known === undefined || from > known.to + 1 || to < known.from - 1) {
      this.take(stretch, from, to, waits);
      if (deliveredBy === Infinity) this.remember(list, { from, to, time });
      return;
    }
    this.take(stretch, from, known.from - 1, waits);
    this.take(stretch, known.to + 1, to, waits);
    this.remember(list, { from: Math.min(from, known.from), to: Math.max(to, known.to), time });
  }

  private remember(list: object, walked: Walked): void {
    this.walked.delete(list);
    this.walked.set(list, walked);
  }

  private take({ list, deliveredBy }: InnerWindowPart, from: number, to: number, waits: boolean): void {
    for (let place = from; place <= to; place++) {
      const entry = list.at(place)!;
      if (entry.ingested > deliveredBy) continue;
      if (waits) this.wait(entry, -Infinity);
      else this.add(entry, -Infinity);
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

import type { Entry } from './entry';

/** The event numbers of one episode: those that are part of it, and those that are only if it goes on. */
export class EventList {
  private readonly listed: number[] = [];
  /** Inner alerts overlap; events don't come twice. */
  private readonly seen: Set<number> | null;
  private waiting: number[] = [];
  private waitingMore = 0;
  /** How many the limit left out. */
  more = 0;

  /** `repeats`: whether an event may come several times. */
  constructor(
    private readonly limit: number,
    repeats: boolean,
  ) {
    this.seen = repeats ? new Set() : null;
  }

  /** How many numbers are kept. */
  get size(): number {
    return this.listed.length + this.waiting.length;
  }

  add(entry: Entry): void {
    if (entry.events === null) this.list(entry.event);
    else for (const event of entry.events) this.list(event);
    this.more += entry.more;
  }

  /** Takes an entry that came while the condition was false. */
  wait(entry: Entry): void {
    if (entry.events === null) this.hold(entry.event);
    else for (const event of entry.events) this.hold(event);
    this.waitingMore += entry.more;
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

  /** Those that are part of the episode, ascending, without repetition. */
  sorted(): number[] {
    return Array.from(Float64Array.from(this.listed).sort());
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

import { intersection, periodsOf, type Periods } from './periods';

const DAY = 86_400_000;

/** A source with so many records on its usual days is not silent for a day unless its log was not kept: such a day is not counted as watched. */
const BUSY = 100;

/** When a source had records. */
export class SourceDays {
  records = 0;
  readonly forms = new Set<string>();
  /** Epoch ms; Infinity and −Infinity without a record. */
  first = Infinity;
  last = -Infinity;
  private readonly days = new Map<number, number>();

  /** Adds so many records of a time (epoch ms). */
  add(time: number, records = 1): void {
    this.records += records;
    this.first = Math.min(this.first, time);
    this.last = Math.max(this.last, time);
    const day = Math.floor(time / DAY);
    this.days.set(day, (this.days.get(day) ?? 0) + records);
  }

  /** The days from the first to the last without a record, as `2026-08-05`. */
  get gaps(): string[] {
    return this.missing().map((day) => new Date(day * DAY).toISOString().slice(0, 10));
  }

  /** The time that the log shows: from the first to the last record, without the days that a busy log has nothing of. */
  get watched(): Periods {
    if (this.records === 0) return [];
    const whole: Periods = [[this.first, this.last + 1]];
    const counts = [...this.days.values()].sort((a, b) => a - b);
    if (counts[counts.length >> 1]! < BUSY) return whole;
    const there = [...this.days.keys()].map((day): [number, number] => [day * DAY, (day + 1) * DAY]);
    return intersection(whole, periodsOf(there));
  }

  private missing(): number[] {
    if (this.records === 0) return [];
    const [first, last] = [Math.floor(this.first / DAY), Math.floor(this.last / DAY)];
    // A single record with a mistaken year would make a list of ten thousand days.
    if (last - first > 10 * this.days.size + 366) return [];
    return Array.from({ length: last - first + 1 }, (_, n) => first + n).filter((day) => !this.days.has(day));
  }
}

import type { RecordPlace } from './events';

/** What was not looked at, and why. */
export interface Loss {
  reason: string;
  /** Records or lines; a file that can't be read counts as one. */
  count: number;
  /** The first of them; null where it has none. */
  first: RecordPlace | null;
  /** Whether it is the environment's doing, such as a file that can't be read. */
  environment: boolean;
}

/** More reasons than anyone reads: a hostile log may have one for each record. */
const MOST_REASONS = 50;

/** Counts what was lost, by reason. */
export class Losses {
  private readonly byReason = new Map<string, Loss>();

  add(reason: string, first: RecordPlace | null, environment = false): void {
    const isRoom = this.byReason.has(reason) || this.byReason.size < MOST_REASONS;
    const told = isRoom ? reason : 'other reasons';
    const known = this.byReason.get(told);
    if (known) known.count++;
    else this.byReason.set(told, { reason: told, count: 1, first, environment });
  }

  get list(): Loss[] {
    return [...this.byReason.values()].sort((a, b) => b.count - a.count);
  }
}

import { table } from '../tools/command/report/table';
import { WRONGS, type Trial } from './trial';

const HEADS: Record<(typeof WRONGS)[number], string> = {
  answer: 'wrong answers',
  wait: 'over the deadline',
  leftover: 'leftovers',
  secret: 'secrets',
};

/** Counts trials by what was done: a line for each, and one for all. */
export class Tally {
  private readonly rows = new Map<string, Row>();

  add(kind: string, trial: Trial): void {
    const name = `${kind}: ${trial.what}`;
    const row = this.rows.get(name) ?? new Row();
    this.rows.set(name, row);
    row.add(trial);
  }

  /** How many trials showed something wrong. */
  get wrong(): number {
    return [...this.rows.values()].reduce((sum, { tried, right }) => sum + tried - right, 0);
  }

  /** The lines of the table. */
  lines(): string[] {
    const sum = new Row();
    for (const row of this.rows.values()) sum.join(row);
    const cells = [...this.rows, ['all', sum] as const].map(([name, row]) => [name, ...row.cells()]);
    const heads = ['fault', 'tried', 'right', 'skipped', ...WRONGS.map((wrong) => HEADS[wrong])];
    return table([heads, ...cells], { columns: Infinity, keys: 1, right: heads.map((_, column) => column > 0) });
  }
}

class Row {
  tried = 0;
  right = 0;
  skipped = 0;
  private readonly seen = new Map(WRONGS.map((wrong) => [wrong, 0]));

  add({ wrong, skipped }: Trial): void {
    if (skipped !== undefined) {
      this.skipped++;
      return;
    }
    this.tried++;
    if (wrong.length === 0) this.right++;
    for (const each of new Set(wrong.map(({ wrong }) => wrong))) this.seen.set(each, this.seen.get(each)! + 1);
  }

  join(other: Row): void {
    this.tried += other.tried;
    this.right += other.right;
    this.skipped += other.skipped;
    for (const [wrong, count] of other.seen) this.seen.set(wrong, this.seen.get(wrong)! + count);
  }

  cells(): string[] {
    return [this.tried, this.right, this.skipped, ...this.seen.values()].map(String);
  }
}

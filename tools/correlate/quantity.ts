import type { CorrelationRule } from '../sigma/model';
import type { Tree } from '../sigma/plan';
import { ExactSum } from './exact-sum';
import type { Entry } from './groups';
import { ChainLength } from './ordered';
import { RankedNumbers } from './ranked';

/** What a correlation measures in its window, kept up to date as entries come and go, oldest first. */
export interface Quantity {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** The value for a window that begins at `from`; null where there is none, such as the mean of nothing. */
  value(from: number): number | null;
}

/** Makes the quantity of a correlation for one group, all of whose entries are given. */
export function quantityOf(rule: CorrelationRule, entries: readonly Entry[]): Quantity {
  switch (rule.type) {
    case 'event_count':
      return new EventCount();
    case 'value_count':
      return new DistinctCount((entry) => entry.measured);
    case 'temporal':
      return rule.condition.expression === undefined
        ? new DistinctCount((entry) => entry.rules)
        : new Combination(rule.condition.expression);
    case 'temporal_ordered':
      return new ChainLength(rule.rules.length);
    case 'value_sum':
      return new Total(false);
    case 'value_avg':
      return new Total(true);
    case 'value_percentile':
      return new Percentile(rule.condition.percentile ?? 50, entries);
    case 'value_median':
      return new Percentile(50, entries);
  }
}

class EventCount implements Quantity {
  private count = 0;
  add(): void {
    this.count++;
  }
  remove(): void {
    this.count--;
  }
  value(): number {
    return this.count;
  }
}

class DistinctCount<K> implements Quantity {
  private readonly counts = new Map<K, number>();
  constructor(private readonly keysOf: (entry: Entry) => readonly K[]) {}
  add(entry: Entry): void {
    for (const key of this.keysOf(entry)) this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
  remove(entry: Entry): void {
    for (const key of this.keysOf(entry)) {
      const left = this.counts.get(key)! - 1;
      if (left === 0) this.counts.delete(key);
      else this.counts.set(key, left);
    }
  }
  value(): number {
    return this.counts.size;
  }
  has(key: K): boolean {
    return this.counts.has(key);
  }
}

/** The number of rules that matched where the expression over them holds; it has no value elsewhere, nor without events. */
class Combination implements Quantity {
  private readonly present = new DistinctCount<number>((entry) => entry.rules);
  constructor(private readonly expression: Tree<number>) {}
  add(entry: Entry): void {
    this.present.add(entry);
  }
  remove(entry: Entry): void {
    this.present.remove(entry);
  }
  value(): number | null {
    return this.present.value() > 0 && this.holds(this.expression) ? this.present.value() : null;
  }
  private holds(expression: Tree<number>): boolean {
    switch (expression.op) {
      case 'and':
        return expression.all.every((part) => this.holds(part));
      case 'or':
        return expression.any.some((part) => this.holds(part));
      case 'not':
        return !this.holds(expression.expr);
      case 'test':
        return this.present.has(expression.test);
    }
  }
}

class Total implements Quantity {
  private readonly sum = new ExactSum();
  private count = 0;
  constructor(private readonly mean: boolean) {}
  add(entry: Entry): void {
    for (const number of numbersOf(entry)) {
      this.sum.add(number);
      this.count++;
    }
  }
  remove(entry: Entry): void {
    for (const number of numbersOf(entry)) {
      this.sum.remove(number);
      this.count--;
    }
  }
  value(): number | null {
    if (this.count === 0) return null;
    return this.mean ? this.sum.value / this.count : this.sum.value;
  }
}

class Percentile implements Quantity {
  private readonly numbers: RankedNumbers;
  constructor(
    private readonly percent: number,
    entries: readonly Entry[],
  ) {
    this.numbers = new RankedNumbers(entries.flatMap(numbersOf));
  }
  add(entry: Entry): void {
    for (const number of numbersOf(entry)) this.numbers.add(number, 1);
  }
  remove(entry: Entry): void {
    for (const number of numbersOf(entry)) this.numbers.add(number, -1);
  }
  value(): number | null {
    return this.numbers.percentile(this.percent);
  }
}

/** A correlation that calculates measures nothing but numbers. */
function numbersOf(entry: Entry): readonly number[] {
  return entry.measured as readonly number[];
}

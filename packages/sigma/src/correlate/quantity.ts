import type { Scalar } from '../values/event';
import { integerOf, type Numeric } from '../values/scalar';
import type { CorrelationRule } from '../rules/model';
import type { BooleanTree } from '../rules/plan';
import type { WindowEntry, ValueTally } from './entry';
import { ExactSum } from './exact-sum';
import { ChainLength } from './ordered';
import { RankedNumbers } from './ranked';

/** What a correlation measures in its window, kept up to date as entries come and go. */
export interface Quantity {
  add(entry: WindowEntry): void;
  remove(entry: WindowEntry): void;
  /**
   * The newest entry, of an inner correlation, happens once more at its new time. There where it makes no difference how often
   * something happens one after the other.
   */
  repeat?(entry: WindowEntry): void;
  /** The value for a window that begins at `from`; null where there is none, such as the mean of nothing. */
  value(from: number): Numeric | null;
}

/** Makes the quantity of a correlation for one group. */
export function quantityOf(rule: CorrelationRule): Quantity {
  switch (rule.type) {
    case 'event_count':
      return new EventCount();
    case 'value_count':
      return new DistinctCount();
    case 'temporal':
      return new RulesPresent(rule.rules.length, rule.condition.expression);
    case 'temporal_ordered':
      return new ChainLength(rule.rules.length);
    case 'value_sum':
      return new Total(false);
    case 'value_avg':
      return new Total(true);
    case 'value_percentile':
      return new Percentile(rule.condition.percentile ?? 50);
    case 'value_median':
      return new Percentile(50);
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

/** The number of rules that matched; it has no value where the expression over them does not hold, nor then without events. */
class RulesPresent implements Quantity {
  private readonly counts: number[];
  private present = 0;
  constructor(
    rules: number,
    private readonly expression: BooleanTree<number> | undefined,
  ) {
    this.counts = new Array<number>(rules).fill(0);
  }
  add(entry: WindowEntry): void {
    for (const rule of entry.rules) if (this.counts[rule]!++ === 0) this.present++;
  }
  remove(entry: WindowEntry): void {
    for (const rule of entry.rules) if (--this.counts[rule]! === 0) this.present--;
  }
  repeat(): void {}
  value(): number | null {
    if (this.expression === undefined) return this.present;
    return this.present > 0 && this.holds(this.expression) ? this.present : null;
  }
  private holds(expression: BooleanTree<number>): boolean {
    switch (expression.op) {
      case 'and':
        return expression.all.every((part) => this.holds(part));
      case 'or':
        return expression.any.some((part) => this.holds(part));
      case 'not':
        return !this.holds(expression.expr);
      case 'test':
        return this.counts[expression.test]! > 0;
    }
  }
}

/** A quantity of the values that entries hold, which are one for most. */
abstract class OfValues implements Quantity {
  protected abstract put(value: Scalar): void;
  protected abstract take(value: Scalar): void;
  abstract value(from: number): Numeric | null;

  add({ measured }: WindowEntry): void {
    if (measured === null) return;
    if (typeof measured !== 'object') this.put(measured);
    else for (const value of measured) this.put(value);
  }
  remove({ measured }: WindowEntry): void {
    if (measured === null) return;
    if (typeof measured !== 'object') this.take(measured);
    else for (const value of measured) this.take(value);
  }
}

/** Looks a value up when it comes, and when the last entry that has it leaves: entries hold what they counted. */
class DistinctCount implements Quantity {
  private readonly tallies = new Map<Scalar, ValueTally>();
  /**
   * Values of inner correlations, in the order of when they were last there. Each match has all of its window's, so that none is
   * to keep them: the window holds those that were there since it began.
   */
  private lasting: Map<Scalar, { tally: ValueTally; time: number }> | null = null;

  add(entry: WindowEntry): void {
    const { measured } = entry;
    if (measured === null) return;
    if (entry.inner !== null) {
      for (const value of typeof measured === 'object' ? measured : [measured]) this.see(value, entry.time);
    } else if (typeof measured !== 'object') entry.counted = this.put(measured);
    else entry.counted = measured.map((value) => this.put(value));
  }
  remove({ counted }: WindowEntry): void {
    if (counted === null) return;
    if (!Array.isArray(counted)) this.take(counted);
    else for (const tally of counted) this.take(tally);
  }
  value(from: number): number {
    if (this.lasting !== null) this.expire(this.lasting, from);
    return this.tallies.size;
  }

  private see(value: Scalar, time: number): void {
    this.lasting ??= new Map();
    const tally = this.lasting.get(value)?.tally ?? this.put(value);
    this.lasting.delete(value);
    this.lasting.set(value, { tally, time });
  }
  private expire(lasting: NonNullable<typeof this.lasting>, from: number): void {
    for (const [value, { tally, time }] of lasting) {
      if (time >= from) return;
      lasting.delete(value);
      this.take(tally);
    }
  }
  private put(value: Scalar): ValueTally {
    let tally = this.tallies.get(value);
    if (tally === undefined) this.tallies.set(value, (tally = { value, entries: 0 }));
    tally.entries++;
    return tally;
  }
  private take(tally: ValueTally): void {
    if (--tally.entries === 0) this.tallies.delete(tally.value);
  }
}

class Total extends OfValues {
  private readonly sum = new ExactSum();
  private count = 0;
  constructor(private readonly mean: boolean) {
    super();
  }
  protected put(value: Numeric): void {
    this.sum.add(value);
    this.count++;
  }
  protected take(value: Numeric): void {
    this.sum.remove(value);
    this.count--;
  }
  value(): Numeric | null {
    if (this.count === 0) return null;
    return this.mean ? quotient(this.sum.value, this.count) : this.sum.value;
  }
}

class Percentile extends OfValues {
  private readonly numbers = new RankedNumbers();
  constructor(private readonly percent: number) {
    super();
  }
  protected put(value: Numeric): void {
    this.numbers.add(value, 1);
  }
  protected take(value: Numeric): void {
    this.numbers.add(value, -1);
  }
  value(): Numeric | null {
    return this.numbers.percentile(this.percent);
  }
}

/** Whole where it is, whatever its digits. */
function quotient(sum: Numeric, count: number): Numeric {
  if (typeof sum === 'number' || sum % BigInt(count) !== 0n) return Number(sum) / count;
  return integerOf(String(sum / BigInt(count)));
}

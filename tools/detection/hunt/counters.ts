import type { Numeric } from '@tollgate/sigma/values/scalar';
import { ExactSum } from '@tollgate/sigma/correlate/exact-sum';
import { RankedNumbers } from '@tollgate/sigma/correlate/ranked';
import { distinct } from '@tollgate/sigma/correlate/tuples';
import type { Match } from '@tollgate/sigma/correlate/match';
import { gapPercentile } from './gaps';
import type { GroupEvent } from './groups';
import { scalars, weightOf } from './groups';
import type { Measure } from './types';

/** Which of a measure's two event sets an event enters: those that are measured, or those that `also` asks for. */
export type Role = 'of' | 'also';

/** One measure over the events that are in it at the moment. */
export interface Counter {
  move(event: GroupEvent, role: Role, step: 1 | -1): void;
  value(): number | null;
  /** One that also has what this has, at any time, and events of its own. */
  branch(): Counter;
  /** Ends what `branch` began. */
  forget(branch: Counter): void;
}

/** @param slot where an event has the measured field's value; −1 for a count. */
export function counterFor(measure: Measure, slot: number): Counter {
  switch (measure.how) {
    case 'count':
      return new EventCounter();
    case 'distinct':
      return new DistinctCounter(slot, measure.also !== undefined);
    case 'sum':
    case 'avg':
      return new SumCounter(slot, measure.how === 'avg');
    case 'min':
    case 'max':
    case 'percentile':
      return new NumberCounter(slot, measure);
    case 'gap':
      return new GapCounter(measure.percentile!);
    default:
      return measure.how satisfies never;
  }
}

class EventCounter implements Counter {
  private events = 0;
  constructor(private readonly common?: EventCounter) {}

  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    this.events += step * weightOf(event);
  }

  value(): number {
    return this.events + (this.common?.value() ?? 0);
  }

  branch(): EventCounter {
    return new EventCounter(this);
  }

  forget(): void {
    // It holds nothing of its branches.
  }
}

/** What one event of a role adds to the number that stands for how many of each role have a value. */
const STEP: Record<Role, number> = { of: 1, also: 2 ** 26 };

/** Distinct values; with `isShared` those that events of both roles have. */
class DistinctCounter implements Counter {
  private readonly times = new Map<string, number>();
  /** How many values there are; of a branch, how many more than those that it has in common. */
  private counted = 0;
  private readonly branches = new Set<DistinctCounter>();

  constructor(
    private readonly slot: number,
    private readonly isShared: boolean,
    private readonly common?: DistinctCounter,
  ) {}

  move(event: GroupEvent, role: Role, step: 1 | -1): void {
    for (const text of textsOf(event.values[this.slot])) {
      const before = this.times.get(text) ?? 0;
      const after = before + step * STEP[role];
      if (after === 0) this.times.delete(text);
      else this.times.set(text, after);
      const under = this.common?.times.get(text) ?? 0;
      this.counted += this.count(under + after) - this.count(under + before);
      for (const branch of this.branches) branch.follow(text, before, after);
    }
  }

  value(): number {
    return this.counted + (this.common?.counted ?? 0);
  }

  branch(): DistinctCounter {
    const branch = new DistinctCounter(this.slot, this.isShared, this);
    this.branches.add(branch);
    return branch;
  }

  forget(branch: DistinctCounter): void {
    this.branches.delete(branch);
  }

  /** Hears that a value, which it may have too, is now in common so often. */
  private follow(text: string, before: number, after: number): void {
    const own = this.times.get(text);
    if (own === undefined) return;
    this.counted += this.count(own + after) - this.count(after) - this.count(own + before) + this.count(before);
  }

  private count(times: number): number {
    return Number(this.isShared ? times >= STEP.also && times % STEP.also > 0 : times > 0);
  }
}

/** A sum, or an average. A sum is exact, so that nothing is left of a number that is taken out of it again. */
class SumCounter implements Counter {
  private readonly sum = new ExactSum();
  private count = 0;
  constructor(
    private readonly slot: number,
    private readonly isAverage: boolean,
    private readonly common?: SumCounter,
  ) {}

  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    for (const number of numbersOf(event.values[this.slot])) {
      if (step === 1) this.sum.add(number);
      else this.sum.remove(number);
      this.count += step;
    }
  }

  value(): number | null {
    const count = this.count + (this.common?.count ?? 0);
    if (this.isAverage && count === 0) return null;
    const sum = Number((this.common ? this.common.sum.plus(this.sum) : this.sum).value);
    return this.isAverage ? sum / count : sum;
  }

  branch(): SumCounter {
    return new SumCounter(this.slot, this.isAverage, this);
  }

  forget(): void {
    // It holds nothing of its branches.
  }
}

/** Ranks are taken anew over the numbers at hand. */
class NumberCounter implements Counter {
  private readonly numbers = new Map<GroupEvent, Numeric[]>();
  private changes = 0;
  private known: { value: number | null; changes: number } | undefined;
  constructor(
    private readonly slot: number,
    private readonly measure: Measure,
    private readonly common?: NumberCounter,
  ) {}

  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    this.changes++;
    if (step === 1) this.numbers.set(event, numbersOf(event.values[this.slot]));
    else this.numbers.delete(event);
  }

  value(): number | null {
    const changes = this.changes + (this.common?.changes ?? 0);
    if (this.known?.changes !== changes) {
      const numbers = [...(this.common?.numbers.values() ?? []), ...this.numbers.values()].flat();
      this.known = { value: aggregateNumbers(numbers, this.measure), changes };
    }
    return this.known.value;
  }

  branch(): NumberCounter {
    return new NumberCounter(this.slot, this.measure, this);
  }

  forget(): void {
    // It holds nothing of its branches.
  }
}

/** The times are sorted anew where an event came or went, as a query's groups of one client have few. */
class GapCounter implements Counter {
  private readonly events = new Set<GroupEvent>();
  private changes = 0;
  private known: { value: number | null; changes: number } | undefined;
  constructor(
    private readonly percent: number,
    private readonly common?: GapCounter,
  ) {}

  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    this.changes++;
    if (step === 1) this.events.add(event);
    else this.events.delete(event);
  }

  value(): number | null {
    const changes = this.changes + (this.common?.changes ?? 0);
    if (this.known?.changes !== changes) {
      const times = [...(this.common?.events ?? []), ...this.events].map(({ time }) => time);
      this.known = { value: gapPercentile(times, this.percent), changes };
    }
    return this.known.value;
  }

  branch(): GapCounter {
    return new GapCounter(this.percent, this);
  }

  forget(): void {
    // It holds nothing of its branches.
  }
}

/** The texts by which values are told apart, as in groups. */
function textsOf(value: Match['values'][number] | undefined): string[] {
  if (typeof value === 'string') return [value];
  return distinct(scalars(value)).map(String);
}

/** What is no number, such as a number written as text, is not measured: a strict index does not measure it either. */
function numbersOf(value: Match['values'][number] | undefined): Numeric[] {
  return scalars(value).filter(
    (one): one is Numeric => typeof one === 'bigint' || (typeof one === 'number' && Number.isFinite(one)),
  );
}

/**
 * Sum, average and the rest of some numbers, with exact sums. A sum of none is 0; of none, the others are null. Percentiles are those
 * of a correlation.
 */
export function aggregateNumbers(numbers: Numeric[], measure: Pick<Measure, 'how' | 'percentile'>): number | null {
  if (measure.how === 'sum') return sumOf(numbers);
  if (numbers.length === 0) return null;
  switch (measure.how) {
    case 'avg':
      return sumOf(numbers) / numbers.length;
    case 'min':
      return Number(numbers.reduce((least, number) => (number < least ? number : least)));
    case 'max':
      return Number(numbers.reduce((most, number) => (number > most ? number : most)));
    case 'percentile': {
      const ranked = new RankedNumbers();
      for (const number of numbers) ranked.add(number, 1);
      return Number(ranked.percentile(measure.percentile ?? 50));
    }
    default:
      throw new TypeError(`'${measure.how}' is not taken over numbers`);
  }
}

function sumOf(numbers: Numeric[]): number {
  const sum = new ExactSum();
  for (const number of numbers) sum.add(number);
  return Number(sum.value);
}

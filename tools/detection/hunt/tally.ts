import type { Numeric } from '@tollgate/sigma/values/scalar';
import { ExactSum } from '@tollgate/sigma/correlate/exact-sum';
import { RankedNumbers } from '@tollgate/sigma/correlate/ranked';
import { distinct } from '@tollgate/sigma/correlate/tuples';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { GroupEvent } from './groups';
import { heldBy, measuredFields, scalars, weightOf } from './groups';
import { formulaValue } from './formula-value';
import { gapPercentile } from './gaps';
import type { HuntQuery, Measure } from './types';

/** Which of a measure's two event sets an event enters: those that are measured, or those that `also` asks for. */
export type Role = 'of' | 'also';

/** A part of time that a run looks at; `also` may reach `settle` beyond it. */
export interface WindowPart {
  over: Measure['over'];
  role: Role;
}

/** The parts that a query's measures look at for events of one selection. */
export function partsOf(query: HuntQuery, selection: string): WindowPart[] {
  const parts: WindowPart[] = [];
  for (const over of ['window', 'baseline'] as const) {
    const measures = Object.values(query.measures).filter((measure) => measure.over === over);
    if (measures.some((measure) => measure.of === selection)) parts.push({ over, role: 'of' });
    if (measures.some((measure) => measure.also === selection)) parts.push({ over, role: 'also' });
  }
  return parts;
}

/** The measures of one group over the events that are in it at the moment; events come and go as a window moves. */
export class Tally {
  /** How many events the measures are taken over; a group without any has no row. */
  private measured = 0;
  private readonly counters: { name: string; measure: Measure; counter: Counter }[];
  /** Events in the window, with how many selections and roles hold each. */
  private readonly held = new Map<number, number>();

  constructor(
    private readonly query: HuntQuery,
    private readonly parameters: Record<string, number>,
  ) {
    const slots = measuredFields(query);
    this.counters = Object.entries(query.measures).map(([name, measure]) => ({
      name,
      measure,
      counter: counterFor(measure, measure.field === undefined ? -1 : slots.indexOf(measure.field)),
    }));
  }

  /** Takes an event into a part (`step` 1) or out of it (`step` −1). */
  move(event: GroupEvent, part: WindowPart, step: 1 | -1): void {
    if (part.role === 'of') this.measured += step * weightOf(event);
    if (part.over === 'window' && heldBy(event) > 0) this.hold(event.event, step);
    for (const { measure, counter } of this.counters) {
      if (measure.over === part.over && measure[part.role] === event.selection) counter.move(event, part.role, step);
    }
  }

  /** The events in the window (not those of the baseline), in no order. */
  windowEvents(): Iterable<number> {
    return this.held.keys();
  }

  /** Every measure and derived value; null where the group has no row. */
  values(): Record<string, number | null> | null {
    if (this.measured === 0) return null;
    const values: Record<string, number | null> = {};
    for (const { name, counter } of this.counters) values[name] = counter.value();
    return withDerived(this.query, values, this.parameters);
  }

  private hold(event: number, step: 1 | -1): void {
    const times = (this.held.get(event) ?? 0) + step;
    if (times === 0) this.held.delete(event);
    else this.held.set(event, times);
  }
}

/** The measures with the derived values after them. */
export function withDerived(
  query: HuntQuery,
  measures: Record<string, number | null>,
  parameters: Record<string, number>,
): Record<string, number | null> {
  const values = { ...measures };
  for (const [name, formula] of Object.entries(query.derive))
    values[name] = formulaValue(formula, { values, parameters });
  return values;
}

interface Counter {
  move(event: GroupEvent, role: Role, step: 1 | -1): void;
  value(): number | null;
}

function counterFor(measure: Measure, slot: number): Counter {
  switch (measure.how) {
    case 'count':
      return new EventCounter();
    case 'distinct':
      return measure.also === undefined ? new DistinctCounter(slot) : new SharedCounter(slot);
    case 'sum':
    case 'avg':
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
  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    this.events += step * weightOf(event);
  }
  value(): number {
    return this.events;
  }
}

class DistinctCounter implements Counter {
  private readonly times = new Map<string, number>();
  constructor(private readonly slot: number) {}
  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    for (const value of textsOf(event.values[this.slot])) {
      const times = (this.times.get(value) ?? 0) + step;
      if (times === 0) this.times.delete(value);
      else this.times.set(value, times);
    }
  }
  value(): number {
    return this.times.size;
  }
}

/** Distinct values that events of both roles have. */
class SharedCounter implements Counter {
  private readonly times = new Map<string, { of: number; also: number }>();
  private shared = 0;
  constructor(private readonly slot: number) {}
  move(event: GroupEvent, role: Role, step: 1 | -1): void {
    for (const value of textsOf(event.values[this.slot])) {
      let times = this.times.get(value);
      if (!times) this.times.set(value, (times = { of: 0, also: 0 }));
      const before = times.of > 0 && times.also > 0;
      times[role] += step;
      const after = times.of > 0 && times.also > 0;
      this.shared += Number(after) - Number(before);
      if (times.of === 0 && times.also === 0) this.times.delete(value);
    }
  }
  value(): number {
    return this.shared;
  }
}

/** Sums and the like are taken anew over the numbers at hand: taking a number out of a sum again leaves a rounding error. */
class NumberCounter implements Counter {
  private readonly numbers = new Map<GroupEvent, Numeric[]>();
  private known: number | null | undefined;
  constructor(
    private readonly slot: number,
    private readonly measure: Measure,
  ) {}
  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    this.known = undefined;
    if (step === 1) this.numbers.set(event, scalars(event.values[this.slot]).flatMap(asNumber));
    else this.numbers.delete(event);
  }
  value(): number | null {
    if (this.known === undefined) this.known = aggregateNumbers([...this.numbers.values()].flat(), this.measure);
    return this.known;
  }
}

/** The times are sorted anew where an event came or went, as a query's groups of one client have few. */
class GapCounter implements Counter {
  private readonly events = new Set<GroupEvent>();
  private known: number | null | undefined;
  constructor(private readonly percent: number) {}
  move(event: GroupEvent, _role: Role, step: 1 | -1): void {
    this.known = undefined;
    if (step === 1) this.events.add(event);
    else this.events.delete(event);
  }
  value(): number | null {
    if (this.known === undefined)
      this.known = gapPercentile(
        [...this.events].map(({ time }) => time),
        this.percent,
      );
    return this.known;
  }
}

/** The texts by which values are told apart, as in groups. */
function textsOf(value: Match['values'][number] | undefined): string[] {
  return distinct(scalars(value)).map(String);
}

/** What is no number, such as a number written as text, is not measured: a strict index does not measure it either. */
function asNumber(value: Match['values'][number]): Numeric[] {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value)) ? [value] : [];
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
    case 'max':
    case 'percentile': {
      const ranked = new RankedNumbers();
      for (const number of numbers) ranked.add(number, 1);
      return Number(
        ranked.percentile(measure.how === 'min' ? 0 : measure.how === 'max' ? 100 : (measure.percentile ?? 50)),
      );
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

import { counterFor, type Counter, type Role } from './counters';
import type { GroupEvent } from './groups';
import { heldBy, measuredFields, weightOf } from './groups';
import type { HuntQuery, Measure } from './types';

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
  /** Events in the window, with how many selections and roles hold each. */
  private readonly held = new Map<number, number>();

  constructor(
    private readonly query: HuntQuery,
    private readonly counters: NamedCounter[] = countersFor(query),
    private readonly common?: Tally,
  ) {}

  /** A tally of what this one has, at any time, and of events of its own. */
  branch(): Tally {
    const counters = this.counters.map((one) => ({ ...one, counter: one.counter.branch() }));
    return new Tally(this.query, counters, this);
  }

  /** Ends what `branch` began. */
  forget(branch: Tally): void {
    for (const [place, { counter }] of this.counters.entries()) counter.forget(branch.counters[place]!.counter);
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
  *windowEvents(): Generator<number> {
    if (this.common) yield* this.common.windowEvents();
    yield* this.held.keys();
  }

  /** Every measure; null where the group has no row. */
  measures(): Record<string, number | null> | null {
    if (this.measured + (this.common?.measured ?? 0) === 0) return null;
    const values: Record<string, number | null> = {};
    for (const { name, counter } of this.counters) values[name] = counter.value();
    return values;
  }

  private hold(event: number, step: 1 | -1): void {
    const times = (this.held.get(event) ?? 0) + step;
    if (times === 0) this.held.delete(event);
    else this.held.set(event, times);
  }
}

interface NamedCounter {
  name: string;
  measure: Measure;
  counter: Counter;
}

function countersFor(query: HuntQuery): NamedCounter[] {
  const slots = measuredFields(query);
  return Object.entries(query.measures).map(([name, measure]) => ({
    name,
    measure,
    counter: counterFor(measure, measure.field === undefined ? -1 : slots.indexOf(measure.field)),
  }));
}

import type { UnitResult } from '../replay/unit';
import type { Journal } from './journal';
import type { UnitSpec } from './plan';

/** Measures one unit; `onEvents` hears how many events have passed. */
export type MeasureUnit = (unit: UnitSpec, onEvents: (events: number) => void) => Promise<UnitResult>;

/** How far a measurement is. */
export interface MeasureProgress {
  done: number;
  total: number;
  /** Of this run, finished units and those under way. */
  events: number;
  seconds: number;
  /** Until the end, by the work that is left; null while nothing tells. */
  secondsLeft: number | null;
}

/**
 * Measures what the journal does not have yet, as many units at once as there are measurers, the largest first so that none is
 * alone at the end. Returns the results in the order of the units. The first failure ends the run; what is finished is kept.
 */
export async function measureUnits(
  units: UnitSpec[],
  journal: Journal,
  measurers: MeasureUnit[],
  weightOf: (unit: UnitSpec) => number,
  tell: (progress: MeasureProgress) => void,
): Promise<UnitResult[]> {
  const open = units.filter((unit) => !journal.resultOf(unit)).sort((a, b) => weightOf(b) - weightOf(a));
  const work = open.reduce((sum, unit) => sum + weightOf(unit), 0);
  const began = performance.now();
  const underWay = new Map<UnitSpec, number>();
  let [finishedEvents, finishedWork, done] = [0, 0, units.length - open.length];
  const report = (): void => {
    const seconds = (performance.now() - began) / 1000;
    tell({
      done,
      total: units.length,
      events: finishedEvents + [...underWay.values()].reduce((sum, events) => sum + events, 0),
      seconds,
      secondsLeft: finishedWork > 0 ? (seconds * (work - finishedWork)) / finishedWork : null,
    });
  };
  let failed = false;
  const waiting = open.values();
  const follow = async (measure: MeasureUnit): Promise<void> => {
    for (const unit of waiting) {
      const result = await measure(unit, (events) => {
        underWay.set(unit, events);
        report();
      }).catch((error: unknown) => {
        failed = true;
        throw error;
      });
      journal.add(unit, result);
      underWay.delete(unit);
      finishedEvents += result.events.expected;
      finishedWork += weightOf(unit);
      done++;
      report();
      if (failed) return;
    }
  };
  for (const ended of await Promise.allSettled(measurers.map(follow)))
    if (ended.status === 'rejected') throw ended.reason;
  return units.map((unit) => journal.resultOf(unit)!);
}

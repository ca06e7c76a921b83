import type { UnitResult } from '../replay/unit';
import type { Journal } from './journal';
import type { UnitSpec } from './plan';

/** How far a unit is: events that have passed, and the part of its work that is done, from 0 to 1. */
export interface UnitShare {
  events: number;
  share: number;
}

/** Measures one unit, and says how far it is now and then. */
export type MeasureUnit = (unit: UnitSpec, onProgress: (progress: UnitShare) => void) => Promise<UnitResult>;

/** How far a measurement is. */
export interface MeasureProgress {
  done: number;
  total: number;
  /** Of this run, finished units and those under way. */
  events: number;
  seconds: number;
  /** The part of this run's work that is done, from 0 to 1. */
  share: number;
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
  const underWay = new Map<UnitSpec, UnitShare>();
  let [finishedEvents, finishedWork, done] = [0, 0, units.length - open.length];
  const report = (): void => {
    let [events, workDone] = [finishedEvents, finishedWork];
    for (const [unit, { events: passed, share }] of underWay) {
      events += passed;
      workDone += share * weightOf(unit);
    }
    tell({
      done,
      total: units.length,
      events,
      seconds: (performance.now() - began) / 1000,
      share: work > 0 ? workDone / work : 1,
    });
  };
  let failed = false;
  const waiting = open.values();
  const follow = async (measure: MeasureUnit): Promise<void> => {
    for (const unit of waiting) {
      const result = await measure(unit, (progress) => {
        underWay.set(unit, progress);
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

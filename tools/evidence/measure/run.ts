import type { UnitResult } from '../replay/unit';
import type { Journal } from './journal';
import type { UnitSpec } from './plan';

/** How far a unit is: events that have passed, and the part of its work that is done, from 0 to 1. */
export interface UnitShare {
  events: number;
  share: number;
}

/** Measures one unit, all of it or only some rules and queries by their ids, and says how far it is now and then. */
export type MeasureUnit = (
  unit: UnitSpec,
  onProgress: (progress: UnitShare) => void,
  only?: readonly string[],
) => Promise<UnitResult>;

/** What is to be measured, and how. */
export interface Measurement {
  units: UnitSpec[];
  /** The ids of the rules and queries that a unit runs, beside the public baselines. */
  idsIn: (unit: UnitSpec) => readonly string[];
  /** Whether these are a selection: a unit that was never finished is then measured for them alone, and not written down. */
  isSelection: boolean;
  journal: Journal;
  /** As many units at once as there are of these. */
  measurers: MeasureUnit[];
  /** About how much work a unit is. */
  weightOf: (unit: UnitSpec) => number;
}

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
 * Measures what the journal does not have yet, the largest units first so that none is alone at the end: all of a unit, or only the
 * rules and queries that came since it was finished. Returns the units with what was found, in their order. The first failure ends the
 * run; what is finished is kept.
 */
export async function measureUnits(
  { units, idsIn, isSelection, journal, measurers, weightOf }: Measurement,
  tell: (progress: MeasureProgress) => void,
): Promise<{ unit: UnitSpec; result: UnitResult }[]> {
  const open = openUnits({ units, idsIn, isSelection, journal }).sort((a, b) => weightOf(b.unit) - weightOf(a.unit));
  const work = open.reduce((sum, { unit }) => sum + weightOf(unit), 0);
  const began = performance.now();
  const underWay = new Map<UnitSpec, UnitShare>();
  const unwritten = new Map<UnitSpec, UnitResult>();
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
    for (const { unit, only, isFirst } of waiting) {
      const onProgress = (progress: UnitShare): void => {
        underWay.set(unit, progress);
        report();
      };
      const result = await measure(unit, onProgress, only).catch((error: unknown) => {
        failed = true;
        throw error;
      });
      if (isFirst && only) unwritten.set(unit, result);
      else journal.add(unit, result, only ?? idsIn(unit), !isFirst);
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
  return units.flatMap((unit) => {
    const result = unwritten.get(unit) ?? journal.resultOf(unit);
    return result ? [{ unit, result }] : [];
  });
}

/** A unit that lacks something. */
export interface OpenUnit {
  unit: UnitSpec;
  /** What is measured in it; undefined for all. */
  only: readonly string[] | undefined;
  /** How many rules and queries it has to run. */
  detectors: number;
  /** Whether it was never finished before. */
  isFirst: boolean;
}

/** The units that lack something. A selection has nothing to find in a world that records none of its sources. */
export function openUnits({
  units,
  idsIn,
  isSelection,
  journal,
}: Pick<Measurement, 'units' | 'idsIn' | 'isSelection' | 'journal'>): OpenUnit[] {
  return units.flatMap((unit): OpenUnit[] => {
    const isFirst = journal.resultOf(unit) === undefined;
    const only = journal.openIn(unit, idsIn(unit));
    if (isFirst && !isSelection) return [{ unit, only: undefined, detectors: only.length, isFirst }];
    return only.length > 0 ? [{ unit, only, detectors: only.length, isFirst }] : [];
  });
}

import type { DoJob } from '../../foundation/threads/job-thread';
import { sideBySide, type JobsProgress } from '../../foundation/threads/side-by-side';
import type { UnitResult } from '../replay/unit';
import type { Journal } from './journal';
import type { UnitSpec } from './plan';

/** A unit to measure: all of it, or only some rules and queries by their ids. */
export interface MeasureJob {
  unit: UnitSpec;
  only?: readonly string[];
}

/** What is to be measured, and how. */
export interface Measurement {
  units: UnitSpec[];
  /** The ids of the rules and queries that a unit runs, beside the public baselines. */
  idsIn: (unit: UnitSpec) => readonly string[];
  /** Whether these are a selection: a unit that was never finished is then measured for them alone, and not written down. */
  isSelection: boolean;
  journal: Journal;
  /** As many units at once as there are of these. */
  measurers: DoJob<MeasureJob, UnitResult>[];
  /** About how much work a unit is. */
  weightOf: (unit: UnitSpec) => number;
}

/**
 * Measures what the journal does not have yet, the largest units first: all of a unit, or only the rules and queries that came since it
 * was finished. Returns the units with what was found, in their order. The first failure ends the run; what is finished is kept.
 */
export async function measureUnits(
  { units, idsIn, isSelection, journal, measurers, weightOf }: Measurement,
  tell: (progress: JobsProgress & { total: number }) => void,
): Promise<{ unit: UnitSpec; result: UnitResult }[]> {
  const open = openUnits({ units, idsIn, isSelection, journal });
  const firsts = new Set(open.filter(({ isFirst }) => isFirst).map(({ unit }) => unit));
  const unwritten = new Map<UnitSpec, UnitResult>();
  await sideBySide<MeasureJob, UnitResult>({
    jobs: open.map(({ unit, only }) => ({ unit, ...(only && { only }) })),
    weightOf: ({ unit }) => weightOf(unit),
    workers: measurers,
    eventsOf: ({ events }) => events.expected,
    finished: ({ unit, only }, result) => {
      const isFirst = firsts.has(unit);
      if (isFirst && only) unwritten.set(unit, result);
      else journal.add(unit, result, only ?? idsIn(unit), !isFirst);
    },
    tell: (progress) => tell({ ...progress, done: units.length - open.length + progress.done, total: units.length }),
  });
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

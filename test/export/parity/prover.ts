import { sourcesOf } from '../../../tools/export/plan/reach';
import type { DetectorPlan, ExportDetector } from '../../../tools/export/plan/types';
import type { Day } from './day';
import type { Verdict } from './verdict';

/** A target with an engine in which its export can be run as its schedule runs it. */
export interface Prover {
  target: string;
  /** What is executed of each detector, by its id: a text that changes with it. */
  executed: ReadonlyMap<string, string>;
  /** Runs the detectors that are chosen and have records on a day, each at so many moments at most; gives one after the other. */
  prove(day: Day, isChosen: (detector: ExportDetector) => boolean, most: number): AsyncGenerator<Proved>;
}

/** What a target did with one detector on a world's day. */
export interface Proved {
  detector: ExportDetector;
  verdict: Verdict;
  /** Records of its sources. */
  documents: number;
  /** Milliseconds of each run. */
  took: readonly number[];
  /** The most memory that the engine took beside what it had before; `null` where nobody counts it. */
  bytes: number | null;
}

/** The sources that a detector reads, by their ids. */
export function idsOf(plan: DetectorPlan): string[] {
  const contracts =
    plan.kind === 'hunt' ? [plan.hunt.contract] : sourcesOf(plan.kind === 'events' ? plan.source : plan.window);
  return contracts.map(({ id }) => id).sort();
}

import { sum } from '../../foundation/statistics/sum';
import type { MeasuredDetector, MeasuredPack, MeasuredSet, PackCampaigns } from '../measure/results';
import { isSeen } from '../replay/incidents';

/** What was measured in some worlds with one set of scenarios, by the detectors that open incidents. */
export interface Measured {
  pack: MeasuredPack[];
  detectors: MeasuredDetector[];
}

/** What detectors reach together. */
export interface StackReach {
  present: number;
  /** The campaigns of a scenario, world and pace count as those that the best one of the detectors caught; see `open`. */
  caught: number;
  /** Campaigns of which the counts don't say whether the detectors caught them: at most so many more. */
  open: number;
  /** US dollars that all campaigns cost. */
  cost: number;
  /** US dollars that the caught ones had left at the first alert of any detector in the world: no less could be lost by the alerts of these. */
  saved: number;
}

/** The part of a measurement that is about these worlds, and about detectors that are there and open incidents. */
export function measuredIn(set: MeasuredSet, worlds: string[], ids: ReadonlySet<string>): Measured {
  return {
    pack: set.pack.filter(({ world }) => worlds.includes(world)),
    detectors: set.detectors.filter(({ id, level }) => ids.has(id) && isSeen(level)),
  };
}

/** The detectors that read no other sources than these. */
export function readingOnly(detectors: MeasuredDetector[], sources: string[]): MeasuredDetector[] {
  return detectors.filter((detector) => detector.sources.every((source) => sources.includes(source)));
}

/** The campaigns of one scenario, world and pace as one text. */
export function kindOf({ world, scenario, pace }: Pick<PackCampaigns, 'world' | 'scenario' | 'pace'>): string {
  return `${world} ${scenario} ${pace}`;
}

/** Of each kind of campaigns, how many the best one of these detectors caught. */
export function bestOf(detectors: MeasuredDetector[]): Map<string, number> {
  return caughtBy(detectors, Math.max);
}

/** What these detectors reach in the worlds of a pack. */
export function reachOf(pack: MeasuredPack[], detectors: MeasuredDetector[]): StackReach {
  const best = bestOf(detectors);
  const all = caughtBy(detectors, (a, b) => a + b);
  const reach = { present: 0, caught: 0, open: 0, cost: 0, saved: 0 };
  for (const one of pack.flatMap(({ campaigns }) => campaigns)) {
    const caught = best.get(kindOf(one)) ?? 0;
    reach.present += one.caught + one.missed + one.blind;
    reach.caught += caught;
    reach.open += Math.max(0, Math.min(one.caught, all.get(kindOf(one)) ?? 0) - caught);
    reach.cost += one.cost;
    // What was missed has nothing left.
    if (one.caught > 0) reach.saved += (one.cost - one.lost) * Math.min(1, caught / one.caught);
  }
  return reach;
}

function caughtBy(detectors: MeasuredDetector[], join: (a: number, b: number) => number): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of detectors.flatMap(({ campaigns }) => campaigns))
    found.set(kindOf(one), join(found.get(kindOf(one)) ?? 0, one.caught));
  return found;
}

/** Incidents in one world. */
export interface Incidents {
  world: string;
  /** Of ordinary traffic in so many days, at most. */
  ordinary: number;
  days: number;
  /** Of honest special days in a week, at most. */
  special: number;
}

/**
 * The incidents that these detectors make in each world of a pack: no more than all detectors of the world make, and none where these raised nothing.
 */
export function incidentsIn(pack: MeasuredPack[], detectors: MeasuredDetector[]): Incidents[] {
  return pack.map(({ world, days, incidents, honest }) => {
    const ordinary = sum(
      detectors.flatMap((one) => one.worlds.flatMap((own) => (own.world === world ? own.episodes : []))),
    );
    const raised = (scenario: string): number =>
      sum(
        detectors.flatMap(({ specials }) =>
          specials.flatMap((one) => (one.world === world && one.scenario === scenario ? one.episodes : [])),
        ),
      );
    const aYear = honest.map((day) => (day.perYear * Math.min(day.incidents, raised(day.scenario))) / day.occurrences);
    return { world, days, ordinary: Math.min(incidents.incidents, ordinary), special: sum(aYear) / 52 };
  });
}

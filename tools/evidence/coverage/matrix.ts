import type { MeasuredCampaigns, MeasuredDetector, Pace, Results } from '../measure/results';
import { sum } from '../../foundation/statistics/sum';

/** When a rule or query looks: at what prepares the sending, at the sending, or at what it leaves. */
export const MOMENTS = ['before', 'during', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/**
 * What the best rule or query of a source and moment did on a scenario's campaigns: caught all that the source shows, some or none; `blind` where the
 * source shows none of them.
 */
export type State = 'caught' | 'some' | 'missed' | 'blind';

export interface Row {
  scenario: string;
  /** `both` where it is loud in one world and slow in another. */
  pace: Pace | 'both';
  /** Campaigns that any rule or query caught, of all. */
  caught: number;
  present: number;
  /** Source → moment → state; nothing where there is no rule, or the scenario and the source share no world. */
  cells: ReadonlyMap<string, Partial<Record<Moment, State>>>;
}

export interface Matrix {
  /** Contract ids, in the order of their names. */
  sources: string[];
  /** In the order of the scenarios' names. */
  rows: Row[];
  /** Source → moment → how many rules and queries read it. */
  counts: ReadonlyMap<string, Record<Moment, number>>;
}

/** Lays out what a measurement found; `moments` has the moment of each rule and query by id, and what it lacks is left out. */
export function matrixOf(results: Results, sources: string[], moments: ReadonlyMap<string, Moment>): Matrix {
  const detectors = results.detectors.filter(({ id }) => moments.has(id));
  const campaigns = results.pack.flatMap((world) => world.campaigns);
  const scenarios = [...new Set(campaigns.map(({ scenario }) => scenario))].sort();
  const sorted = [...sources].sort();
  return {
    sources: sorted,
    rows: scenarios.map((scenario) => {
      const own = campaigns.filter((one) => one.scenario === scenario);
      const paces = new Set(own.map(({ pace }) => pace));
      return {
        scenario,
        pace: paces.size > 1 ? 'both' : [...paces][0]!,
        caught: sum(own.map(({ caught }) => caught)),
        present: sum(own.map(({ caught, missed, blind }) => caught + missed + blind)),
        cells: new Map(sorted.map((source) => [source, cellOf(detectors, moments, source, scenario)])),
      };
    }),
    counts: new Map(
      sorted.map((source) => {
        const count = (moment: Moment): number => of(detectors, moments, source, moment).length;
        return [source, { before: count('before'), during: count('during'), after: count('after') }];
      }),
    ),
  };
}

function of(
  detectors: MeasuredDetector[],
  moments: ReadonlyMap<string, Moment>,
  source: string,
  moment: Moment,
): MeasuredDetector[] {
  return detectors.filter(({ id, sources }) => sources.includes(source) && moments.get(id) === moment);
}

function cellOf(
  detectors: MeasuredDetector[],
  moments: ReadonlyMap<string, Moment>,
  source: string,
  scenario: string,
): Partial<Record<Moment, State>> {
  const cell: Partial<Record<Moment, State>> = {};
  for (const moment of MOMENTS) {
    const outcomes = of(detectors, moments, source, moment).map(({ campaigns }) =>
      campaigns.filter((one) => one.scenario === scenario),
    );
    const state = stateOf(outcomes);
    if (state) cell[moment] = state;
  }
  return cell;
}

/**
 * What detectors together did on the same campaigns; null where there were none. Which of them each caught is not kept, so what two catch together
 * is not known, and the better one counts.
 */
export function stateOf(outcomes: Pick<MeasuredCampaigns, 'caught' | 'missed' | 'blind'>[][]): State | null {
  let [seen, blind, best] = [0, 0, 0];
  for (const all of outcomes) {
    const caught = sum(all.map((one) => one.caught));
    const visible = caught + sum(all.map((one) => one.missed));
    seen += visible;
    blind += sum(all.map((one) => one.blind));
    if (visible > 0) best = Math.max(best, caught / visible);
  }
  if (seen === 0) return blind > 0 ? 'blind' : null;
  return best === 1 ? 'caught' : best > 0 ? 'some' : 'missed';
}

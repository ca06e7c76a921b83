import { sum } from '../../foundation/statistics/sum';
import type { MeasuredDetector, MeasuredSet } from '../measure/results';
import {
  bestOf,
  incidentsIn,
  measuredIn,
  reachOf,
  readingOnly,
  type Incidents,
  type Measured,
  type StackReach,
} from './reach';
import { gapsOf, type Gap } from './gaps';
import type { Stack } from './stacks';

/** What a log and the rules and queries that it feeds reach, together with those before it. */
export interface StackStep {
  source: string;
  /** In the order in which to deploy them, with the campaigns that each adds: those that catch what no detector before them caught. */
  detectors: { detector: MeasuredDetector; adds: number }[];
  /** How many further ones it feeds. */
  others: number;
  reach: StackReach;
  incidents: Incidents[];
  /** With the independent scenarios; null where these were not measured. */
  apart: StackReach | null;
}

/** What a stack's site would do, and what comes of it. */
export interface Choice {
  stack: Stack;
  /** In the order in which to collect the logs. */
  steps: StackStep[];
  /** Incidents that honest days of the other set make in a week. */
  apartIncidents: Incidents[];
  /** All rules and queries that its logs feed and that open incidents. */
  detectors: MeasuredDetector[];
  gaps: Gap[];
  apartGaps: Gap[];
}

/** What was measured with both sets of scenarios. */
export interface BothSets {
  own: MeasuredSet;
  independent: MeasuredSet | null;
}

/**
 * Orders a stack's logs by the campaigns that each adds, and then by money and as the stack names them; and of each log the rules and queries likewise, the
 * quieter one first. Only the scenarios written alongside the rules choose. `ids`: the rules and queries that are there.
 */
export function choiceOf(stack: Stack, { own, independent }: BothSets, ids: ReadonlySet<string>): Choice {
  const measured = measuredIn(own, stack.worlds, ids);
  const apart = independent && measuredIn(independent, stack.worlds, ids);
  const steps: StackStep[] = [];
  const left = [...stack.sources];
  while (left.length > 0) {
    const before = steps.map(({ source }) => source);
    const source = mostBy(left, (one) => rankOf(measured, [...before, one]));
    left.splice(left.indexOf(source), 1);
    steps.push(stepOf(measured, apart, before, source));
  }
  const read = apart ? readingOnly(apart.detectors, stack.sources) : [];
  return {
    stack,
    steps,
    detectors: readingOnly(measured.detectors, stack.sources),
    apartIncidents: apart ? incidentsIn(apart.pack, read) : [],
    gaps: gapsOf(stack, own, ids),
    apartGaps: independent ? gapsOf(stack, independent, ids) : [],
  };
}

function rankOf({ pack, detectors }: Measured, sources: string[]): number[] {
  const { caught, saved } = reachOf(pack, readingOnly(detectors, sources));
  return [caught, saved];
}

function stepOf(own: Measured, apart: Measured | null, before: string[], source: string): StackStep {
  const sources = [...before, source];
  const read = readingOnly(own.detectors, sources);
  const known = readingOnly(own.detectors, before);
  const fresh = read.filter((one) => !known.includes(one));
  const chosen = ordered(own, known, fresh);
  const reach = reachOf(own.pack, read);
  return {
    source,
    detectors: chosen,
    others: fresh.length - chosen.length,
    reach,
    incidents: incidentsIn(own.pack, read),
    apart: apart && apart.pack.length > 0 ? reachOf(apart.pack, readingOnly(apart.detectors, sources)) : null,
  };
}

/** Always the one that adds most to those before it, until none adds anything. */
function ordered({ pack }: Measured, known: MeasuredDetector[], fresh: MeasuredDetector[]): StackStep['detectors'] {
  const worlds = new Set(pack.map(({ world }) => world));
  const within = (detector: MeasuredDetector): MeasuredDetector => ({
    ...detector,
    campaigns: detector.campaigns.filter(({ world }) => worlds.has(world)),
  });
  const best = bestOf(known.map(within));
  const catches = new Map(fresh.map((one) => [one, bestOf([within(one)])]));
  const chosen: StackStep['detectors'] = [];
  const addsOf = (one: MeasuredDetector): number =>
    sum([...catches.get(one)!].map(([kind, caught]) => Math.max(0, caught - (best.get(kind) ?? 0))));
  for (let left = fresh; left.length > 0;) {
    const detector = mostBy(left, (one) => [addsOf(one), -episodesOf(one)]);
    const adds = addsOf(detector);
    if (adds === 0) break;
    chosen.push({ detector, adds });
    for (const [kind, caught] of catches.get(detector)!) best.set(kind, Math.max(caught, best.get(kind) ?? 0));
    left = left.filter((one) => one !== detector);
  }
  return chosen;
}

function episodesOf({ worlds, specials }: MeasuredDetector): number {
  return sum([...worlds, ...specials].map(({ episodes }) => episodes));
}

/** The first of those whose rank is highest, number by number. */
function mostBy<T>(all: readonly T[], rankOf: (one: T) => number[]): T {
  const ranked = all.map((one) => ({ one, rank: rankOf(one) }));
  return ranked.reduce((most, next) => (isAbove(next.rank, most.rank) ? next : most)).one;
}

function isAbove(rank: number[], other: number[]): boolean {
  const at = rank.findIndex((value, index) => value !== other[index]);
  return at >= 0 && rank[at]! > other[at]!;
}

import { sum } from '../../foundation/statistics/sum';
import type { MeasuredDetector, MeasuredSet } from '../measure/results';
import { bestOf, kindOf, measuredIn, readingOnly } from './reach';
import type { Stack } from './stacks';

/** A scenario of which a stack's detectors don't catch every campaign. */
export interface Gap {
  scenario: string;
  caught: number;
  present: number;
  /** Campaigns of it that none of the stack's logs shows. */
  blind: number;
  /** The log that the stack could have besides whose rules and queries catch the largest part wherever it is recorded; null where none catches a larger part. */
  opener: { source: string; caught: number; present: number } | null;
}

/** What a stack's detectors don't catch in its worlds, in the order of the scenarios' names. */
export function gapsOf(stack: Stack, set: MeasuredSet, ids: ReadonlySet<string>): Gap[] {
  const { pack, detectors } = measuredIn(set, stack.worlds, ids);
  const read = readingOnly(detectors, stack.sources);
  const best = bestOf(read);
  const shown = shownBy(read);
  const campaigns = pack.flatMap((world) => world.campaigns);
  return [...new Set(campaigns.map(({ scenario }) => scenario))].sort().flatMap((scenario): Gap[] => {
    const here = campaigns.filter((one) => one.scenario === scenario);
    const present = sum(here.map((one) => one.caught + one.missed + one.blind));
    const caught = sum(here.map((one) => best.get(kindOf(one)) ?? 0));
    const visible = sum(here.map((one) => shown.get(kindOf(one)) ?? 0));
    if (caught === present) return [];
    return [
      {
        scenario,
        caught,
        present,
        blind: present - visible,
        opener: openerOf(scenario, stack, detectors, caught / present),
      },
    ];
  });
}

/** Of each kind of campaigns, how many the sources of some of these detectors show. */
function shownBy(detectors: MeasuredDetector[]): Map<string, number> {
  const shown = new Map<string, number>();
  for (const one of detectors.flatMap(({ campaigns }) => campaigns))
    shown.set(kindOf(one), Math.max(shown.get(kindOf(one)) ?? 0, one.caught + one.missed));
  return shown;
}

function openerOf(
  scenario: string,
  { sources, further }: Stack,
  detectors: MeasuredDetector[],
  known: number,
): Gap['opener'] {
  const found = further.flatMap((source) => {
    const read = readingOnly(detectors, [...sources, source]).filter((one) => one.sources.includes(source));
    const campaigns = read.flatMap((one) => one.campaigns.filter((campaign) => campaign.scenario === scenario));
    const present = new Map(campaigns.map((one) => [kindOf(one), one.caught + one.missed + one.blind]));
    const best = bestOf(read);
    const caught = sum([...present.keys()].map((kind) => best.get(kind) ?? 0));
    const all = sum([...present.values()]);
    return caught > known * all ? [{ source, caught, present: all }] : [];
  });
  const share = (one: { caught: number; present: number }): number => one.caught / one.present;
  return found.reduce<Gap['opener']>((most, next) => (most && share(most) >= share(next) ? most : next), null);
}

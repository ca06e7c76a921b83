import { compare } from '../baseline/equal';
import type { Baseline } from '../baseline/load';
import type { DetectorFacts } from '../replay/detector';
import { exposures } from '../replay/exposure';
import type { Judgement } from '../replay/judge';
import type { UnitResult } from '../replay/unit';
import { addedBy } from './added';
import type { UnitSpec } from './plan';
import type { Digests } from './digest';
import { honestIncidents, ordinaryIncidents } from './incidents';
import type { MeasuredDetector, MeasuredPack, MeasuredSet, MeasuredWorld, Results } from './results';
import { countsOf, packCountsOf, seenBy, seenByPack, untilAlert, type JudgedUnit } from './seen';
import { resultDigest } from './unit';
import { sum } from '../../foundation/statistics/sum';

/** A unit with what it found. */
export interface MeasuredResult {
  unit: UnitSpec;
  result: UnitResult;
}

/** Sums up the units of a measurement; `digests` are those of the worlds in which they ran, with each set of scenarios. */
export function summarizeUnits(
  finished: MeasuredResult[],
  digests: Record<keyof Digests, ReadonlyMap<string, string>>,
  development: boolean,
  baselines: Baseline[],
): Results {
  const of = (set: keyof Digests): MeasuredSet =>
    setOf(
      finished.filter(({ unit }) => (unit.scenarios ?? 'own') === set),
      digests[set],
      baselines,
    );
  const independent = of('independent');
  return { ...of('own'), development, independent: independent.units.length > 0 ? independent : null };
}

function setOf(finished: MeasuredResult[], digests: ReadonlyMap<string, string>, baselines: Baseline[]): MeasuredSet {
  // What a part of the detectors caught is no measure of all of them; those with a baseline are few.
  const whole = finished.filter(({ unit }) => unit.detectors !== 'long').map(({ result }) => result);
  return {
    digests: Object.fromEntries(finished.map(({ unit: { world } }) => [world, digests.get(world)!])),
    units: finished.map(({ unit, result }) => ({
      ...unit,
      events: result.events.expected,
      found: resultDigest(result),
    })),
    detectors: detectorsOf(finished.map(({ result }) => result)),
    pack: packOf(finished),
    comparisons: whole.length > 0 && baselines.length > 0 ? compare(whole, baselines) : null,
  };
}

function detectorsOf(units: UnitResult[]): MeasuredDetector[] {
  const judged = new Map<string, { facts: DetectorFacts; all: JudgedUnit[] }>();
  for (const unit of units)
    for (const { detector, judgement } of unit.detectors) {
      // Where a world does not record what it reads, it has neither days nor campaigns.
      if (detector.kind === 'baseline' || judgement.days === 0) continue;
      const known = judged.get(detector.id) ?? { facts: detector, all: [] };
      known.all.push({ unit, judgement });
      judged.set(detector.id, known);
    }
  const added = addedBy(units);
  return [...judged.values()].sort(byPlace).map(({ facts: { id, title, kind, path, level, sources }, all }) => ({
    id,
    title,
    kind,
    path,
    level,
    sources,
    worlds: worldsOf(all.map(({ judgement }) => judgement)),
    specials: specialsOf(all.map(({ judgement }) => judgement)),
    campaigns: countsOf(seenBy(all)),
    until: untilAlert(seenBy(all)),
    truePositives: sum(all.map(({ judgement }) => judgement.truePositives)),
    induced: sum(all.map(({ judgement }) => judgement.induced)),
    added: added.get(id) ?? { alone: 0, first: 0, secondsEarlier: null },
  }));
}

/** Rules before queries, by their files; those of one file in its order. */
function byPlace({ facts: one }: { facts: DetectorFacts }, { facts: other }: { facts: DetectorFacts }): number {
  const [a, b] = [one, other].map(({ kind, path }) => `${kind === 'rule' ? 0 : 1} ${path}`) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}

function worldsOf(judgements: Judgement[]): MeasuredWorld[] {
  return exposures(judgements).map((exposure) => {
    let nearness: number | null = null;
    let nearest: string | null = null;
    for (const one of judgements) {
      if (one.world !== exposure.world || one.nearness === null || one.nearness <= (nearness ?? -1)) continue;
      nearness = one.nearness;
      nearest = one.nearest;
    }
    return { ...exposure, nearness, nearest };
  });
}

function specialsOf(judgements: Judgement[]): MeasuredDetector['specials'] {
  const specials = new Map<string, MeasuredDetector['specials'][number]>();
  for (const { world, specials: found } of judgements) {
    for (const { scenario, perYear, occurrences, episodes } of found) {
      const known = specials.get(`${world} ${scenario}`) ?? { world, scenario, perYear, occurrences: 0, episodes: 0 };
      known.occurrences += occurrences;
      known.episodes += episodes;
      specials.set(`${world} ${scenario}`, known);
    }
  }
  return [...specials.values()];
}

function packOf(finished: MeasuredResult[]): MeasuredPack[] {
  const worlds = [...new Set(finished.map(({ unit }) => unit.world))];
  return worlds.map((world) => {
    const here = finished.filter(({ unit }) => unit.world === world);
    const whole = here.filter(({ unit }) => unit.detectors !== 'long').map(({ result }) => result);
    const detectors = detectorsOf(here.map(({ result }) => result));
    const seen = seenByPack(whole);
    return {
      world,
      days: sum(whole.map(({ days }) => days)),
      sends: Math.max(0, ...detectors.flatMap((detector) => detector.worlds.map(({ sends }) => sends))),
      episodes: episodesByLevel(detectors),
      campaigns: packCountsOf(seen),
      until: untilAlert(seen),
      incidents: ordinaryIncidents(whole),
      honest: honestIncidents(whole),
    };
  });
}

/** Detectors of one level that were watched for equally many days are one count. */
function episodesByLevel(detectors: MeasuredDetector[]): MeasuredPack['episodes'] {
  const counts = new Map<string, MeasuredPack['episodes'][number]>();
  for (const { level, worlds } of detectors)
    for (const { episodes, days } of worlds) {
      const known = counts.get(`${level} ${days}`) ?? { level, episodes: 0, days };
      known.episodes += episodes;
      counts.set(`${level} ${days}`, known);
    }
  return [...counts.values()];
}

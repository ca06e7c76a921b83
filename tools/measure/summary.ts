import { compare } from '../baseline/equal';
import type { Baseline } from '../baseline/load';
import { isLoud, type Campaign } from '../replay/campaigns';
import { exposures } from '../replay/exposure';
import type { CampaignOutcome, Judgement } from '../replay/judge';
import { packOutcomes } from '../replay/totals';
import { quantile } from '../statistics/quantile';
import type { UnitResult } from '../replay/unit';
import { addedBy } from './added';
import type { UnitSpec } from './plan';
import type {
  MeasuredCampaigns,
  MeasuredDetector,
  MeasuredPack,
  MeasuredWorld,
  Pace,
  PackCampaigns,
  Results,
  UntilAlert,
} from './results';
import { resultDigest } from './unit';

/** A unit with what it found. */
export interface MeasuredResult {
  unit: UnitSpec;
  result: UnitResult;
}

/** Sums up the units of a measurement; `digests` are those of the worlds in which they ran. */
export function summarizeUnits(
  finished: MeasuredResult[],
  digests: ReadonlyMap<string, string>,
  development: boolean,
  baselines: Baseline[],
): Results {
  // What a part of the detectors caught is no measure of all of them; those with a baseline are few.
  const whole = finished.filter(({ unit }) => unit.detectors !== 'long').map(({ result }) => result);
  return {
    digests: Object.fromEntries(finished.map(({ unit: { world } }) => [world, digests.get(world)!])),
    development,
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

interface Judged {
  unit: UnitResult;
  judgement: Judgement;
}

function detectorsOf(units: UnitResult[]): MeasuredDetector[] {
  const judged = new Map<string, { facts: UnitResult['detectors'][number]['detector']; all: Judged[] }>();
  for (const unit of units)
    for (const { detector, judgement } of unit.detectors) {
      if (detector.kind === 'baseline') continue;
      const known = judged.get(detector.id) ?? { facts: detector, all: [] };
      // Where a world does not record what it reads, it has neither days nor campaigns.
      if (judgement.days > 0) known.all.push({ unit, judgement });
      judged.set(detector.id, known);
    }
  const added = addedBy(units);
  return [...judged.values()].map(({ facts: { id, title, kind, path, level, sources }, all }) => ({
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

function worldsOf(judgements: Judgement[]): MeasuredWorld[] {
  return exposures(judgements).map((exposure) => {
    let [nearness, nearest]: [number | null, string | null] = [null, null];
    for (const one of judgements)
      if (one.world === exposure.world && one.nearness !== null && one.nearness > (nearness ?? -1))
        [nearness, nearest] = [one.nearness, one.nearest];
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

/** A campaign as one detector, or all together, saw it. */
interface Seen {
  world: string;
  scenario: string;
  pace: Pace;
  outcome: CampaignOutcome['outcome'];
  seconds: number | null;
  messages: number;
  usd: number;
  /** What all of it cost. */
  cost: number;
}

function seenBy(all: Judged[]): Seen[] {
  return all.flatMap(({ unit: { world, campaigns }, judgement }) =>
    judgement.campaigns.map(({ occurrence, scenario, outcome, seconds, messages, usd }) => {
      const campaign = campaigns.find((one) => one.occurrence === occurrence)!;
      return { world, scenario, pace: paceOf(campaign), outcome, seconds, messages, usd, cost: campaign.usd };
    }),
  );
}

function countsOf(seen: Seen[]): MeasuredCampaigns[] {
  return packCountsOf(seen).map(({ world, scenario, pace, caught, missed, blind }) => {
    return { world, scenario, pace, caught, missed, blind };
  });
}

function packCountsOf(seen: Seen[]): PackCampaigns[] {
  const found = new Map<string, PackCampaigns>();
  for (const { world, scenario, pace, outcome, usd, cost } of seen) {
    const key = `${world} ${scenario} ${pace}`;
    const known = found.get(key) ?? { world, scenario, pace, caught: 0, missed: 0, blind: 0, cost: 0, lost: 0 };
    known[outcome]++;
    known.cost += cost;
    known.lost += usd;
    found.set(key, known);
  }
  return [...found.values()].map((one) => ({ ...one, cost: cents(one.cost), lost: cents(one.lost) }));
}

function untilAlert(seen: Seen[]): Record<Pace, UntilAlert | null> {
  const of = (pace: Pace): UntilAlert | null => {
    const caught = seen.filter((one) => one.pace === pace && one.outcome === 'caught');
    if (caught.length === 0) return null;
    const at = (q: number, of: 'seconds' | 'messages' | 'usd') =>
      quantile(
        caught.map((one) => one[of]!),
        q,
      )!;
    return {
      seconds: { median: Math.round(at(0.5, 'seconds')), p95: Math.round(at(0.95, 'seconds')) },
      messages: at(0.5, 'messages'),
      usd: cents(at(0.5, 'usd')),
    };
  };
  return { loud: of('loud'), slow: of('slow') };
}

function packOf(finished: MeasuredResult[]): MeasuredPack[] {
  const worlds = [...new Set(finished.map(({ unit }) => unit.world))];
  return worlds.map((world) => {
    const here = finished.filter(({ unit }) => unit.world === world).map(({ result }) => result);
    const whole = finished
      .filter(({ unit }) => unit.world === world && unit.detectors !== 'long')
      .map(({ result }) => result);
    const detectors = detectorsOf(here);
    return {
      world,
      days: sum(whole.map(({ days }) => days)),
      sends: Math.max(0, ...detectors.flatMap((detector) => detector.worlds.map(({ sends }) => sends))),
      episodes: episodesByLevel(detectors),
      campaigns: packCountsOf(seenByPack(whole)),
      until: untilAlert(seenByPack(whole)),
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

function seenByPack(units: UnitResult[]): Seen[] {
  return units.flatMap(({ world, days, campaigns, detectors }) => {
    const judgements = detectors.flatMap(({ detector, judgement }) => (detector.kind === 'baseline' ? [] : judgement));
    return packOutcomes({ world, days, campaigns, judgements }).map((campaign) => {
      const { scenario, outcome, seconds, lost, usd: cost } = campaign;
      return { world, scenario, pace: paceOf(campaign), outcome, seconds, ...lost, cost };
    });
  });
}

function paceOf(campaign: Campaign): Pace {
  return isLoud(campaign) ? 'loud' : 'slow';
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
const cents = (usd: number): number => Math.round(usd * 100) / 100;

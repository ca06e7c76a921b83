import { isLoud } from '../replay/campaigns';
import { packOutcomes, type PackDetector } from '../replay/totals';
import type { UnitResult } from '../replay/unit';
import { quantile } from '../../foundation/statistics/quantile';
import type { Baseline } from './load';
import { benignRates, type BenignRates, type WorstRate } from './rate';

/** What of a unit is compared. */
export type ComparedUnit = Pick<UnitResult, 'world' | 'days' | 'campaigns'> & {
  detectors: {
    detector: PackDetector['detector'] & { id: string; kind: string };
    judgement: UnitResult['detectors'][number]['judgement'];
  }[];
};

/** Some detectors as one: what they cost an analyst, and what they were worth. */
export interface Side {
  benign: WorstRate;
  /** Campaigns of all worlds: caught by any of the detectors, and those that none of them could see. */
  campaigns: { present: number; caught: number; blind: number };
  loud: { present: number; caught: number };
  slow: { present: number; caught: number };
  /** Of what all campaigns cost, US dollars spent until the first alert; all of it where there was none. */
  usd: { lost: number; present: number };
  /** From the first message to the first alert, over the caught campaigns. */
  medianSeconds: number | null;
}

/** One baseline beside the pack, at equal false positives in both directions. */
export interface BaselineComparison {
  name: string;
  title: string;
  published: Side;
  /** The quietest rules and queries of the pack that together raise no more than the published baseline. */
  packAtItsRate: Side & { used: number; of: number };
  /** The baseline with the lowest threshold at which it raises no more than the whole pack; null where none of those tried does. */
  atPackRate: (Side & { factor: number }) | null;
  /** Scenarios all of whose campaigns it is blind to. */
  blind: string[];
}

export interface Comparisons {
  pack: Side;
  baselines: BaselineComparison[];
}

/**
 * Holds each baseline against the pack (rules and queries) on the same units. The pack's detectors are ordered by their benign
 * rate on `ordering`, the development seeds' units where there are some, so that the choice does not see what it is judged on.
 */
export function compare(
  units: ComparedUnit[],
  baselines: Pick<Baseline, 'name' | 'title' | 'detectors' | 'thresholds'>[],
  ordering: ComparedUnit[] = units,
): Comparisons {
  const rates = benignRates(units);
  const pack = quietestFirst(ordering.length > 0 ? benignRates(ordering) : rates, packIds(units));
  const whole = sideOf(units, pack, rates);
  return {
    pack: whole,
    baselines: baselines.map(({ name, title, detectors, thresholds }) => {
      const published = sideOf(units, detectors, rates);
      const used = quietPart(rates, pack, published.benign.perDay);
      const tried = [...thresholds].sort((a, b) => a.factor - b.factor);
      const equal = tried.find((one) => rates(one.detectors).perDay <= whole.benign.perDay);
      return {
        name,
        title,
        published,
        packAtItsRate: { ...sideOf(units, used, rates), used: used.length, of: pack.length },
        atPackRate: equal ? { ...sideOf(units, equal.detectors, rates), factor: equal.factor } : null,
        blind: blindTo(units, detectors),
      };
    }),
  };
}

function packIds(units: ComparedUnit[]): string[] {
  const all = units.flatMap(({ detectors }) => detectors.map(({ detector }) => detector));
  return [...new Set(all.filter(({ kind }) => kind !== 'baseline').map(({ id }) => id))];
}

function quietestFirst(ratesOf: BenignRates, ids: string[]): string[] {
  const rates = new Map(ids.map((id) => [id, ratesOf([id]).perDay]));
  return [...ids].sort((a, b) => rates.get(a)! - rates.get(b)! || (a < b ? -1 : 1));
}

/** The longest beginning of the list whose rate is no higher: every further detector can only add to it. */
function quietPart(rates: BenignRates, ids: string[], most: number): string[] {
  let count = 0;
  while (count < ids.length && rates(ids.slice(0, count + 1)).perDay <= most) count++;
  return ids.slice(0, count);
}

function sideOf(units: ComparedUnit[], ids: string[], rates: BenignRates): Side {
  const outcomes = outcomesOf(units, ids);
  const caught = outcomes.filter(({ outcome }) => outcome === 'caught');
  const ofPace = (loud: boolean) => ({
    present: outcomes.filter((one) => isLoud(one) === loud).length,
    caught: caught.filter((one) => isLoud(one) === loud).length,
  });
  return {
    benign: rates(ids),
    campaigns: {
      present: outcomes.length,
      caught: caught.length,
      blind: outcomes.filter(({ outcome }) => outcome === 'blind').length,
    },
    loud: ofPace(true),
    slow: ofPace(false),
    usd: {
      lost: outcomes.reduce((sum, { lost }) => sum + lost.usd, 0),
      present: outcomes.reduce((sum, { usd }) => sum + usd, 0),
    },
    medianSeconds: quantile(
      caught.map(({ seconds }) => seconds!),
      0.5,
    ),
  };
}

/** Every campaign, as these detectors together saw it. */
function outcomesOf(units: ComparedUnit[], ids: string[]): ReturnType<typeof packOutcomes> {
  return units.flatMap((unit) => {
    const detectors = unit.detectors.filter(({ detector }) => ids.includes(detector.id));
    return packOutcomes({ ...unit, detectors });
  });
}

function blindTo(units: ComparedUnit[], ids: string[]): string[] {
  const seen = new Map<string, boolean>();
  for (const { scenario, outcome } of outcomesOf(units, ids))
    seen.set(scenario, (seen.get(scenario) ?? false) || outcome !== 'blind');
  return [...seen].filter(([, isSeen]) => !isSeen).map(([scenario]) => scenario);
}

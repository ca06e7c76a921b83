import { isLoud, type Campaign } from '../replay/campaigns';
import type { CampaignOutcome, Judgement } from '../replay/judge';
import { packOutcomes } from '../replay/totals';
import type { UnitResult } from '../replay/unit';
import { quantile } from '../../foundation/statistics/quantile';
import type { MeasuredCampaigns, Pace, PackCampaigns, UntilAlert } from './results';

/** A unit with what one of its detectors did. */
export interface JudgedUnit {
  unit: UnitResult;
  judgement: Judgement;
}

/** A campaign as one detector, or all together, saw it. */
export interface Seen {
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

/** A campaign as all detectors together saw it. */
export interface SeenByPack extends Seen {
  /** US dollars that were gone before an incident was high; null where none was. */
  usdAtHigh: number | null;
  alerts: number;
  incidents: number;
  /** US dollars that were gone when an observer who knew all rates could first have known. */
  usdAtBound: number;
  /** Log sources whose detectors caught it. */
  sources: number;
}

export function seenBy(all: JudgedUnit[]): Seen[] {
  return all.flatMap(({ unit: { world, campaigns }, judgement }) =>
    judgement.campaigns.map(({ occurrence, scenario, outcome, seconds, messages, usd }) => {
      const campaign = campaigns.find((one) => one.occurrence === occurrence)!;
      return { world, scenario, pace: paceOf(campaign), outcome, seconds, messages, usd, cost: campaign.usd };
    }),
  );
}

export function countsOf(seen: Seen[]): MeasuredCampaigns[] {
  return grouped(seen).map(countOf);
}

export function packCountsOf(seen: SeenByPack[]): PackCampaigns[] {
  return grouped(seen).map((campaigns) => {
    const caught = campaigns.filter(({ outcome }) => outcome === 'caught');
    const before = (part: number): number => caught.filter(({ usd, cost }) => usd < part * cost).length;
    const dollars = (of: (one: SeenByPack) => number): number =>
      cents(campaigns.reduce((sum, one) => sum + of(one), 0));
    return {
      ...countOf(campaigns),
      atHigh: caught.filter(({ usdAtHigh }) => usdAtHigh !== null).length,
      beforeHalf: before(0.5),
      beforeNineTenths: before(0.9),
      byTwoSources: caught.filter(({ sources }) => sources > 1).length,
      alerts: caught.map(({ alerts }) => alerts),
      incidents: caught.map(({ incidents }) => incidents),
      cost: dollars(({ cost }) => cost),
      lost: dollars(({ usd }) => usd),
      lostBeforeHigh: dollars(({ usdAtHigh, cost }) => usdAtHigh ?? cost),
      lostAtBound: dollars(({ usdAtBound }) => usdAtBound),
    };
  });
}

/** The campaigns of one scenario, world and pace together. */
function grouped<One extends Seen>(seen: One[]): [One, ...One[]][] {
  const found = new Map<string, [One, ...One[]]>();
  for (const one of seen) {
    const key = `${one.world} ${one.scenario} ${one.pace}`;
    const known = found.get(key);
    if (known) known.push(one);
    else found.set(key, [one]);
  }
  return [...found.values()];
}

function countOf(seen: [Seen, ...Seen[]]): MeasuredCampaigns {
  const [{ world, scenario, pace }] = seen;
  const counts = { world, scenario, pace, caught: 0, missed: 0, blind: 0 };
  for (const { outcome } of seen) counts[outcome]++;
  return counts;
}

/** How soon campaigns of each pace raised an alert, of those that did; null where none did. */
export function untilAlert(seen: Seen[]): Record<Pace, UntilAlert | null> {
  const caught = seen.filter(({ outcome }) => outcome === 'caught');
  const [loud, slow] = [caught.filter(({ pace }) => pace === 'loud'), caught.filter(({ pace }) => pace === 'slow')];
  return { loud: untilAlertOf(loud), slow: untilAlertOf(slow) };
}

function untilAlertOf(caught: Seen[]): UntilAlert | null {
  if (caught.length === 0) return null;
  const of = (key: 'seconds' | 'messages' | 'usd') => caught.map((one) => one[key]!);
  return {
    seconds: { median: Math.round(quantile(of('seconds'), 0.5)!), p95: Math.round(quantile(of('seconds'), 0.95)!) },
    messages: quantile(of('messages'), 0.5)!,
    usd: cents(quantile(of('usd'), 0.5)!),
  };
}

export function seenByPack(units: UnitResult[]): SeenByPack[] {
  return units.flatMap(({ world, days, campaigns, detectors: all }) => {
    const detectors = all.filter(({ detector }) => detector.kind !== 'baseline');
    return packOutcomes({ world, days, campaigns, detectors }).map((campaign) => {
      const { scenario, outcome, seconds, lost, usd: cost, usdAtHigh, usdAtBound, ...more } = campaign;
      const { sources, alerts, incidents } = more;
      const pace = paceOf(campaign);
      return {
        world,
        scenario,
        pace,
        outcome,
        seconds,
        ...lost,
        cost,
        usdAtHigh,
        usdAtBound,
        sources,
        alerts,
        incidents,
      };
    });
  });
}

function paceOf(campaign: Campaign): Pace {
  return isLoud(campaign) ? 'loud' : 'slow';
}

const cents = (usd: number): number => Math.round(usd * 100) / 100;

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

export function seenBy(all: JudgedUnit[]): Seen[] {
  return all.flatMap(({ unit: { world, campaigns }, judgement }) =>
    judgement.campaigns.map(({ occurrence, scenario, outcome, seconds, messages, usd }) => {
      const campaign = campaigns.find((one) => one.occurrence === occurrence)!;
      return { world, scenario, pace: paceOf(campaign), outcome, seconds, messages, usd, cost: campaign.usd };
    }),
  );
}

export function countsOf(seen: Seen[]): MeasuredCampaigns[] {
  return packCountsOf(seen).map(({ world, scenario, pace, caught, missed, blind }) => {
    return { world, scenario, pace, caught, missed, blind };
  });
}

export function packCountsOf(seen: Seen[]): PackCampaigns[] {
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

export function seenByPack(units: UnitResult[]): Seen[] {
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

const cents = (usd: number): number => Math.round(usd * 100) / 100;

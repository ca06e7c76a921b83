import type { Campaign } from './campaigns';
import type { CampaignOutcome, Judgement } from './judge';
import type { DetectorFacts } from './detector';
import { incidentsOf, isSeen } from './incidents';
import type { ReplayReport } from './result';
import { sum } from '../../foundation/statistics/sum';

/** One unit as the content as a whole sees it: its campaigns, and every detector's judgement. */
export interface PackUnit {
  world: string;
  days: number;
  campaigns: Campaign[];
  detectors: PackDetector[];
}

export interface PackDetector {
  detector: Pick<DetectorFacts, 'level' | 'shows' | 'sources'>;
  judgement: Pick<Judgement, 'ordinary' | 'campaigns'>;
}

/** What a campaign was to the content as a whole. */
export interface PackOutcome extends Campaign {
  outcome: CampaignOutcome['outcome'];
  /** From its first message to the first alert of any detector; null where there was none. */
  seconds: number | null;
  /** Gone by then; all of it where nothing caught it. */
  lost: { messages: number; usd: number };
  /** Alerts that are true, and the incidents that they make. */
  alerts: number;
  incidents: number;
  /** US dollars that were gone when one of these became high; null where none did. */
  usdAtHigh: number | null;
  /** When that was (epoch ms); null where none did. */
  highAt: number | null;
  /** Log sources whose detectors caught it. */
  sources: number;
}

/** The campaigns of a unit, each caught when any detector of level medium or above caught it, and blind when every detector is blind to it. */
export function packOutcomes({ campaigns, detectors }: PackUnit): PackOutcome[] {
  return campaigns.map((campaign) => {
    const seen = detectors.flatMap(({ detector, judgement }) =>
      judgement.campaigns.flatMap((outcome) =>
        outcome.occurrence === campaign.occurrence ? [{ outcome, detector }] : [],
      ),
    );
    const raised = seen.filter(({ outcome }) => outcome.outcome === 'caught');
    const caught = raised.filter(({ detector }) => isSeen(detector.level));
    const first = firstOf(caught);
    const signs = raised.flatMap(({ outcome: { spans }, detector }) => spans.map((span) => ({ span, detector })));
    const incidents = incidentsOf(signs);
    const high = incidents.find((incident) => incident.high !== null)?.high?.span;
    const isBlind = seen.every(({ outcome }) => outcome.outcome === 'blind');
    return {
      ...campaign,
      outcome: first ? 'caught' : isBlind ? 'blind' : 'missed',
      seconds: first?.seconds ?? null,
      lost: first ? lossOf(first) : { messages: campaign.messages, usd: campaign.usd },
      alerts: sum(incidents.map(({ alerts }) => alerts)),
      incidents: incidents.length,
      usdAtHigh: high?.usd ?? null,
      highAt: high?.from ?? null,
      sources: new Set(caught.flatMap(({ detector }) => detector.sources)).size,
    };
  });
}

function firstOf(caught: { outcome: CampaignOutcome }[]): CampaignOutcome | undefined {
  let first: CampaignOutcome | undefined;
  for (const { outcome } of caught) if (!first || outcome.seconds! < first.seconds!) first = outcome;
  return first;
}

function lossOf({ messages, usd }: CampaignOutcome): { messages: number; usd: number } {
  return { messages, usd };
}

/**
 * The content as a whole: what the first alert of all could have stopped counts as saved. A campaign that every detector is
 * blind to stays in the denominator.
 */
export function totals(units: PackUnit[]): ReplayReport['totals'] {
  const result: ReplayReport['totals'] = {
    campaigns: { present: 0, caught: 0, atHigh: 0, blind: 0 },
    benignIncidentsPerDay: 0,
    usdLost: 0,
    usdLostBeforeHigh: 0,
    usdLostAtBound: 0,
    usdSaved: 0,
    missed: [],
  };
  for (const unit of units) {
    const benign = incidentsOf(
      unit.detectors.flatMap(({ detector, judgement }) => judgement.ordinary.spans.map((span) => ({ detector, span }))),
    );
    result.benignIncidentsPerDay = Math.max(result.benignIncidentsPerDay, benign.length / unit.days);
    for (const { scenario, outcome, usd, lost, usdAtHigh, usdAtBound } of packOutcomes(unit)) {
      result.campaigns.present++;
      if (outcome === 'caught') result.campaigns.caught++;
      else result.missed.push(`${unit.world}/${scenario}`);
      if (outcome === 'blind') result.campaigns.blind++;
      if (usdAtHigh !== null) result.campaigns.atHigh++;
      result.usdLost += lost.usd;
      result.usdLostBeforeHigh += usdAtHigh ?? usd;
      result.usdLostAtBound += usdAtBound;
      result.usdSaved += usd - lost.usd;
    }
  }
  return result;
}

import { sum } from '../../foundation/statistics/sum';
import { holdBudget, type BudgetFinding } from '../replay/budget';
import type { Campaign } from '../replay/campaigns';
import type { DetectorFacts } from '../replay/detector';
import { exposures } from '../replay/exposure';
import { incidentsOf } from '../replay/incidents';
import type { Judgement } from '../replay/judge';
import { summarize } from '../replay/summarize';
import type { TunePoint, WorldRate } from './result';

/** One run of a world with one value. */
export interface TunedUnit {
  judgement: Judgement;
  /** All campaigns of the run. */
  campaigns: Campaign[];
}

/**
 * What the runs with one value come to, one a world and seed. A budget is held against all of their worlds, also where it is of
 * another: they stand for the site.
 */
export function pointOf(value: number, detector: DetectorFacts, units: TunedUnit[]): TunePoint {
  const judgements = units.map(({ judgement }) => judgement);
  const { benign, specials, outcomes } = summarize(detector, judgements);
  const { budget } = detector;
  const visible = outcomes.filter(({ outcome }) => outcome !== 'blind');
  const worst = budget ? worstOf(holdBudget({ ...budget, world: 'worst' }, exposures(judgements))) : null;
  return {
    value,
    campaigns: { present: visible.length, caught: visible.filter(({ outcome }) => outcome === 'caught').length },
    usdLost: sum(visible.map(({ usd }) => usd)),
    usd: sum(units.map(usdInAll)),
    incidentsPerDay: benign.days === 0 ? 0 : incidentsIn(detector, judgements) / benign.days,
    alerts: benign.alerts,
    episodes: benign.episodes,
    days: benign.days,
    perDay: benign.perDay,
    interval: benign.interval,
    specials: sum(specials.map(({ episodes }) => episodes)),
    worst,
    isWithin: budget && worst ? worst.rate <= budget.max : null,
  };
}

/** What the campaigns cost that the detector could see. */
function usdInAll({ judgement, campaigns }: TunedUnit): number {
  const visible = judgement.campaigns.filter(({ outcome }) => outcome !== 'blind');
  const seen = new Set(visible.map(({ occurrence }) => occurrence));
  return sum(campaigns.map(({ occurrence, usd }) => (seen.has(occurrence) ? usd : 0)));
}

function incidentsIn(detector: DetectorFacts, judgements: Judgement[]): number {
  const counts = judgements.map(
    ({ ordinary }) => incidentsOf(ordinary.spans.map((span) => ({ detector, span }))).length,
  );
  return sum(counts);
}

function worstOf(findings: BudgetFinding[]): WorldRate | null {
  let worst: WorldRate | null = null;
  for (const { world, episodes, exposure, high } of findings) {
    const rate = episodes / exposure;
    if (!worst || rate > worst.rate || (rate === worst.rate && high > worst.high)) worst = { world, rate, high };
  }
  return worst;
}

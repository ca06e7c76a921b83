import { interval95, upper95 } from '../../foundation/statistics/poisson';
import { quantile } from '../../foundation/statistics/quantile';
import type { DetectorFacts } from './detector';
import { exposures, type WorldExposure } from './exposure';
import type { Judgement } from './judge';
import type { DetectorResult } from './result';
import { decide, type VerdictOptions } from './verdict';
import { sum } from '../../foundation/statistics/sum';

/** Puts a detector's judgements, one a world and seed, into its line of the report. */
export function summarize(
  detector: DetectorFacts,
  judgements: Judgement[],
  options: VerdictOptions = {},
): DetectorResult {
  const outcomes = judgements.flatMap((judgement) => judgement.campaigns);
  const caught = outcomes.filter((outcome) => outcome.outcome === 'caught');
  const at = (q: number, of: 'seconds' | 'messages' | 'usd') =>
    quantile(
      caught.map((outcome) => outcome[of] ?? 0),
      q,
    );
  const specials = judgements.flatMap((judgement) => judgement.specials);
  const episodes = sum(judgements.map((judgement) => judgement.ordinary.episodes));
  const days = sum(judgements.map((judgement) => judgement.days));
  const falsePositives = episodes + sum(specials.map((special) => special.episodes));
  const truePositives = sum(judgements.map((judgement) => judgement.truePositives));
  const nearness = judgements.map((judgement) => judgement.nearness).filter((near) => near !== null);
  const [low, high] = interval95(episodes);
  const worlds = exposures(judgements);
  const result: DetectorResult = {
    id: detector.id,
    name: detector.title,
    kind: detector.kind,
    path: detector.path,
    level: detector.level,
    status: detector.status,
    shows: detector.shows,
    sources: detector.sources,
    campaigns: {
      present: outcomes.length,
      caught: caught.length,
      blind: outcomes.filter((outcome) => outcome.outcome === 'blind').length,
    },
    benign: {
      episodes,
      alerts: sum(judgements.map((judgement) => judgement.ordinary.alerts)),
      days,
      sends: sum(judgements.map((judgement) => judgement.sends)),
      perDay: days ? episodes / days : 0,
      interval: days ? [low / days, high / days] : [0, 0],
      worst: worstWorld(worlds),
    },
    specials,
    outcomes,
    precision: truePositives + falsePositives > 0 ? truePositives / (truePositives + falsePositives) : null,
    induced: sum(judgements.map((judgement) => judgement.induced)),
    excluded: sum(judgements.map((judgement) => judgement.excluded)),
    nearness: nearness.length > 0 ? Math.max(...nearness) : null,
    timeToDetectSeconds: { median: at(0.5, 'seconds'), p95: at(0.95, 'seconds') },
    lossBeforeAlert: { messages: at(0.5, 'messages'), usd: at(0.5, 'usd') },
    budget: detector.budget ?? null,
    verdict: 'pass',
    reasons: [],
  };
  return { ...result, ...decide(detector, result, judgements, worlds, options) };
}

function worstWorld(worlds: WorldExposure[]): DetectorResult['benign']['worst'] {
  let worst: DetectorResult['benign']['worst'] = null;
  for (const { world, episodes, days } of worlds)
    if (!worst || episodes / days > worst.perDay)
      worst = { world, episodes, days, perDay: episodes / days, upper95: upper95(episodes) / days };
  return worst;
}

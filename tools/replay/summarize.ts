import { interval95, lower95, upper95 } from '../measure/poisson';
import type { Detector } from './detector';
import type { CampaignOutcome, Judgement } from './judge';
import type { DetectorResult, Verdict } from './result';

/** Benign activity must come at least this near to a threshold, or the rule's silence shows nothing. */
export const NEAR = 0.2;

/**
 * Puts a detector's judgements, one a world and seed, into its line of the report. `partial` says that worlds or scenarios were
 * left out on purpose, so that a promise which nothing put to the test is not held against the detector.
 */
export function summarize(detector: Detector, judgements: Judgement[], partial = false): DetectorResult {
  const outcomes = judgements.flatMap((judgement) => judgement.campaigns);
  const caught = outcomes.filter((outcome) => outcome.outcome === 'caught');
  const specials = judgements.flatMap((judgement) => judgement.specials);
  const episodes = sum(judgements.map((judgement) => judgement.ordinary.length));
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
    sources: detector.sources,
    campaigns: {
      present: outcomes.length,
      caught: caught.length,
      blind: outcomes.filter((outcome) => outcome.outcome === 'blind').length,
    },
    benign: {
      episodes,
      alerts:
        detector.alertsOn === 'event'
          ? sum(judgements.flatMap(({ ordinary }) => ordinary.map((alert) => alert.events.length)))
          : episodes,
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
    timeToDetectSeconds: { median: quantile(caught, 0.5, 'seconds'), p95: quantile(caught, 0.95, 'seconds') },
    lossBeforeAlert: { messages: quantile(caught, 0.5, 'messages'), usd: quantile(caught, 0.5, 'usd') },
    budget: detector.budget ?? null,
    verdict: 'pass',
    reasons: [],
  };
  Object.assign(result, verdict(detector, result, judgements, worlds, partial));
  return result;
}

interface WorldExposure {
  world: string;
  episodes: number;
  days: number;
  sends: number;
}

/** The ordinary episodes and what they are held against, by world: seeds of one world add up. */
function exposures(judgements: Judgement[]): WorldExposure[] {
  const worlds = new Map<string, WorldExposure>();
  for (const { world, ordinary, days, sends } of judgements) {
    const known = worlds.get(world) ?? { world, episodes: 0, days: 0, sends: 0 };
    worlds.set(world, {
      world,
      episodes: known.episodes + ordinary.length,
      days: known.days + days,
      sends: known.sends + sends,
    });
  }
  return [...worlds.values()].filter((exposure) => exposure.days > 0);
}

function worstWorld(worlds: WorldExposure[]): DetectorResult['benign']['worst'] {
  let worst: DetectorResult['benign']['worst'] = null;
  for (const { world, episodes, days } of worlds)
    if (!worst || episodes / days > worst.perDay)
      worst = { world, episodes, days, perDay: episodes / days, upper95: upper95(episodes) / days };
  return worst;
}

/**
 * A rule fails when it is clearly over its budget (the one-sided 95 % lower bound of its rate in some world is above it), misses a
 * visible scenario that it promises, or met nothing benign that came near its threshold. It passes when the upper bound is inside.
 */
function verdict(
  detector: Detector,
  result: DetectorResult,
  judgements: Judgement[],
  worlds: WorldExposure[],
  partial: boolean,
): { verdict: Verdict; reasons: string[] } {
  const failures = [...missedPromises(detector, result.outcomes, partial)];
  if (judgements.every(({ benignEvents }) => benignEvents === 0))
    failures.push('its sources hold no benign event, so its silence shows nothing');
  let unproven: string | undefined;
  const { per, max } = detector.budget ?? { per: 'day', max: Infinity };
  const unit = per === 'day' ? 'a day' : 'per 100,000 sends';
  for (const { world, episodes, days, sends } of worlds) {
    const exposure = per === 'day' ? days : sends / 100_000;
    if (exposure === 0) continue;
    const [low, high] = [lower95(episodes) / exposure, upper95(episodes) / exposure];
    if (low > max)
      failures.push(
        `over its budget in ${world}: ${episodes} benign episodes, at least ${low.toPrecision(2)} ${unit} where ${max} are allowed`,
      );
    else if (high > max)
      unproven ??= `not proven here: this replay shows at most ${high.toPrecision(2)} ${unit} in ${world}, the budget is ${max}`;
  }
  if (result.nearness !== null && result.nearness < NEAR)
    failures.push(
      `nothing benign came near its threshold: the nearest reached ${Math.round(result.nearness * 100)} % of it, so its silence shows nothing`,
    );
  if (failures.length > 0) return { verdict: 'fail', reasons: failures };
  return unproven ? { verdict: 'not-proven', reasons: [unproven] } : { verdict: 'pass', reasons: [] };
}

function* missedPromises(detector: Detector, outcomes: CampaignOutcome[], partial: boolean): Generator<string> {
  for (const scenario of detector.catches) {
    const present = outcomes.filter((outcome) => outcome.scenario === scenario && outcome.outcome !== 'blind');
    const missed = present.filter((outcome) => outcome.outcome === 'missed');
    if (missed.length > 0)
      yield `promises to catch ${scenario} and missed it in ${[...new Set(missed.map((outcome) => outcome.world))].join(', ')}`;
    else if (present.length === 0 && !partial)
      yield `promises to catch ${scenario}, which none of its sources saw in this replay`;
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The q-quantile (nearest rank) of one quantity of the caught campaigns; null where there are none. */
function quantile(caught: CampaignOutcome[], q: number, of: 'seconds' | 'messages' | 'usd'): number | null {
  const sorted = caught.map((outcome) => outcome[of] ?? 0).sort((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
}

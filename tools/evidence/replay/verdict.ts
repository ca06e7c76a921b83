import { holdBudget, mostText, overText, worstOf, type BudgetFinding } from './budget';
import type { DetectorFacts } from './detector';
import type { WorldExposure } from './exposure';
import type { CampaignOutcome, Judgement } from './judge';
import type { DetectorResult, Verdict } from './result';

/** Benign activity must come at least this near to a threshold, or the rule's silence shows nothing. */
export const NEAR = 0.2;

/** What a measurement of the content as it is showed of each detector, by its id. */
export type Proofs = ReadonlyMap<string, Proof>;
type Proof = (WorldExposure & { nearness?: number | null })[];

export interface VerdictOptions {
  /** Worlds or scenarios were left out on purpose: a promise which nothing put to the test is not held against the detector. */
  partial?: boolean | undefined;
  /** Worlds were: a detector for which none of the others is made is not held against anything. */
  someWorlds?: boolean | undefined;
  /** Only some scenarios are replayed, or none: a detector to which none of them shows is not tested by the others' absence. */
  someScenarios?: boolean | undefined;
  /** Scenarios were asked for by name: how near benign activity comes is not judged without the others. */
  onlyScenarios?: boolean | undefined;
  proofs?: Proofs | undefined;
}

type Decision = Pick<DetectorResult, 'verdict' | 'reasons'>;

/**
 * A rule fails when it is clearly over its budget (the one-sided 95 % lower bound of its rate in some world is above it), misses a
 * visible scenario that it promises, or met nothing benign that came near its threshold, neither here nor in the measurement. It
 * passes when the upper bound is inside, here or in the measurement. Without a budget it has nothing to pass, and its silence is told
 * and no failure, unless it is a baseline.
 */
export function decide(
  detector: DetectorFacts,
  { outcomes, specials, nearness }: Pick<DetectorResult, 'outcomes' | 'specials' | 'nearness'>,
  judgements: Judgement[],
  worlds: WorldExposure[],
  { partial = false, someWorlds = false, someScenarios = false, onlyScenarios = false, proofs }: VerdictOptions,
): Decision {
  if (someWorlds && judgements.every(({ days }) => days === 0))
    return { verdict: 'not-tested', reasons: ['not tested here: no world of this replay runs all of its sources'] };
  const runsIn = new Set(judgements.flatMap(({ world, days }) => (days > 0 ? world : [])));
  const isSeen = outcomes.some(({ outcome }) => outcome !== 'blind') || specials.some(({ world }) => runsIn.has(world));
  if (someScenarios && runsIn.size > 0 && !isSeen)
    return { verdict: 'not-tested', reasons: ['not tested here: no scenario of this replay shows in its sources'] };
  const failures = [...missedPromises(detector, outcomes, partial)];
  const proof = proofs?.get(detector.id);
  const rate = rateVerdict(detector, worlds, proof);
  const silence = silenceIn(judgements, nearness, proof);
  // Ordinary traffic stays whichever scenarios run: that there is nothing of it is judged.
  const isNarrowed = onlyScenarios && judgements.some(({ benignEvents }) => benignEvents > 0);
  const notes = silence.length > 0 && isNarrowed ? [NEARNESS_NOT_JUDGED] : silence;
  const isTold = isNarrowed || rate.verdict === 'no-budget';
  if (!isTold) failures.push(...silence);
  if (rate.verdict === 'fail') failures.push(...rate.reasons);
  const reasons = failures.length > 0 ? failures : rate.reasons;
  return { verdict: failures.length > 0 ? 'fail' : rate.verdict, reasons: [...reasons, ...(isTold ? notes : [])] };
}

const NEARNESS_NOT_JUDGED = 'how near benign activity comes is not judged: only these scenarios ran';

/** Why the silence of a detector shows nothing. */
function silenceIn(judgements: Judgement[], nearness: number | null, proof: Proof | undefined): string[] {
  if (judgements.every(({ benignEvents }) => benignEvents === 0))
    return ['its sources hold no benign event, so its silence shows nothing'];
  const measured = (proof ?? []).map((world) => world.nearness ?? 0);
  if (nearness === null || Math.max(nearness, ...measured) >= NEAR) return [];
  const percent = Math.round(nearness * 100);
  return [
    `nothing benign came near its threshold: the nearest reached ${percent} % of it, so its silence shows nothing`,
  ];
}

/** What this replay's rate says; where it says too little, what the measurement's does. */
function rateVerdict({ budget, kind }: DetectorFacts, worlds: WorldExposure[], proof?: WorldExposure[]): Decision {
  const told = (verdict: Verdict, ...reasons: string[]): Decision => ({ verdict, reasons });
  if (!budget) return kind === 'baseline' ? told('pass') : told('no-budget', 'no budget: nothing to pass');
  const over = (findings: BudgetFinding[]) => findings.filter(({ state }) => state === 'over');
  const here = holdBudget(budget, worlds);
  if (over(here).length > 0)
    return told('fail', ...over(here).map((one) => `over its budget in ${one.world}: ${overText(one, budget)}`));
  const measured = proof ? holdBudget(budget, proof) : [];
  if (over(measured).length > 0)
    return told(
      'fail',
      ...over(measured).map((one) => `over its budget in ${one.world}, as measured: ${overText(one, budget)}`),
    );
  const worst = worstOf(measured);
  if (worst?.state === 'inside') return told('pass', `proved by the measurement: ${mostText(worst, budget)}`);
  const open = here.find(({ state }) => state === 'open');
  if (!open) return told('pass');
  const also = worst ? `, and the measurement ${mostText(worst, budget)}` : '';
  return told(
    'not-proven',
    `not proven here: this replay shows ${mostText(open, budget)}${also}, the budget is ${budget.max}`,
  );
}

function* missedPromises(detector: DetectorFacts, outcomes: CampaignOutcome[], partial: boolean): Generator<string> {
  for (const scenario of detector.catches) {
    const present = outcomes.filter((outcome) => outcome.scenario === scenario && outcome.outcome !== 'blind');
    const missed = present.filter((outcome) => outcome.outcome === 'missed');
    const worlds = [...new Set(missed.map((outcome) => outcome.world))];
    if (missed.length > 0)
      yield `promises to catch ${scenario} and missed it in ${worlds.join(', ')}; by how much: tollgate explain ${detector.path} --world ${worlds[0]!} --scenario ${scenario}`;
    else if (present.length === 0 && !partial)
      yield `promises to catch ${scenario}, which none of its sources saw in this replay`;
  }
}

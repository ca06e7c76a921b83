import type { Window } from '@tollgate/sigma/correlate/types';
import type { DetectorFacts } from './detector';
import type { Judgement } from './judge';
import type { DetectorResult, WindowChange } from './result';
import { summarize } from './summarize';
import type { VerdictOptions } from './verdict';

/** One way to run a detector, and what it was judged in each world. */
export interface Way {
  detector: DetectorFacts;
  /** Absent where it ran as it means. */
  window?: Window;
  judgements: Judgement[];
}

/**
 * The line of a detector that ran as it means and in other windows, `ways[0]` being its meaning: the phase that does worst, with
 * the change against the meaning. A detector that ran in one way only has that line. Worst is the phase with the fewest campaigns
 * caught, then the one whose median time to the first alert is the longest.
 */
export function settle(
  ways: [Way, ...Way[]],
  options?: VerdictOptions,
): { judgements: Judgement[]; result: DetectorResult } {
  const [meant, ...others] = ways.map(({ detector, window, judgements }) => {
    return { window, judgements, result: summarize(detector, judgements, options) };
  });
  if (others.length === 0) return meant!;
  const { window, judgements, result } = others.reduce((a, b) => (isWorse(b.result, a.result) ? b : a));
  return { judgements, result: { ...result, window, change: changeOf(result, meant!.result) } };
}

function isWorse(a: DetectorResult, b: DetectorResult): boolean {
  if (a.campaigns.caught !== b.campaigns.caught) return a.campaigns.caught < b.campaigns.caught;
  return (a.timeToDetectSeconds.median ?? 0) > (b.timeToDetectSeconds.median ?? 0);
}

function changeOf(now: DetectorResult, meant: DetectorResult): WindowChange {
  const [after, before] = [now.timeToDetectSeconds.median, meant.timeToDetectSeconds.median];
  return {
    caught: now.campaigns.caught - meant.campaigns.caught,
    benignEpisodes: now.benign.episodes - meant.benign.episodes,
    specialEpisodes: specialEpisodes(now) - specialEpisodes(meant),
    medianSeconds: after === null || before === null ? null : Math.round((after - before) * 1000) / 1000,
  };
}

function specialEpisodes({ specials }: DetectorResult): number {
  return specials.reduce((sum, { episodes }) => sum + episodes, 0);
}

import { RankedNumbers } from '@tollgate/sigma/correlate/ranked';

/**
 * A percentile of the seconds from each of some events to the next, given their times (epoch ms) in any order; null of fewer than two.
 * Events of one time are 0 s apart.
 */
export function gapPercentile(times: number[], percent: number): number | null {
  const ordered = Float64Array.from(times).sort();
  const gaps = new RankedNumbers();
  for (let i = 1; i < ordered.length; i++) gaps.add(ordered[i]! - ordered[i - 1]!, 1);
  const gap = gaps.percentile(percent);
  return gap === null ? null : Number(gap) / 1000;
}

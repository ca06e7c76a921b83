import { logGamma } from './incomplete-beta';
import { normalUpper } from './normal';

/**
 * Exact confidence limits for the mean of a Poisson count (Garwood 1936): the limits are the means at which the observed
 * count, or a more extreme one, has just the tail probability that the level leaves.
 */

/** P(X ≤ k) for a Poisson variable with the given mean, summed from the largest term down so that nothing under- or overflows. */
export function poissonCdf(k: number, mean: number): number {
  if (k < 0) return 0;
  if (mean === 0) return 1;
  const mode = Math.min(k, Math.floor(mean));
  const top = Math.exp(mode * Math.log(mean) - mean - logGamma(mode + 1));
  let sum = top;
  for (let i = mode, term = top; i > 0 && term > sum * 1e-17; i--) sum += term *= i / mean;
  for (let i = mode + 1, term = top; i <= k; i++) {
    sum += term *= mean / i;
    if (i > mean && term < sum * 1e-17) break;
  }
  return Math.min(1, sum);
}

/** Within so much of an estimate, in parts of itself, the answer is sought: rounding moves it far less, even for counts of ten millions. */
const NEAR = 1e-10;

/** The end of the means that hold, which are the smaller ones. `near`: about where it is, which saves asking far from it. */
function solve(holds: (mean: number) => boolean, from: number, near?: number): number {
  let [below, above] = [0, Infinity];
  const isBelow = (mean: number): boolean => {
    if (mean <= below || mean >= above) return mean <= below;
    const isHeld = holds(mean);
    if (isHeld) below = mean;
    else above = mean;
    return isHeld;
  };
  if (near !== undefined) for (const mean of [near * (1 - NEAR), near * (1 + NEAR)]) isBelow(mean);
  let high = Math.max(1, from);
  while (isBelow(high)) high *= 2;
  let low = 0;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Largest mean under which `count` or fewer still has probability `tail`. */
function upperLimit(count: number, tail: number): number {
  return solve((mean) => poissonCdf(count, mean) > tail, count, nearUpper(count, tail));
}

/** About the upper limit: Wilson and Hilferty's approximation of the chi-squared quantile (1931), made better by Newton's method. */
function nearUpper(count: number, tail: number): number {
  const place = count + 1;
  let mean = place * (1 - 1 / (9 * place) + normalUpper(tail) / (3 * Math.sqrt(place))) ** 3;
  for (let i = 0; i < 2; i++) {
    const cdf = poissonCdf(count, mean);
    // The derivative of the probability by the mean is less that of `count` itself.
    const slope = Math.exp(count * Math.log(mean) - mean - logGamma(place)) / cdf;
    mean += Math.log(cdf / tail) / slope;
  }
  return mean;
}

/** Smallest mean under which `count` or more has probability `tail`. */
function lowerLimit(count: number, tail: number): number {
  return count === 0 ? 0 : solve((mean) => 1 - poissonCdf(count - 1, mean) < tail, count);
}

/** Two-sided exact 95 % interval for the mean, given one observed count (a whole number ≥ 0). */
export function interval95(count: number): [number, number] {
  return [lowerLimit(count, 0.025), upperLimit(count, 0.025)];
}

/** One-sided exact 95 % upper bound: 2.996 where nothing was seen (the "rule of three"). */
export function upper95(count: number): number {
  return upperLimit(count, 0.05);
}

/** One-sided exact 95 % lower bound. */
export function lower95(count: number): number {
  return lowerLimit(count, 0.05);
}

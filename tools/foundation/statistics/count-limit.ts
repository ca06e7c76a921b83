import { incompleteBeta, logGamma } from './incomplete-beta';
import { poissonCdf } from './poisson';

/**
 * The smallest count that is reached with at most this chance where the usual one is `mean`: P(X ≥ limit) ≤ chance. X is Poisson where its
 * mean is the same each time (`spread` 0); else that mean varies, as a gamma distribution with `spread` for its standard deviation in parts of
 * itself (0.2: by a fifth), which makes X negative binomial. Null where an argument is none: a mean or spread below 0, a chance that
 * is not between 0 and 1.
 */
export function countLimit(mean: number, spread: number, chance: number): number | null {
  if (!(mean >= 0 && spread >= 0 && chance > 0 && chance < 1)) return null;
  const log = Math.log(chance);
  // How much rarer than allowed it is, on the scale on which the tail is nearly a line; zero or more is certain.
  const excess = (count: number): number => log - Math.log(chanceOf(count, mean, spread));
  let [low, lacks] = [0, log];
  let high = Math.ceil(mean) + 1;
  let over = excess(high);
  while (!(over >= 0)) {
    [low, lacks] = [high, over];
    high *= 2;
    if (high > Number.MAX_SAFE_INTEGER) return null;
    over = excess(high);
  }
  for (let tried = 1; high - low > 1; tried++) {
    // Every third time by halves, which ends where the line leads nowhere.
    const share = lacks / (lacks - over);
    const part = tried % 3 > 0 && share > 0 && share < 1 ? share : 0.5;
    const between = Math.min(high - 1, Math.max(low + 1, Math.floor(low + part * (high - low))));
    const there = excess(between);
    if (there >= 0) [high, over] = [between, there];
    else [low, lacks] = [between, there];
  }
  return high;
}

/** P(X ≥ count), of a whole number from 1 on. */
export function chanceOf(count: number, mean: number, spread: number): number {
  if (mean === 0) return 0;
  if (spread === 0) return poissonTail(count, mean);
  const shape = 1 / spread ** 2;
  return incompleteBeta(mean / (shape + mean), count, shape);
}

/** P(X ≥ count) of a Poisson variable: where that is small its terms are added, since 1 less nearly 1 has few digits. */
function poissonTail(count: number, mean: number): number {
  if (count <= mean) return 1 - poissonCdf(count - 1, mean);
  let sum = 0;
  let term = Math.exp(count * Math.log(mean) - mean - logGamma(count + 1));
  for (let k = count; term > sum * 1e-17; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

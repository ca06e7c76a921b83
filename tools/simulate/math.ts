/**
 * `Math.exp` and `Math.log` may round differently on other machines, and then a simulated time would differ by a
 * millisecond. These use only operations that IEEE 754 defines exactly (+ − × ÷, square root and scaling by two).
 */

const LN2 = 0.6931471805599453;

/** Natural logarithm of a positive number; relative error below 1e-14. */
export function log(x: number): number {
  let exponent = 0;
  let m = x;
  while (m >= 1.4142135623730951) {
    m /= 2;
    exponent++;
  }
  while (m < 0.7071067811865476) {
    m *= 2;
    exponent--;
  }
  // ln m = 2 artanh((m − 1) / (m + 1)): with |z| ≤ 0.172 the series needs ten terms.
  const z = (m - 1) / (m + 1);
  const zz = z * z;
  let power = z;
  let sum = 0;
  for (let k = 1; k <= 21; k += 2) {
    sum += power / k;
    power *= zz;
  }
  return 2 * sum + exponent * LN2;
}

/** e to the power of x, for |x| ≤ 700; relative error below 1e-14. */
export function exp(x: number): number {
  const twos = Math.round(x / LN2);
  const rest = x - twos * LN2;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 16; k++) {
    term = (term * rest) / k;
    sum += term;
  }
  for (let i = 0; i < twos; i++) sum *= 2;
  for (let i = 0; i > twos; i--) sum /= 2;
  return sum;
}

/** Exponentially distributed with the given mean; `u` is uniform in [0, 1). */
export function exponential(u: number, mean: number): number {
  return -mean * log(1 - u);
}

/** Log-normal with the given median; `spread` is σ of the logarithm. `u` and `v` are uniform in [0, 1). */
export function logNormal(u: number, v: number, median: number, spread: number): number {
  return median * exp(spread * normal(u, v));
}

/** Marsaglia's polar method needs a loop over draws; the logistic distribution, scaled to unit variance, needs one draw and no trigonometry. */
function normal(u: number, v: number): number {
  const p = Math.min(0.9999, Math.max(0.0001, u));
  const q = Math.min(0.9999, Math.max(0.0001, v));
  const scale = 0.5513288954217921 * 0.7071067811865476;
  return scale * (log(p / (1 - p)) + log(q / (1 - q)));
}

/** Beyond this `exp(-mean)` comes near the smallest double; a larger expectation is drawn in parts. */
const LARGEST_MEAN = 500;

/** How many arrivals a Poisson process has whose expectation is `mean`; `uniform(i)` gives the i-th draw. */
export function poisson(mean: number, uniform: (i: number) => number): number {
  let count = 0;
  let draws = 0;
  for (let rest = mean; rest > 0; rest -= LARGEST_MEAN) {
    const limit = exp(-Math.min(rest, LARGEST_MEAN));
    for (let product = uniform(draws++); product > limit; product *= uniform(draws++)) count++;
  }
  return count;
}

/** Cumulative shares of weights, the last being exactly 1. */
export function cumulate(weights: number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const shares = weights.map((weight) => (sum += weight) / total);
  shares[shares.length - 1] = 1;
  return shares;
}

/** Weights 1, 1/2, 1/3 … to the power of `exponent`: Zipf's law, by which few blocks hold most subscribers; 0 makes all equal. */
export function zipf(count: number, exponent = 1): number[] {
  return Array.from({ length: count }, (_, rank) => (exponent === 1 ? 1 / (rank + 1) : exp(-exponent * log(rank + 1))));
}

/** The index that a uniform draw falls on. */
export function pick(shares: number[], u: number): number {
  let low = 0;
  let high = shares.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (u < shares[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

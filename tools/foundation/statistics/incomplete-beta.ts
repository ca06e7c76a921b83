/**
 * The regularized incomplete beta function I_x(a, b) for positive a and b and x from 0 to 1: the part of a beta distribution below x. Computed by
 * its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22), evaluated by Lentz's method, on the side on which that converges fast.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x < (a + 1) / (a + b + 2) ? belowMean(x, a, b) : 1 - belowMean(1 - x, b, a);
}

function belowMean(x: number, a: number, b: number): number {
  const scale = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  return scale === 0 ? 0 : scale / fraction(x, a, b);
}

/** Terms after which no double changes any more; a few hundred are enough for counts of millions. */
const MOST_TERMS = 100_000;
const TINY = 1e-300;

/** 1 + d₁/(1 + d₂/(1 + …)). */
function fraction(x: number, a: number, b: number): number {
  let [value, ratio, inverse] = [1, 1, 0];
  for (let n = 1; n < MOST_TERMS; n++) {
    const m = Math.floor(n / 2);
    const d =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    inverse = 1 / (1 + d * inverse || TINY);
    ratio = 1 + d / ratio || TINY;
    value *= ratio * inverse;
    if (Math.abs(ratio * inverse - 1) < 1e-15) break;
  }
  return value;
}

/** Coefficients of Stirling's series: B₂ₖ / (2k (2k − 1)) (ibid., 5.11.1). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360];
/** From here on these terms are exact to the last digit. */
const LARGE = 12;

/** The logarithm of the gamma function of a positive number. */
export function logGamma(x: number): number {
  let [at, shift] = [x, 0];
  for (; at < LARGE; at++) shift += Math.log(at);
  const series = STIRLING.reduce((sum, coefficient, k) => sum + coefficient / at ** (2 * k + 1), 0);
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift;
}

/**
 * About what a standard normal variable exceeds with a probability below a half; within 4.5e-4 (Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.2.23).
 */
export function normalUpper(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

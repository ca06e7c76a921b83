/** The q-quantile by nearest rank: the smallest of the values that at least a part of `q` (0 to 1) does not exceed; null where there are none. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}

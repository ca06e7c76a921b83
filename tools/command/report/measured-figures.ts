/** Two significant digits where it is small. */
export function rate(value: number): string {
  if (value === 0) return '0';
  return value >= 1 ? value.toFixed(2) : String(Number(value.toPrecision(2)));
}

/** The sum of one key of all. */
export function sumOf<Key extends string>(all: readonly Record<Key, number>[], key: Key): number {
  return all.reduce((total, one) => total + one[key], 0);
}

/** A part of something in per cent. */
export function part(of: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * of) / whole)} %`;
}

const UNITS = [
  ['D', 'd', 86_400_000],
  ['H', 'h', 3_600_000],
  ['M', 'm', 60_000],
] as const;

/** Whole minutes as ISO 8601 has them, in the largest unit that keeps them whole: `P1D`, `PT5M`. */
export function isoDuration(ms: number): string {
  const [unit, , size] = unitOf(ms);
  return `P${unit === 'D' ? '' : 'T'}${ms / size}${unit}`;
}

/** The same as Sentinel's YAML has them: `1d`, `5m`. */
export function shortDuration(ms: number): string {
  const [, unit, size] = unitOf(ms);
  return `${ms / size}${unit}`;
}

function unitOf(ms: number): (typeof UNITS)[number] {
  return UNITS.find(([, , size]) => ms % size === 0) ?? UNITS[2];
}

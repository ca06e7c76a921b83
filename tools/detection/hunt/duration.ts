const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Longest duration that a query may name: no source is kept and asked for longer than two years. */
const LONGEST_MS = 731 * 86_400_000;

/**
 * A duration such as `10m`, `24h` or `14d` (units s, m, h, d, w) in milliseconds. `null` where it isn't one, or is longer
 * than two years.
 */
export function parseDuration(text: unknown): number | null {
  const found = typeof text === 'string' ? /^(\d{1,9})([smhdw])$/.exec(text) : null;
  if (!found) return null;
  const length = Number(found[1]) * UNITS[found[2]!]!;
  return length <= LONGEST_MS ? length : null;
}

/** The shortest way to write a duration: `90m`, `24h`, `14d`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm'] as const) {
    const length = UNITS[unit]!;
    // 24h reads better than 1d, as 48 hours is two days only in a calendar without changes of the clock.
    if (ms % length === 0 && ms >= (unit === 'd' ? 2 : 1) * length) return `${ms / length}${unit}`;
  }
  return `${ms / 1000}s`;
}

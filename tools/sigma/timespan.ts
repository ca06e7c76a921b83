const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A Sigma timespan (`90m`) in milliseconds; `null` when it is none. Months and years, which other tools read, have no fixed
 * length and are none.
 */
export function parseTimespan(text: string): number | null {
  const found = /^([1-9]\d{0,8})([smhdw])$/.exec(text);
  return found && Number(found[1]) * UNIT_MS[found[2]!]!;
}

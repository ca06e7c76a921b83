const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * A Sigma timespan (`90m`) in milliseconds; `null` when it is none. Months and years, which other tools read, have no fixed
 * length and are none.
 */
export function parseTimespan(text: string): number | null {
  const found = /^([1-9]\d{0,8})([smhdw])$/.exec(text);
  return found && Number(found[1]) * UNIT_MS[found[2]!]!;
}

/** Units as others write them → how many of which unit here. Months and years are as long as they mostly are. */
const MEANT: [RegExp, number, string][] = [
  [/^(?:M|mos?|months?)$/, 30, 'd'],
  [/^(?:y|yr|years?)$/i, 365, 'd'],
  [/^w/i, 1, 'w'],
  [/^d/i, 1, 'd'],
  [/^h/i, 1, 'h'],
  [/^m/i, 1, 'm'],
  [/^s/i, 1, 's'],
];

/** How to write a timespan that is none; it is one that is read, and at most so many milliseconds. */
export function timespanHint(text: string, mostMs: number): string {
  const [, number, unit = ''] = /^ *(\d{1,9}) *([A-Za-z]{1,10}) *$/.exec(text) ?? [];
  const [, times, meant] = MEANT.find(([form]) => form.test(unit)) ?? [];
  const written = times === undefined ? '' : `${Number(number) * times}${meant!}`;
  const ms = parseTimespan(written);
  return `for example \`${ms !== null && ms <= mostMs && written !== text ? written : '90m'}\``;
}

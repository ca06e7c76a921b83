import type { SendHistory, OtpHistory } from './otp-history';
import { Spells, type ScannedSends, type Scan } from './unverified';

/**
 * Counts, at each send from an address, the countries to which it had a code sent in the window [t - windowMs, t] and none
 * verified, and holds the count against a threshold. A country is left out while it has a verification in the window.
 */
export function scanCountries(
  history: OtpHistory,
  group: SendHistory,
  part: ScannedSends,
  windowMs: number,
  threshold: number,
): Scan {
  const { time, verifiedAt, country, occurrence } = history;
  const sends = group.sends.filter((n) => part.allowed[occurrence[n]!] === 1 && time[n]! <= part.to);
  const passed = group.verified.filter((n) => part.allowed[occurrence[n]!] === 1);
  const spells = new Spells(history, sends, windowMs);
  const sentAt = new Map<number, number>();
  const passedAt = new Map<number, number>();
  let nearest: number | null = null;
  let oldest = 0;
  let verifications = 0;
  for (const [place, send] of sends.entries()) {
    const now = time[send]!;
    for (; verifications < passed.length && verifiedAt[passed[verifications]!]! <= now; verifications++) {
      const n = passed[verifications]!;
      passedAt.set(country[n]!, verifiedAt[n]!);
    }
    while (time[sends[oldest]!]! < now - windowMs) oldest++;
    sentAt.set(country[send]!, now);
    if (now < part.from) continue;
    let count = 0;
    for (const [name, last] of sentAt)
      if (last >= now - windowMs && !((passedAt.get(name) ?? -Infinity) >= now - windowMs)) count++;
    nearest = Math.max(nearest ?? 0, count / (threshold + 1));
    if (count > threshold) spells.add(place, oldest, count);
  }
  return { excesses: spells.all(), nearest };
}

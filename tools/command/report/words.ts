import type { DetectorResult, ReplayReport } from '../../evidence/replay/result';

/** 93 → `1m 33s`; null → `–`; an alert that comes before what it is counted from: `before`. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  const s = Math.round(seconds);
  if (s < 0) return 'before';
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m ${s % 60}s`;
  if (s < 86_400) return `${Math.floor(s / 3600)}h ${Math.floor((s % 3600) / 60)}m`;
  return `${Math.floor(s / 86_400)}d ${Math.floor((s % 86_400) / 3600)}h`;
}

/** 1234.5 → `1,234.50`, without a locale's help so that it is the same on every machine. */
export function money(usd: number | null): string {
  return usd === null ? '–' : `$${thousands(usd.toFixed(usd < 100 ? 2 : 0))}`;
}

export function thousands(value: number | string): string {
  return String(value).replace(/^\d+/, (digits) => digits.replace(/\B(?=(\d{3}){1,7}$)/g, ','));
}

/** Which worlds were left out of a replay, and how to have them; empty where none was. */
export function leftOutText({ leftOut = [] }: ReplayReport): string {
  return leftOut.length > 0
    ? `left out for their size: ${leftOut.join(', ')} (--world ${leftOut[0]} replays that one)`
    : '';
}

/** Scenario names with how often: `low-and-slow, leased-block-run ×2`. */
export function tally(names: string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name} ×${count}` : name)).join(', ');
}

/** What a detector missed, was blind to and raised falsely, each as one line, or empty where there is nothing. */
export function story(result: DetectorResult): { caught: string; missed: string; blind: string; raised: string } {
  const names = (outcome: string) =>
    tally(result.outcomes.filter((one) => one.outcome === outcome).map((one) => one.scenario));
  const raised = result.benign.episodes > 0 ? [`ordinary traffic ×${result.benign.episodes}`] : [];
  for (const special of mergeSpecials(result))
    raised.push(`${special.scenario} ×${special.episodes} in ${special.occurrences}`);
  return { caught: names('caught'), missed: names('missed'), blind: names('blind'), raised: raised.join(', ') };
}

/** The special scenarios that raised something, over all worlds. */
function mergeSpecials(result: DetectorResult): { scenario: string; episodes: number; occurrences: number }[] {
  const merged = new Map<string, { scenario: string; episodes: number; occurrences: number }>();
  for (const { scenario, episodes, occurrences } of result.specials) {
    const known = merged.get(scenario) ?? { scenario, episodes: 0, occurrences: 0 };
    merged.set(scenario, {
      scenario,
      episodes: known.episodes + episodes,
      occurrences: known.occurrences + occurrences,
    });
  }
  return [...merged.values()].filter((special) => special.episodes > 0);
}

/** `0.25 [0.01–1.39]`: benign episodes a day with their exact 95 % interval; where none were seen, the bound. */
function rate(benign: DetectorResult['benign']): string {
  if (benign.days === 0) return '–';
  if (benign.episodes === 0) return `0 (≤ 3 in ${benign.days} d)`;
  const [low, high] = benign.interval;
  return `${benign.perDay.toFixed(2)} [${low.toFixed(2)}–${high.toFixed(2)}]`;
}

/** The headings of `figures`. */
export const FIGURES = ['caught', 'blind', 'benign a day [95 %]', 'nearest', 'first alert', 'lost by then'];

/** What every format tells of a detector in numbers. */
export function figures(result: DetectorResult): string[] {
  const { present, caught, blind } = result.campaigns;
  return [
    `${caught}/${present - blind}`,
    String(blind),
    rate(result.benign),
    result.nearness === null ? '–' : `${Math.round(result.nearness * 100)} %`,
    duration(result.timeToDetectSeconds.median),
    money(result.lossBeforeAlert.usd),
  ];
}

import type { True } from './truth';

/** An alert of a target: its group, from when until when what it tells holds, and the run that made it, in epoch milliseconds. */
export interface Made {
  group: string;
  start: number;
  until: number;
  at: number;
}

/** What a target's alerts are, held against what memory finds. */
export interface Verdict {
  /** What memory finds. */
  true: number;
  made: number;
  /** True ones that no alert tells. */
  missed: True[];
  /** Alerts that tell nothing true. */
  extra: Made[];
  /** True ones that are told, but not by the first run that could. */
  late: True[];
}

/**
 * Holds alerts against what memory finds. An alert tells a true one of its group that it touches: no more than `gap` lies between them.
 * `due` is the run that could tell first what was seen at a time.
 */
export function judge(
  truth: readonly True[],
  made: readonly Made[],
  gap: number,
  due: (visible: number) => number,
): Verdict {
  const byGroup = new Map<string, Made[]>();
  for (const alert of made) byGroup.set(alert.group, [...(byGroup.get(alert.group) ?? []), alert]);
  const telling = new Set<Made>();
  const verdict: Verdict = { true: truth.length, made: made.length, missed: [], extra: [], late: [] };
  for (const one of truth) {
    const told = (byGroup.get(one.group) ?? []).filter(
      ({ start, until }) => start <= one.end + gap && one.start <= until + gap,
    );
    for (const alert of told) telling.add(alert);
    if (told.length === 0) verdict.missed.push(one);
    else if (!told.some(({ at }) => at <= due(one.visible))) verdict.late.push(one);
  }
  verdict.extra = made.filter((alert) => !telling.has(alert));
  return verdict;
}

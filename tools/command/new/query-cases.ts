import { parseTimespan } from '@tollgate/sigma/rules/timespan';
import { countLimit } from '../../foundation/statistics/count-limit';
import { upper95 } from '../../foundation/statistics/poisson';
import type { Case } from '../../evidence/replay/case-events';
import { caseOf, type Some } from './case-events';
import type { DetectorDraft } from './draft';
import { present } from './rule-cases';
import { settingFor, type Kind } from './variants';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** How often a new query runs. */
export const EVERY = 120_000;

/** How far a new query looks back, and what it takes as its limit. */
export interface UsualLimit {
  /** How many windows the baseline has. */
  windows: number;
  peak: number;
  spread: number;
  chance: number;
}

export const BASELINE_DAYS = 14;

/** The limit of a new query whose window is so long (ms). */
export function limitFor(windowMs: number): UsualLimit {
  return { windows: Math.round((BASELINE_DAYS * DAY) / windowMs), peak: 3, spread: 0.3, chance: 0.000001 };
}

/** The least count at which it fires after so many events in the baseline, beside its floor. */
function limitAfter(before: number, { windows, peak, spread, chance }: UsualLimit): number {
  return countLimit((upper95(before) / windows) * peak, spread, chance)!;
}

/** The cases of a query that counts more than usual. */
export function queryCases(draft: DetectorDraft, kind: Kind): Case[] {
  const { atLeast: n, where } = draft;
  const window = parseTimespan(draft.within)!;
  const limit = limitFor(window);
  const what = draft.count === null ? 'events' : `different ${draft.count}`;
  const counted = draft.count === null ? {} : ({ counted: 'each' } as const);
  const one = (number: number): Some['choice'] => (draft.count === null ? {} : { counted: number });
  const every = Math.max(1, Math.min(1000, Math.floor(EVERY / 2 / (n + 30))));
  const each = (times: number, at: number, choice: Some['choice'] = {}): Some => ({
    at,
    times,
    every,
    choice: { ...counted, ...choice },
  });
  // Events that are counted themselves are no more in any window than usual; of counted values they are all of one.
  const history = (times: number): Some =>
    draft.count === null
      ? { at: HOUR, times, every: Math.floor((BASELINE_DAYS * DAY - 2 * HOUR) / times) }
      : { at: 7 * DAY, times, every: 60_000, choice: one(0) };
  const varied = draft.groupBy.filter((field) => settingFor(kind, { ...counted, other: field }) !== null);
  const own = draft.groupBy.findLast((field) => settingFor(kind, { own: field }) !== null);
  // Together they would be enough.
  const more = draft.count === null ? {} : ({ counted: 'more' } as const);
  const half = Math.floor(n / 2);
  const pairs = pinning(n, limit);
  const most = pairs[0]!;
  const end = BASELINE_DAYS * DAY;
  return present([
    caseOf(kind, `${n} ${what} without a history`, 'fires', 1, [each(n, HOUR)]),
    ...pairs.map(({ before, count }) =>
      caseOf(kind, `${count} ${what} after ${before} in two weeks`, 'fires', 1, [history(before), each(count, end)]),
    ),
    own === undefined
      ? caseOf(kind, 'One event', 'quiet', 0, [{ at: HOUR }])
      : caseOf(kind, `${2 * n} events, each with another ${own}`, 'quiet', 0, [
          { at: HOUR, times: 2 * n, every, choice: { own } },
        ]),
    caseOf(kind, `${n - 1} ${what}, one short`, 'near-miss', 0, [each(n - 1, HOUR)]),
    ...pairs.map(({ before, count }) =>
      caseOf(kind, `${count} ${what} after ${before + 1} in two weeks`, 'near-miss', 0, [
        history(before + 1),
        each(count, end),
      ]),
    ),
    draft.count === null
      ? null
      : caseOf(kind, `${n} events, but one ${draft.count} twice`, 'near-miss', 0, [
          each(n - 2, HOUR),
          { at: HOUR, choice: one(1) },
          { at: 3_601_000, choice: one(1) },
        ]),
    ...varied.map((field) =>
      caseOf(kind, `${n} ${what}, but of two of ${field}`, 'near-miss', 0, [
        each(half, HOUR),
        each(n - half, HOUR, { ...more, other: field }),
      ]),
    ),
    ...where.map(({ field }) =>
      caseOf(kind, `${n} ${what}, but one has another ${field}`, 'near-miss', 0, [
        each(n - 1, HOUR),
        { at: HOUR, choice: { ...one(1), off: field } },
      ]),
    ),
    caseOf(kind, 'The first at the first moment of a window, the last at its last', 'edge', 1, [
      each(n - 1, 0),
      { at: window - 1, choice: one(1) },
    ]),
    caseOf(kind, 'The first one millisecond before the window that has the others', 'edge', 0, [
      { at: EVERY - 1, choice: one(1) },
      each(n - 2, EVERY),
      { at: window + EVERY - 1, choice: one(2) },
    ]),
    caseOf(kind, `The last of ${most.before + 1} of the two weeks before at their first moment`, 'edge', 0, [
      { at: 0, choice: one(0) },
      history(most.before),
      each(most.count - 1, end),
      { at: end + window - 1, choice: one(1) },
    ]),
    caseOf(kind, 'The same one millisecond before those two weeks', 'edge', 1, [
      { at: EVERY - 1, choice: one(0) },
      history(most.before),
      each(most.count - 1, end + EVERY),
      { at: end + window + EVERY - 1, choice: one(1) },
    ]),
  ]);
}

/** More events than this no case of a new query has before its window. */
const MOST_BEFORE = 9000;

/**
 * Counts that fire after so many events and not after one more, for as many counts as it takes to tell the limit from each that a
 * number of it moved by a little would make.
 */
function pinning(floor: number, limit: UsualLimit): { before: number; count: number }[] {
  const found: { before: number; count: number }[] = [];
  let others = moved(limit);
  for (let count = floor; count < floor + 30; count++) {
    const before = lastBefore(count, limit);
    if (before === null || before < 1) continue;
    if (before > MOST_BEFORE) break;
    const left = others.filter((other) => limitAfter(before, other) <= count && limitAfter(before + 1, other) > count);
    if (found.length === 0 || left.length < others.length) found.push({ before, count });
    others = left;
    if (others.length === 0) break;
  }
  return found;
}

/** The most events after which a count fires still. */
function lastBefore(count: number, limit: UsualLimit): number | null {
  if (limitAfter(0, limit) > count) return null;
  let [low, high] = [0, MOST_BEFORE + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (limitAfter(middle, limit) <= count) low = middle;
    else high = middle;
  }
  return low;
}

/** The limits that a slip would make of one: each of its numbers a little higher or lower, as `tollgate mutate` moves them. */
function moved(limit: UsualLimit): UsualLimit[] {
  const chance = { ...limit, chance: limit.chance + 0.01 };
  const others = [-1, 1].flatMap((sign) => [
    { ...limit, windows: limit.windows + sign },
    { ...limit, peak: limit.peak + sign },
    { ...limit, spread: limit.spread + 0.01 * sign },
  ]);
  return [chance, ...others];
}

import type { HuntGroup } from './groups';
import { truthOf } from './formula-value';
import { partsOf, Tally, type WindowPart } from './tally';
import type { GroupEvent } from './groups';
import type { HuntQuery, HuntRun } from './types';

/** What one group gave in the runs `first` … `next - 1`: nothing of its windows changed between them. */
export interface SteadyRuns {
  first: number;
  next: number;
  /** Every measure and derived value; null where the group had no row. */
  values: Record<string, number | null> | null;
  /** Whether `having` is true. */
  found: boolean;
}

/** Events that came into the window at the start of a stretch; during the first they are all that it holds. */
type Visit = (stretch: SteadyRuns, arrived: GroupEvent[], tally: Tally) => void;

interface Move {
  run: number;
  step: 1 | -1;
  event: GroupEvent;
  part: WindowPart;
}

/**
 * Follows one group through the runs, which are in the order of time. An event is in a part of the window for an unbroken
 * stretch of runs, so the measures are brought up to date only where an event comes or goes: the cost grows with
 * the events, not with the runs.
 */
export function sweep(
  query: HuntQuery,
  group: HuntGroup,
  runs: HuntRun[],
  parameters: Record<string, number>,
  visit: Visit,
): void {
  const moves = movesOf(query, group, runs);
  const tally = new Tally(query, parameters);
  let at = 0;
  while (at < moves.length) {
    const first = moves[at]!.run;
    const arrived: GroupEvent[] = [];
    for (; at < moves.length && moves[at]!.run === first; at++) {
      const { event, part, step } = moves[at]!;
      tally.move(event, part, step);
      if (step === 1 && part.over === 'window') arrived.push(event);
    }
    const next = moves[at]?.run ?? runs.length;
    if (first >= runs.length) return;
    const values = tally.values();
    const found = values !== null && truthOf(query.having, { values, parameters }) === true;
    visit({ first, next, values, found }, arrived, tally);
  }
}

function movesOf(query: HuntQuery, group: HuntGroup, runs: HuntRun[]): Move[] {
  const moves: Move[] = [];
  const parts = new Map(Object.keys(query.selections).map((name) => [name, partsOf(query, name)]));
  for (const event of group.events) {
    for (const part of parts.get(event.selection) ?? []) {
      const { lag, length } = extent(query, part);
      // In the part of a run: begin ≤ time < finish, where both grow from run to run; and ingested by the run.
      const entered = firstRun(runs, (run) => finish(run, part) + lag > event.time && run.at >= event.ingested);
      const left = firstRun(runs, (run) => run.from - length > event.time);
      if (entered >= left) continue;
      moves.push({ run: entered, step: 1, event, part });
      if (left < runs.length) moves.push({ run: left, step: -1, event, part });
    }
  }
  return moves.sort((a, b) => a.run - b.run);
}

/** How far a part reaches beyond its end, and before the window's start. */
function extent(query: HuntQuery, part: WindowPart): { lag: number; length: number } {
  return {
    lag: part.role === 'also' ? query.window.settleMs : 0,
    length: part.over === 'baseline' ? query.baselineMs : 0,
  };
}

function finish(run: HuntRun, part: WindowPart): number {
  return part.over === 'baseline' ? run.from : run.to;
}

/** Number of the first run for which a test holds that, once true, stays true. */
function firstRun(runs: HuntRun[], holds: (run: HuntRun) => boolean): number {
  let low = 0;
  let high = runs.length;
  // Most events of a long baseline are in it through all runs.
  if (high === 0 || holds(runs[0]!)) return 0;
  if (!holds(runs[high - 1]!)) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(runs[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

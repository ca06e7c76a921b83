import { runsIn } from '../../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { ExportDetector } from '../../../tools/export/plan/types';
import type { Day } from './day';
import type { True, Truth } from './truth';

/** How often an SQL export is run: as often as the shortest schedule of a query. */
const TURN = 120_000;

/** In so many stretches some runs of a query lie, where not all are made. */
const STRETCHES = 4;

/** A run: when, and when the one before was. */
export interface Turn {
  at: number;
  since: number;
}

/** The runs of a detector, and what memory finds in them. */
export interface Schedule {
  turns: Turn[];
  truth: readonly True[];
}

/**
 * The turns at which a detector can have something new to tell: a rule when something that it counts has come in, a query when a run of its own was due. Of more than
 * `most` these: of a rule some that are spread over the day, as at a site that runs the export less often; of a query stretches of runs one after the other, all but
 * one of which begin shortly before a finding, and memory runs it then, too.
 */
export function scheduleOf(detector: ExportDetector, truths: Truth, day: Day, most: number): Schedule {
  return 'kind' in detector ? ofRule(detector, truths, most) : ofQuery(detector, truths, day, most);
}

function turnAfter(time: number): number {
  return Math.ceil(time / TURN) * TURN;
}

function ofRule(rule: Rule, truths: Truth, most: number): Schedule {
  const all = [...new Set(truths.arrivals(rule).map(turnAfter))].sort((a, b) => a - b);
  const every = Math.max(1, all.length / most);
  const chosen = Array.from({ length: Math.min(most, all.length) }, (_, n) => all[Math.ceil((n + 1) * every) - 1]!);
  const turns = chosen.map((at, n) => ({ at, since: every > 1 ? (chosen[n - 1] ?? 0) : at - TURN }));
  return { turns, truth: truths.rule(rule) };
}

function ofQuery(query: HuntQuery, truths: Truth, day: Day, most: number): Schedule {
  const runs = runsIn(query, day).map(({ at }) => at);
  const turns = (times: readonly number[]) =>
    [...new Set(times.map(turnAfter))].map((at): Turn => ({ at, since: at - TURN }));
  if (runs.length <= most) return { turns: turns(runs), truth: truths.query(query, day.start, day.end) };
  const length = Math.floor(most / STRETCHES);
  const starts = truths.query(query, day.start, day.end).map(({ start }) => runs.indexOf(start));
  const chosen = new Set<number>();
  for (const from of [...spread(starts, STRETCHES - 1), Math.floor(runs.length / 2)])
    for (let n = Math.max(0, from - 5); n < from - 5 + length && n < runs.length; n++) chosen.add(n);
  const sorted = [...chosen].sort((a, b) => a - b);
  const truth: True[] = [];
  for (let first = 0; first < sorted.length;) {
    let next = first + 1;
    while (next < sorted.length && sorted[next] === sorted[next - 1]! + 1) next++;
    truth.push(...truths.query(query, runs[sorted[first]!]!, runs[sorted[next - 1]!]!));
    first = next;
  }
  return { turns: turns(sorted.map((n) => runs[n]!)), truth };
}

/** At most so many of a list, from its beginning to its end. */
export function spread<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(most, items.length) }, (_, n) => items[Math.floor(n * step)]!);
}

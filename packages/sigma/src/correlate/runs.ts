import type { WindowEntry, Run, InnerWindowPart } from './entry';

/** How many runs are looked through for the one that goes on; more than so many groups that take turns cost a run a step. */
const SEARCHED = 16;

/** Adds a window to an entry, which stands for one more step. Those before `from` are let go. */
export function addToRuns(entry: WindowEntry, stretch: InnerWindowPart, from: number): void {
  entry.runs ??= [runOf(entry.inner!)];
  // Earlier windows are not to be held by it.
  entry.inner = stretch;
  const { runs } = entry;
  for (let index = runs.length - 1; index >= Math.max(0, runs.length - SEARCHED); index--) {
    const run = runs[index]!;
    if (run.steps !== stretch.steps || run.last.step + 1 !== stretch.step) continue;
    run.last = stretch;
    return;
  }
  // Amortized: what is kept doubles before it is looked through again.
  if (runs.length >= 2 * SEARCHED && (runs.length & (runs.length - 1)) === 0)
    entry.runs = runs.filter(({ last }) => last.time >= from);
  entry.held = Math.max(entry.held, entry.runs.push(runOf(stretch)));
}

/** Calls `visit` for each window that an entry stands for, of those from `from` on. */
export function visitStretches(
  { runs, inner }: WindowEntry,
  from: number,
  visit: (stretch: InnerWindowPart) => void,
): void {
  if (runs === null) {
    visit(inner!);
    return;
  }
  for (const run of runs) {
    const { steps, last } = run;
    if (last.time < from) continue;
    if (last.time === from) {
      visit(last);
      continue;
    }
    for (; run.first < last.step; run.first++) if ((steps.at(run.first)?.time ?? -Infinity) >= from) break;
    for (let step = run.first; step <= last.step; step++) visit(steps.at(step)!);
  }
}

function runOf(stretch: InnerWindowPart): Run {
  return { steps: stretch.steps, first: stretch.step, last: stretch };
}

import type { HuntQuery, HuntRun } from './types';

/** More runs than a schedule of one minute has in a year: a bound on what a mistyped period costs. */
const MAX_RUNS = 600_000;

/**
 * The window of a run at `at` that was asked for [from, to): it ends `settle` before the run, so that every send which
 * counts has had the life of its code to be verified. Empty (`to` = `from`) where nothing has settled yet.
 */
export function settledRun(query: HuntQuery, run: HuntRun): HuntRun {
  const to = Math.max(run.from, Math.min(run.to, run.at - query.window.settleMs));
  return { at: run.at, from: run.from, to };
}

/**
 * The runs of a query in a period (epoch ms), in the order of time.
 *
 * With a schedule: at each multiple n·every of the epoch, `delay` later, over the default window that ends `settle` before
 * n·every; all runs with start ≤ at ≤ end. The delay lets late records arrive, settle lets codes live.
 * Without one: as an analyst would who hunts once a window: over adjoining default windows from `start` on, each run
 * `settle` after its window's end.
 */
export function runsIn(query: HuntQuery, period: { start: number; end: number }): HuntRun[] {
  const { defaultMs, settleMs } = query.window;
  const every = query.schedule?.everyMs ?? defaultMs;
  const delay = query.schedule?.delayMs ?? 0;
  const first = query.schedule
    ? Math.ceil((period.start - delay) / every) * every
    : period.start + defaultMs + settleMs;
  const last = query.schedule ? period.end - delay : period.end + settleMs;
  if ((last - first) / every > MAX_RUNS) throw new RangeError(`more than ${MAX_RUNS} runs`);
  const runs: HuntRun[] = [];
  for (let tick = first; tick <= last; tick += every) {
    const to = tick - settleMs;
    runs.push({ at: tick + delay, from: to - defaultMs, to });
  }
  return runs;
}

/** How long before a run an event can matter to it, and how long after an event its last run can be (ms). */
export function reachOf(query: HuntQuery): { before: number; after: number } {
  const { defaultMs, settleMs } = query.window;
  const every = query.schedule?.everyMs ?? defaultMs;
  const delay = query.schedule?.delayMs ?? 0;
  return { before: query.baselineMs + defaultMs + settleMs + delay, after: defaultMs + settleMs + every + delay };
}

import { delayOf, reachOf } from '../../plan/reach';
import type { DetectorPlan } from '../../plan/types';
import { NotExportable } from '../../target';

const MINUTE = 60_000;
const DAY = 1440;

/** A record counts once it was parsed so long before the run: what Panther has parsed takes minutes to be in the data lake (ours). */
export const LAG_MS = 5 * MINUTE;

/** What looks back further than this runs once an hour, since each run reads all of it. */
const LONG_MS = 2 * DAY * MINUTE;

/** When a query runs, in milliseconds: every so long, `offsetMs` after a whole multiple of that, and how far back it reads. */
export interface LakeSchedule {
  everyMs: number;
  offsetMs: number;
  lookbackMs: number;
}

/** The schedule of a plan; of a query without one, when it would run if somebody enabled it. */
export function scheduleOf(plan: DetectorPlan): LakeSchedule {
  if (plan.kind === 'hunt') {
    const { schedule, windowMs, settleMs, baselineMs } = plan.hunt;
    const everyMs = schedule?.everyMs ?? windowMs;
    const offsetMs = (schedule?.delayMs ?? 0) + LAG_MS;
    return { everyMs, offsetMs, lookbackMs: baselineMs + windowMs + settleMs + offsetMs + 2 * everyMs };
  }
  if (plan.kind === 'events') throw new TypeError('an event is told as it comes');
  const { window } = plan;
  // The timespan counts twice: what held within one before is the same episode.
  const lookback = (everyMs: number) =>
    delayOf(window) + reachOf(window) + 2 * window.timespanMs + 2 * everyMs + LAG_MS;
  const often = 5 * MINUTE;
  const everyMs = lookback(often) < LONG_MS ? often : 60 * MINUTE;
  return { everyMs, offsetMs: LAG_MS, lookbackMs: lookback(everyMs) };
}

/** When a query starts, as cron has it, in UTC (https://docs.panther.com/search/scheduled-queries). Throws `NotExportable` for what cron can't say. */
export function cron({ everyMs, offsetMs }: LakeSchedule): string {
  const [every, offset] = [everyMs / MINUTE, Math.ceil(offsetMs / MINUTE)];
  const divides = Number.isInteger(every) && every > 1 && DAY % every === 0;
  if (divides && 60 % every === 0 && every < 60) return `${steps(offset, every, 60)} * * * *`;
  if (divides && every % 60 === 0) return `${offset % 60} ${hours(offset, every)} * * *`;
  throw new NotExportable(`It runs every ${every} minutes, for which cron has no words.`);
}

function hours(offset: number, every: number): string {
  return every === 60 ? '*' : steps(Math.floor(offset / 60), every / 60, 24);
}

/** The numbers below an end that lie so many steps from each other. */
function steps(offset: number, every: number, end: number): string {
  return Array.from({ length: end / every }, (_, n) => (offset % every) + n * every).join(',');
}

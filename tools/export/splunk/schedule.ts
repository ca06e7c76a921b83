import { delayOf, reachOf, type RunSchedule } from '../plan/reach';
import type { Hunt, SlidingWindow, Source } from '../plan/types';
import { NotExportable } from '../target';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A record counts once this has passed since it was indexed: what is indexed in a second can be found somewhat later. */
export const LAG = MINUTE;

/**
 * The time of a run in milliseconds, after the step that makes it known: the end of the range that it searches. Of a run that is made up for, that is when it
 * should have started, and not when it did, as `now()` is.
 */
export const RUN_AT = 'info_max_time * 1000';
export const KNOW_RUN = '| addinfo';

/** What looks back further than this runs once an hour, since each run reads all of it. */
const LONG = 2 * DAY;

export function eventSchedule(source: Source): RunSchedule {
  return every((frequencyMs) => ({ sinceMs: frequencyMs, periodMs: 2 * frequencyMs + delayOf(source) + LAG }));
}

export function windowSchedule(window: SlidingWindow): RunSchedule {
  return every((frequencyMs) => {
    // The timespan counts twice: what held within one before is the same episode.
    const sinceMs = delayOf(window) + window.timespanMs + frequencyMs + LAG + MINUTE;
    return { sinceMs, periodMs: sinceMs + reachOf(window) };
  });
}

/** The schedule of a query; of one without a schedule, when it would run if somebody set it to. */
export function huntSchedule({ schedule, windowMs, settleMs, baselineMs }: Hunt): RunSchedule {
  const frequencyMs = schedule?.everyMs ?? windowMs;
  const periodMs = baselineMs + windowMs + settleMs + (schedule?.delayMs ?? 0) + 2 * frequencyMs + LAG;
  return { frequencyMs, sinceMs: frequencyMs, periodMs: wholeMinutes(periodMs) };
}

/**
 * When a search starts, as cron has it. Searches of one frequency start at different minutes, which `spread` chooses: a whole number. Throws `NotExportable`
 * for a frequency that cron can't say.
 */
export function cron(frequencyMs: number, spread: number): string {
  const [minutes, hours] = [frequencyMs / MINUTE, frequencyMs / HOUR];
  if (Number.isInteger(minutes) && 60 % minutes === 0 && minutes < 60)
    return `${spread % minutes}-59/${minutes} * * * *`;
  if (hours === 1) return `${spread % 60} * * * *`;
  if (Number.isInteger(hours) && hours < 24 && 24 % hours === 0) return `${spread % 60} */${hours} * * *`;
  if (hours === 24) return `${spread % 60} 0 * * *`;
  throw new NotExportable(`It runs every ${minutes} minutes, for which cron has no words.`);
}

/** A length of time before now, as Splunk's relative times have it. */
export function before(ms: number): string {
  return `-${Math.ceil(ms / MINUTE)}m`;
}

function every(of: (frequencyMs: number) => Omit<RunSchedule, 'frequencyMs'>): RunSchedule {
  const at = (frequencyMs: number): RunSchedule => {
    const { sinceMs, periodMs } = of(frequencyMs);
    return { frequencyMs, sinceMs, periodMs: wholeMinutes(periodMs) };
  };
  const often = at(5 * MINUTE);
  return often.periodMs < LONG ? often : at(HOUR);
}

function wholeMinutes(ms: number): number {
  return Math.ceil(ms / MINUTE) * MINUTE;
}

import { delayOf, reachOf, type RunSchedule } from '../plan/reach';
import type { Hunt, SlidingWindow, Source } from '../plan/types';
import { NotExportable } from '../target';
import { LIMITS } from './limits';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Sentinel starts a run five minutes after its turn (https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview#query-scheduling), and no page says
 * whether it sees what happened meanwhile. So no query does: a record counts once it has come and is as old as this.
 */
export const LAG = 5 * MINUTE;

export function eventSchedule(source: Source): RunSchedule {
  return within((frequency) => ({ sinceMs: frequency, periodMs: frequency + Math.max(LAG, delayOf(source)) + LAG }));
}

export function windowSchedule(window: SlidingWindow): RunSchedule {
  return within((frequency) => {
    // The timespan counts twice: what held within one before is the same episode.
    const sinceMs = Math.max(LAG, delayOf(window)) + window.timespanMs + frequency + MINUTE;
    return { sinceMs, periodMs: sinceMs + reachOf(window) + LAG };
  });
}

/** The schedule of a query; throws `NotExportable`, with the reason, where Sentinel can't run it so. */
export function huntSchedule({ schedule, windowMs, settleMs, baselineMs }: Hunt): RunSchedule {
  if (!schedule) throw new NotExportable('It has no schedule.');
  const made = within((frequency) => ({
    sinceMs: frequency,
    periodMs: baselineMs + windowMs + settleMs + schedule.delayMs + 2 * Math.max(frequency, schedule.everyMs) + LAG,
  }));
  if (schedule.everyMs < made.frequencyMs)
    throw new NotExportable(
      `It runs every ${schedule.everyMs / MINUTE} minutes, and a rule that looks back as far only every ${made.frequencyMs / MINUTE}.`,
    );
  return { ...made, frequencyMs: schedule.everyMs };
}

function within(of: (frequencyMs: number) => Omit<RunSchedule, 'frequencyMs'>): RunSchedule {
  const every = (frequencyMs: number): RunSchedule => {
    const { sinceMs, periodMs } = of(frequencyMs);
    return { frequencyMs, sinceMs, periodMs: Math.ceil(periodMs / MINUTE) * MINUTE };
  };
  const often = every(LIMITS.shortestMs);
  const made = often.periodMs < LIMITS.longPeriodMs ? often : every(LIMITS.longPeriodFrequencyMs);
  if (made.periodMs > LIMITS.longestMs)
    throw new NotExportable(
      `It needs the ${Math.ceil((made.periodMs / DAY) * 10) / 10} days before, and a scheduled rule looks back ${LIMITS.longestMs / DAY} days at most.`,
    );
  return made;
}

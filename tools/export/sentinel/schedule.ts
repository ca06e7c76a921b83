import { durationMs } from '../../telemetry/duration';
import type { Hunt, SlidingWindow, Source } from '../plan/types';
import { NotExportable } from '../target';
import { LIMITS } from './limits';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Sentinel starts a run five minutes after the end of the time that it looks at. */
const LAG = 5 * MINUTE;

/** A rule that looks back further runs once an hour, so that it does not read days of records every five minutes. */
const LONG = 2 * DAY;

/** When a rule runs, and how far back it looks, in milliseconds. `since`: what holds before can't have changed since the run before. */
export interface Schedule {
  frequencyMs: number;
  periodMs: number;
  sinceMs: number;
}

/** How unpunctual a run may be: so much of what the run before has seen is looked at again. */
export function slackOf(frequencyMs: number): number {
  return Math.min(MINUTE / 2, frequencyMs / 10);
}

export function eventSchedule({ contract }: Source): Schedule {
  return within((frequency) => ({ sinceMs: frequency, periodMs: frequency + durationMs(contract.delay.worst) + LAG }));
}

export function windowSchedule(window: SlidingWindow): Schedule {
  return within((frequency) => {
    // The timespan counts twice: what held within one before is the same episode.
    const sinceMs = delayOf(window) + window.timespanMs + frequency + MINUTE;
    return { sinceMs, periodMs: sinceMs + reachOf(window) + LAG };
  });
}

/** The schedule of a query; throws `NotExportable`, with the reason, where Sentinel can't run it so. */
export function huntSchedule({ schedule, windowMs, settleMs, baselineMs }: Hunt): Schedule {
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

function within(of: (frequencyMs: number) => Omit<Schedule, 'frequencyMs'>): Schedule {
  const often = { frequencyMs: LIMITS.leastFrequencyMs, ...of(LIMITS.leastFrequencyMs) };
  const made = often.periodMs < LONG ? often : { frequencyMs: HOUR, ...of(HOUR) };
  const periodMs = Math.ceil(made.periodMs / MINUTE) * MINUTE;
  if (periodMs > LIMITS.longestPeriodMs)
    throw new NotExportable(
      `It needs the ${Math.ceil((periodMs / DAY) * 10) / 10} days before, and a scheduled rule looks back ${LIMITS.longestPeriodMs / DAY} days at most.`,
    );
  return { ...made, periodMs };
}

/** How long before a step what decides it can lie: the timespans on the longest way down. */
function reachOf({ members, timespanMs }: SlidingWindow): number {
  return timespanMs + Math.max(0, ...members.map(({ of }) => (of.op === 'source' ? 0 : reachOf(of))));
}

/** The longest that a record of the sources below can be late. */
function delayOf(of: Source | SlidingWindow): number {
  if (of.op === 'source') return durationMs(of.contract.delay.worst);
  return Math.max(...of.members.map((member) => delayOf(member.of)));
}

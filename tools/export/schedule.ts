import type { Contract } from '../telemetry/contract';
import { durationMs } from '../telemetry/duration';
import { slackOf } from './plan/reach';
import type { Hunt } from './plan/types';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When a detection rule runs, and how far it looks back; all in milliseconds. */
export interface Schedule {
  interval: number;
  lookback: number;
}

/**
 * A schedule that misses no window of `timespan`: events arrive up to `delay` after they happened, and a window that is
 * complete just after one run waits one interval for the next. A run looks back over the timespan twice, since it must see whether the condition
 * held within the timespan before, and over the delay, the interval, and a minute more, because runs are not punctual. What is looked back
 * on is the time of arrival.
 */
export function windowSchedule(timespan: number, contracts: readonly Contract[]): Schedule {
  const delay = worstDelay(contracts);
  const often = Math.max(MINUTE, Math.min(5 * MINUTE, wholeMinutes(timespan / 2)));
  // Nobody gains from a search every five minutes for what may come three days late.
  const interval = delay >= 24 * HOUR ? HOUR : often;
  return { interval, lookback: 2 * timespan + delay + interval + MINUTE };
}

/** A rule on single events looks at each arrival twice; Kibana makes one alert of an event, however often it is found. */
export function eventSchedule(): Schedule {
  return { interval: 5 * MINUTE, lookback: 10 * MINUTE };
}

/** A query runs at each of its ticks, or once a window. A tick lies up to an interval before its run, and the one before lies another before that. */
export function huntSchedule({ schedule, windowMs, settleMs, baselineMs }: Hunt): Schedule {
  const interval = schedule?.everyMs ?? windowMs;
  const delay = schedule?.delayMs ?? 0;
  const lookback = 2 * interval + slackOf(interval) + delay + settleMs + windowMs + baselineMs;
  return { interval, lookback: lookback + MINUTE };
}

function worstDelay(contracts: readonly Contract[]): number {
  return Math.max(...contracts.map(({ delay }) => durationMs(delay.worst)));
}

function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}

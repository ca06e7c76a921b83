import type { Contract } from '../../telemetry/contract';
import { durationMs } from '../../telemetry/duration';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When a detection rule runs, and how far it looks back; all in milliseconds. */
export interface Schedule {
  interval: number;
  lookback: number;
  /** The longest that the sources' records may take to arrive. */
  delay: number;
}

/**
 * A schedule that misses no window of `timespan`: events arrive up to `delay` after they happened, and a window that is
 * complete just after one run waits one interval for the next. So a run looks back over the timespan, the delay and the
 * interval, and a minute more, because runs are not punctual. What is looked back on is the time of arrival.
 */
export function windowSchedule(timespan: number, contracts: Contract[]): Schedule {
  const delay = worstDelay(contracts);
  const often = Math.max(MINUTE, Math.min(5 * MINUTE, wholeMinutes(timespan / 2)));
  // Nobody gains from a search every five minutes for what may come three days late.
  const interval = delay >= 24 * HOUR ? HOUR : often;
  return { interval, lookback: timespan + delay + interval + MINUTE, delay };
}

/** A rule on single events looks at each arrival twice; Kibana makes one alert of an event, however often it is found. */
export function eventSchedule(): Schedule {
  return { interval: 5 * MINUTE, lookback: 10 * MINUTE, delay: 0 };
}

/**
 * A schedule whose whole lookback may stand for the timespan, as a threshold rule needs it, or `null` where there is none:
 * delay and interval together may make it longer by a tenth at most.
 */
export function thresholdSchedule(timespan: number, contracts: Contract[]): Schedule | null {
  const delay = worstDelay(contracts);
  const interval = Math.max(MINUTE, Math.min(HOUR, wholeMinutes(timespan / 60)));
  return delay + interval <= timespan / 10 ? { interval, lookback: timespan + delay + interval, delay } : null;
}

function worstDelay(contracts: Contract[]): number {
  return Math.max(...contracts.map(({ delay }) => durationMs(delay.worst)));
}

function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}

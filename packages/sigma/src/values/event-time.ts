import { scalarAt, type Event } from './event';
import { readTime } from './date-time';

/** Where records of the usual log sources have their time. */
export const TIME_FIELDS = ['@timestamp', 'timestamp', 'eventTime', 'EventTime', 'time', 'TimeCreated', 'UtcTime'];

/**
 * The time of an event in epoch milliseconds: the first value at the first of the fields that is one, as `readTime` reads it; `null` where
 * none is.
 */
export function timeOf(event: Event, fields: readonly string[]): number | null {
  for (const field of fields)
    for (const value of [scalarAt(event, field)].flat()) {
      const time = readTime(value);
      if (time !== null) return time;
    }
  return null;
}

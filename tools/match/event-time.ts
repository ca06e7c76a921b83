import { scalarAt, type Event } from '../content/event';
import { isDay } from '../content/day';

/** Where records of the usual log sources have their time. */
export const TIME_FIELDS = ['@timestamp', 'timestamp', 'eventTime', 'EventTime', 'time', 'TimeCreated', 'UtcTime'];

/** A calendar date with an optional time of day; without an offset it is UTC, as in `docs/semantics.md`. */
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?([Zz]|[+-]\d{2}:?\d{2})?)?$/;

/** Numbers below are seconds since the epoch, numbers from it on milliseconds: the year 5138, or March 1973. */
const FIRST_MILLISECONDS = 1e11;

/** The time of an event in epoch milliseconds: that of the first of the fields which holds one; `null` where none does. */
export function timeOf(event: Event, fields: readonly string[]): number | null {
  for (const field of fields) {
    const value = scalarAt(event, field);
    const time = readTime(Array.isArray(value) ? value[0] : value);
    if (time !== null) return time;
  }
  return null;
}

/** ISO 8601, or a number of seconds or milliseconds since the epoch; in whole milliseconds. */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') {
    const ms = Math.floor(value < FIRST_MILLISECONDS ? value * 1000 : value);
    return Math.abs(ms) <= 8.64e15 ? ms : null;
  }
  const found = typeof value === 'string' ? DATE_TIME.exec(value) : null;
  if (found === null) return null;
  const [, date, clock = '00:00:00', offset = 'Z'] = found;
  const ms = Date.parse(`${date}T${clock.replace(',', '.')}${offset.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(ms) || !isDay(date!) ? null : ms;
}

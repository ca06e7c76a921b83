import { Failure } from '../foundation/content/failure';
import type { Contract } from './contract';
import { isEpochMs, readDateTime } from '@tollgate/sigma/values/date-time';

/** A time with its offset: without one nobody knows the zone of the log. */
const WITH_OFFSET = /^[^T]*T.*(?:Z|[+-]\d\d(?::?\d\d)?)$/i;
/** What `Date.prototype.toISOString` writes: such a time, on a day that is in every month, needs no conversion. */
const EXACT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** The same in whole seconds, as CloudTrail writes it. */
const WHOLE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
/** SNS delivery logs: UTC, a space between, no offset. */
const SNS = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/;

/** The form of a time field's text, where it is not ISO 8601; for the schema of the record. */
export function timePattern(format: Contract['time']['format']): string | null {
  return format === 'sns' ? SNS.source : null;
}

/**
 * Returns what makes `@timestamp` of the time field's value: an ISO 8601 string in UTC with milliseconds (finer digits
 * are cut off). That throws a `Failure` with exit code 1 where the value is not a time in the contract's format.
 */
export function timestamper({ field, format }: Contract['time']): (value: unknown) => string {
  const wrong = (value: unknown): Failure =>
    new Failure(
      1,
      `the record's ${field} is ${shown(value)}, not a time in the format ${format}`,
      'check that the records are of this log source, and that nothing rewrote their time',
    );
  const fromText = (text: string): string => {
    const ms = readDateTime(text);
    if (ms === null) throw wrong(text);
    return isoTime(ms);
  };
  switch (format) {
    case 'iso8601':
      return (value) => {
        if (typeof value !== 'string') throw wrong(value);
        if (value === lastTime || EXACT.test(value)) return value;
        if (WHOLE.test(value)) return `${value.slice(0, -1)}.000Z`;
        if (!WITH_OFFSET.test(value)) throw wrong(value);
        return fromText(value);
      };
    case 'epoch_millis':
      return (value) => {
        // Seconds or microseconds would be a time of another age.
        if (typeof value !== 'number' || !isEpochMs(value)) throw wrong(value);
        return isoTime(value);
      };
    case 'sns':
      return (value) => {
        if (typeof value !== 'string' || !SNS.test(value)) throw wrong(value);
        return fromText(value);
      };
    default:
      return format satisfies never;
  }
}

/** A value in a message: short, and whatever its depth. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a map';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
}

const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE_DIGITS = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));
let lastDay = NaN;
let lastDate = '';
/** What was written last: a simulated record's own time, when `timestamper` is given it, needs no look at its letters. */
let lastTime = '1970-01-01T00:00:00.000Z';

/**
 * `Date.prototype.toISOString` of epoch milliseconds, about five times as fast where neighbours are of the same day:
 * a replay writes two such times for every record. Throws a `RangeError` where it does.
 */
export function isoTime(ms: number): string {
  const whole = Math.trunc(ms);
  const day = Math.floor(whole / DAY_MS);
  if (day !== lastDay) {
    lastDate = new Date(day * DAY_MS).toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay = day;
  }
  const rest = whole - day * DAY_MS;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  return (lastTime = `${lastDate}${clock}.${THREE_DIGITS[rest % 1000]}Z`);
}

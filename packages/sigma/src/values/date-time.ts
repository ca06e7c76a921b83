/** A calendar date of ISO 8601, with or without a time of day, which may lack its seconds and its offset. */
const EXTENDED =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?([Zz]|[+-]\d\d(?::?\d\d)?))?)?$/;
/** The same without separators; a date alone would be like any number of eight digits. */
const BASIC = /^(\d{4})(\d\d)(\d\d)[Tt ](\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?(?: ?([Zz]|[+-]\d\d(?::?\d\d)?))?$/;

const MINUTE_MS = 60_000;

/**
 * The time that a text names in a form of ISO 8601, in epoch milliseconds; finer digits are cut off, so that no time is later than it was.
 * Without an offset it is UTC. `null` of any other text, and of what no calendar or clock has: a day such as 30 February, an hour after
 * 24:00:00, the second 60.
 */
export function readDateTime(text: string): number | null {
  const found = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((digits) => Number(digits ?? 0)) as Six;
  const [ms, offset] = [Number((found[7] ?? '').slice(0, 3).padEnd(3, '0')), offsetMs(found[8])];
  // A day that is not in its month would be one of the next.
  const date = new Date(0).setUTCFullYear(year, month - 1, day);
  if (month < 1 || month > 12 || day < 1 || new Date(date).getUTCDate() !== day || offset === null) return null;
  const isEndOfDay = hour === 24 && found[6] === '00' && minute === 0 && !/[1-9]/.test(found[7] ?? '');
  if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 59) return null;
  return date + ((hour * 60 + minute) * 60 + second) * 1000 + ms - offset;
}

type Six = [number, number, number, number, number, number];

function offsetMs(text: string | undefined): number | null {
  if (text === undefined || text === 'Z' || text === 'z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), text.length > 3 ? Number(text.slice(-2)) : 0];
  if (hours > 23 || minutes > 59) return null;
  const ms = (hours * 60 + minutes) * MINUTE_MS;
  return text.startsWith('-') ? -ms : ms;
}

/** A number is a time if it is one from 1980 to 2099 in some unit. The units' ranges are far apart: a time in one is none in another. */
const [FIRST_SECOND, LAST_SECOND] = [Date.UTC(1980, 0) / 1000, Date.UTC(2100, 0) / 1000];
/** A text is a time if it is one from 1970 on: before that there are only dates that stand for none, such as the year 1. */
const [FIRST_MS, LAST_MS] = [0, LAST_SECOND * 1000];

/** Whether a number is a time in milliseconds. */
export function isEpochMs(number: number): boolean {
  return number >= FIRST_SECOND * 1000 && number < LAST_SECOND * 1000;
}

const NUMBER = /^\d+(?:\.\d+)?(?:[eE]\+?\d{1,2})?$/;

/**
 * When something happened that a log says in whatever form: as `readDateTime` reads it, or as seconds, milliseconds, microseconds or
 * nanoseconds since the epoch, as a number or its text. In epoch milliseconds; finer digits are cut off. `null` for what is no plausible
 * time: neither is a duration, a zero or a date in the year 9999.
 */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number' || typeof value === 'bigint') return readEpoch(String(value));
  if (typeof value !== 'string') return null;
  const time = readDateTime(value);
  if (time === null) return readEpoch(value);
  return time >= FIRST_MS && time < LAST_MS ? time : null;
}

function readEpoch(text: string): number | null {
  if (!NUMBER.test(text)) return null;
  const number = Number(text);
  for (const finer of [0, 3, 6, 9]) {
    const unit = 10 ** finer;
    if (number < FIRST_SECOND * unit || number >= LAST_SECOND * unit) continue;
    // Digits are moved, since a product of doubles may lie below or above the millisecond that is written.
    const [whole, fraction = ''] = (/[eE]/.test(text) ? String(number) : text).split('.') as [string, string?];
    return finer === 0
      ? Number(whole + fraction.slice(0, 3).padEnd(3, '0'))
      : Number(whole.slice(0, whole.length - finer + 3));
  }
  return null;
}

import type { Numeric } from '../content/scalar';
import type { Comparison, TimePart } from '../sigma/plan';

/** ISO 8601 calendar date, with an optional time of day and offset; without an offset it is UTC. */
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(Z|z|[+-]\d{2}:?\d{2})?)?$/;

export function compare(op: Comparison, left: Numeric, right: Numeric): boolean {
  switch (op) {
    case 'eq':
      return left === right;
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
  }
}

/** A part of a date in UTC; the week is ISO 8601's. `null` for what is no date. */
export function timePartOf(value: unknown, part: TimePart): number | null {
  const found = typeof value === 'string' ? DATE_TIME.exec(value) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((text) => Number(text ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second);
  const sameDay = local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  const offset = offsetMs(found[7]);
  if (!sameDay || hour > 23 || minute > 59 || second > 59 || offset === null) return null;
  const date = new Date(local.getTime() - offset);
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'week':
      return isoWeek(date);
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
  }
}

function offsetMs(text: string | undefined): number | null {
  if (text === undefined || /^z$/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  if (hours > 23 || minutes > 59) return null;
  const ms = (hours * 60 + minutes) * 60_000;
  return text.startsWith('-') ? -ms : ms;
}

/** The week that holds this week's Thursday, counted from the year's first Thursday. */
function isoWeek(date: Date): number {
  const day = 86_400_000;
  const midnight = Math.floor(date.getTime() / day) * day;
  const thursday = new Date(midnight + (4 - (date.getUTCDay() || 7)) * day);
  const yearStart = new Date(0).setUTCFullYear(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - yearStart) / (7 * day));
}

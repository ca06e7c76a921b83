import type { Numeric } from '../values/scalar';
import type { ComparisonOperator, TimePart } from '../rules/plan';
import { readDateTime } from '../values/date-time';

export function compare(op: ComparisonOperator, left: Numeric, right: Numeric): boolean {
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
  const time = typeof value === 'string' ? readDateTime(value) : null;
  if (time === null) return null;
  const date = new Date(time);
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

/** The week that holds this week's Thursday, counted from the year's first Thursday. */
function isoWeek(date: Date): number {
  const day = 86_400_000;
  const midnight = Math.floor(date.getTime() / day) * day;
  const thursday = new Date(midnight + (4 - (date.getUTCDay() || 7)) * day);
  const yearStart = new Date(0).setUTCFullYear(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - yearStart) / (7 * day));
}

/** Times of a run. All are epoch milliseconds. */

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** The measured days begin here, a Monday; history lies before it. Fixed, since no wall clock may enter a dataset. */
export const EPOCH = Date.UTC(2026, 7, 3);

/** How busy a business is: relative weights of the hours of a day and of the days of a week, Monday first. */
export interface Curve {
  hours: number[];
  days: number[];
}

/** The share of a full day's (weight 1) arrivals that falls into the minute beginning at `time`. */
export function minuteShare(curve: Curve, offsetMinutes: number, time: number): number {
  const local = time + offsetMinutes * MINUTE;
  const day = Math.floor(local / DAY);
  const position = (local - day * DAY) / HOUR;
  const hour = Math.floor(position);
  const next = curve.hours[(hour + 1) % 24]!;
  const weight = curve.hours[hour]! + (next - curve.hours[hour]!) * (position - hour);
  // 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  const total = curve.hours.reduce((sum, one) => sum + one, 0);
  return (curve.days[weekday]! * weight) / total / 60;
}

/** How an engine takes a text of a time apart: `v` is the text. */
export interface TimeParts {
  /** Whether `v` matches an expression of RE2, Java and Joni alike; and the text of one of its groups, empty where it has none. */
  matches(expression: string): string;
  group(expression: string, number: number): string;
  /** Days since 1970 of `yyyy-mm-dd`; null of what no calendar has. */
  days(date: string): string;
  /** A whole number, of digits. */
  whole(digits: string): string;
}

const ZONE = '(?: ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?';
const EXTENDED = `^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?${ZONE})?$`;
const BASIC = `^([0-9]{4})([0-9]{2})([0-9]{2})[Tt ]([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:[.,]([0-9]+))?)?${ZONE}$`;

/** Writes epoch milliseconds of the text `v` as `readDateTime` reads it. */
export function timeByGroups(parts: TimeParts): string {
  return `CASE WHEN ${parts.matches(EXTENDED)} THEN ${timeOf(parts, EXTENDED)} WHEN ${parts.matches(BASIC)} THEN ${timeOf(parts, BASIC)} END`;
}

function timeOf({ group, days, whole }: TimeParts, expression: string): string {
  const part = (number: number) => `coalesce(${group(expression, number)}, '')`;
  const number = (text: string) => whole(`concat('0', ${text})`);
  const [hour, minute, second] = [4, 5, 6].map((each) => number(part(each))) as [string, string, string];
  const [fraction, zone] = [part(7), part(8)];
  const hours = number(`substr(${zone}, 2, 2)`);
  const minutes = number(`CASE WHEN length(${zone}) > 3 THEN substr(${zone}, length(${zone}) - 1, 2) ELSE '' END`);
  const isClock = `(${hour} < 24 OR (${hour} = 24 AND ${part(5)} = '00' AND ${part(6)} = '00' AND replace(${fraction}, '0', '') = '')) AND ${minute} < 60 AND ${second} < 60`;
  const isZone = `${hours} < 24 AND ${minutes} < 60`;
  const offset = `(${hours} * 60 + ${minutes}) * CASE WHEN substr(${zone}, 1, 1) = '-' THEN -60000 ELSE 60000 END`;
  const date = `concat(concat(concat(${group(expression, 1)}, '-'), concat(${group(expression, 2)}, '-')), ${group(expression, 3)})`;
  const milliseconds = number(`substr(concat(${fraction}, '000'), 1, 3)`);
  return `CASE WHEN ${isClock} AND ${isZone} THEN ${days(date)} * 86400000 + ((${hour} * 60 + ${minute}) * 60 + ${second}) * 1000 + ${milliseconds} - ${offset} END`;
}

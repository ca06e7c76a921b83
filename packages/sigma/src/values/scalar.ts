/** A number as JSON writes it. */
export const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Fewer digits are kept by any double. */
const DIGITS_OF_DOUBLES = 15;

/** The most digits of an integer that is compared as a number; a longer one is no more than its text. Any double can hold one of so many. */
export const MAX_DIGITS = 300;

/** A number of an event or a rule: a double, or an integer whose digits no double keeps. */
export type Numeric = number | bigint;

/** Whether an integer of these digits is compared as a number. */
export function isNumeric(digits: string): boolean {
  return digits.length <= MAX_DIGITS || (digits.startsWith('-') && digits.length === MAX_DIGITS + 1);
}

/** The integer that JSON writes with these digits: its double where that has them as its text, or else exactly. */
export function integerOf(digits: string): Numeric {
  const double = Number(digits);
  return digits.length <= DIGITS_OF_DOUBLES || String(double) === digits ? double : BigInt(digits);
}

/** The number that a plan compares with, which has digits that no double keeps as a text. */
export function boundOf(value: number | string): Numeric {
  return typeof value === 'string' ? BigInt(value) : value;
}

/**
 * A value as comparisons, sums and averages see it: a finite number, or a string that is one as JSON writes it. An integer is
 * exact, whatever its digits up to `MAX_DIGITS`; any other number is the nearest double. `null` for everything else.
 */
export function numberOf(value: unknown): Numeric | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return value;
  const found = typeof value === 'string' ? JSON_NUMBER.exec(value) : null;
  if (found === null) return null;
  const [text, fraction, exponent] = found;
  if (fraction === undefined && exponent === undefined) return isNumeric(text) ? integerOf(text) : null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A value as patterns, groups and counts see it: a number is its shortest decimal text. `null` has no text. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : null;
}

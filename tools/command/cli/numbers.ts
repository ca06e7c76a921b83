import { InvalidArgumentError } from 'commander';

/** Reads an option's value as a whole number between two, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Seeds of a simulation. */
export const seed = wholeNumber(0, 999_999_999);

import type { Parameter } from '../../detection/parameters/declared';
import { fullName } from '../../detection/parameters/declared';
import { Failure } from '../../foundation/content/failure';

/** Where the highest value is so many times the lowest, the steps multiply: equal ones would leave the low end out. */
const WIDE = 10;

/**
 * So many values over a parameter's range, both ends included, and the value that it has, in their order. Whole numbers
 * may be fewer. Throws a `Failure` (2) where the range has no ends.
 */
export function valuesOver(parameter: Parameter, steps: number): number[] {
  const [low, high] = parameter.range;
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw new Failure(2, `the parameter '${fullName(parameter)}' has no range`, 'give --values');
  const at = (part: number): number =>
    low > 0 && high / low >= WIDE ? low * (high / low) ** part : low + (high - low) * part;
  const tidy = (value: number): number =>
    Math.min(high, Math.max(low, parameter.isWhole ? Math.round(value) : Number(value.toPrecision(3))));
  const values = Array.from({ length: steps }, (_, step) => tidy(at(steps === 1 ? 0 : step / (steps - 1))));
  return inOrder([...values, parameter.value]);
}

/** Each value once, from the lowest up. */
export function inOrder(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

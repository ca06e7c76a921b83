import { Failure } from '../content/failure';
import type { Scalar } from '../content/event';
import { MAX_TUPLES } from './limits';

/** The tuples that lists of values stand for, each once; none if any of the fields has no value. */
export function tuplesOf(values: readonly (Scalar | Scalar[] | null)[]): Scalar[][] {
  if (values.every((value) => value !== null && !Array.isArray(value))) return [values as Scalar[]];
  let tuples: Scalar[][] = [[]];
  for (const value of values) {
    const choices = value === null ? [] : [...new Set(Array.isArray(value) ? value : [value])];
    if (tuples.length * choices.length > MAX_TUPLES) {
      const hint = 'group or count by fewer fields that are lists';
      throw new Failure(
        1,
        `an event has more than ${MAX_TUPLES} combinations of values in the fields of a correlation`,
        hint,
      );
    }
    tuples = tuples.flatMap((tuple) => choices.map((choice) => [...tuple, choice]));
  }
  return tuples;
}

/** A text that is the same for equal tuples only: it tells "1" from 1, and where one value ends. */
export function tupleKey(values: readonly (Scalar | null)[]): string {
  return values.length === 1 && typeof values[0] === 'string' ? `"${values[0]}` : JSON.stringify(values);
}

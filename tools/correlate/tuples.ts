import { Failure } from '../content/failure';
import type { Scalar } from '../content/event';
import { textOf } from '../content/scalar';
import { MAX_TUPLES } from './limits';

/** The tuples that lists of values stand for, each once; none if any of the fields has no value. Values with the same text are one. */
export function tuplesOf(values: readonly (Scalar | Scalar[] | null)[]): Scalar[][] {
  if (values.every((value) => value !== null && !Array.isArray(value))) return [values as Scalar[]];
  let tuples: Scalar[][] = [[]];
  for (const value of values) {
    const choices = value === null ? [] : distinct(Array.isArray(value) ? value : [value]);
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

/** The values without those whose text another one before has: a number and its text are one. */
export function distinct(values: readonly Scalar[]): Scalar[] {
  if (values.length < 2) return [...values];
  const byText = new Map<string, Scalar>();
  for (const value of values) {
    const text = String(value);
    if (!byText.has(text)) byText.set(text, value);
  }
  return [...byText.values()];
}

/** A text that is the same for equal tuples only: it tells where one value ends, but not a number from its text. */
export function tupleKey(values: readonly (Scalar | null)[]): string {
  const [only] = values;
  if (values.length === 1 && only !== null && only !== undefined) return `"${only}`;
  return JSON.stringify(values.map(textOf));
}

import type { Scalar } from '../values/event';
import { textOf } from '../values/scalar';
import { MAX_TUPLES } from './limits';

/**
 * The tuples that lists of values stand for, each once; none if any of the fields has no value. Values with the same text are one.
 * The caller has made sure that there are not too many (`combinationsOf`).
 */
export function tuplesOf(values: readonly (Scalar | Scalar[] | null)[]): Scalar[][] {
  if (values.every((value) => value !== null && !Array.isArray(value))) return [values as Scalar[]];
  let tuples: Scalar[][] = [[]];
  for (const value of values) {
    const choices = value === null ? [] : distinct(Array.isArray(value) ? value : [value]);
    tuples = tuples.flatMap((tuple) => choices.map((choice) => [...tuple, choice]));
  }
  return tuples;
}

/** How many tuples these are, up to `MAX_TUPLES`; `Infinity` for more. */
export function combinationsOf(values: readonly (Scalar | Scalar[] | null)[]): number {
  if (values.some((value) => value === null)) return 0;
  const lists = values.filter((value) => Array.isArray(value));
  const atMost = lists.reduce((product, list) => product * list.length, 1);
  if (atMost <= MAX_TUPLES) return atMost;
  const number = lists.reduce((product, list) => product * distinct(list).length, 1);
  return number <= MAX_TUPLES ? number : Infinity;
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

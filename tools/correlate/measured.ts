import type { Scalar } from '../content/event';
import type { CorrelationType } from '../sigma/model';
import { tupleKey, tuplesOf } from './tuples';

/** What one event adds to the quantity of a correlation: a value to be told apart or a number, several of them, or none. */
export type Measured = Scalar | readonly Scalar[] | null;

/** Reads what is measured from the value of the condition's field. */
export function measureValue(type: CorrelationType, value: Scalar | Scalar[] | null): Measured {
  switch (type) {
    case 'event_count':
    case 'temporal':
    case 'temporal_ordered':
      return null;
    case 'value_count':
      return Array.isArray(value) ? tuplesOf([value]).map(([each]) => each!) : value;
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile':
    case 'value_median':
      return Array.isArray(value) ? value.flatMap((each) => numberOf(each) ?? []) : numberOf(value);
  }
}

/** The same from the values of several fields: the tuples of them are told apart; of numbers there is one field. */
export function measureValues(type: CorrelationType, values: readonly (Scalar | Scalar[] | null)[]): Measured {
  return type === 'value_count' ? tuplesOf(values).map(tupleKey) : measureValue(type, values[0] ?? null);
}

/** A number, also one that was logged as text; anything else does not count. */
function numberOf(value: Scalar | null): number | null {
  const number = typeof value === 'string' && /^-?\d/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

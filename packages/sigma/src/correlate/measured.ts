import type { Scalar } from '../values/event';
import { numberOf, textOf } from '../values/scalar';
import type { CorrelationType } from '../rules/model';
import { distinct, tupleKey, tuplesOf } from './tuples';

/** What one event adds to the quantity of a correlation: a value to be told apart or a number, several of them, or none. */
export type MeasuredValues = Scalar | readonly Scalar[] | null;

/** Reads what is measured from the value of the condition's field: a text, by which values are told apart, or a number. */
export function measureValue(type: CorrelationType, value: Scalar | Scalar[] | null): MeasuredValues {
  switch (type) {
    case 'event_count':
    case 'temporal':
    case 'temporal_ordered':
      return null;
    case 'value_count':
      return Array.isArray(value) ? distinct(value).map(String) : textOf(value);
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile':
    case 'value_median':
      return Array.isArray(value) ? value.flatMap((each) => numberOf(each) ?? []) : numberOf(value);
  }
}

/** The same from the values of several fields: the tuples of them are told apart; of numbers there is one field. */
export function measureValues(type: CorrelationType, values: readonly (Scalar | Scalar[] | null)[]): MeasuredValues {
  return type === 'value_count' ? tuplesOf(values).map(tupleKey) : measureValue(type, values[0] ?? null);
}

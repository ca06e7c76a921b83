import type { Scalar } from '../content/event';
import type { CorrelationType } from '../sigma/model';
import { tupleKey, tuplesOf } from './tuples';

const NONE: readonly never[] = [];

/** What one event adds to the quantity of a correlation: keys of the values to be told apart, or numbers. */
export type Measured = readonly (string | number)[];

/** Reads what is measured from the values of the condition's fields. */
export function measure(type: CorrelationType, values: readonly (Scalar | Scalar[] | null)[]): Measured {
  switch (type) {
    case 'event_count':
    case 'temporal':
    case 'temporal_ordered':
      return NONE;
    case 'value_count':
      return tuplesOf(values).map(tupleKey);
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile':
    case 'value_median':
      return numbersIn(values[0] ?? null);
  }
}

/** Numbers, also those that were logged as text; anything else does not count. */
function numbersIn(value: Scalar | Scalar[] | null): number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  const number = typeof value === 'string' && /^-?\d/.test(value) ? Number(value) : NaN;
  return Number.isFinite(number) ? [number] : [];
}

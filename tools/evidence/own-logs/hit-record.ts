import { isScalar, valuesAt, type Event } from '@tollgate/sigma/values/event';
import { isMap } from '@tollgate/sigma/values/map';
import type { Contract, Conversion, FieldType } from '../../telemetry/contract';
import { valueReader } from '../../telemetry/form-value';
import { setAt } from '../../telemetry/normalise';
import type { Place } from './say';
import { valuesIn, type FoundDocument } from './shape';

/** A list of objects of the contract's record, the index's objects for it, and the names of their parts. */
export interface RecordList {
  name: string;
  object: string;
  /** Key of the contract's objects → key of the index's. */
  keys: ReadonlyMap<string, string>;
}

/** An index has a number or a truth as text, where the field is a part of a flattened one. */
const AS: Record<FieldType, Conversion> = {
  keyword: 'text',
  ip: 'text',
  date: 'text',
  long: 'long',
  double: 'double',
  boolean: 'boolean',
};

/** Makes the contract's record, of these fields and lists only, of a document that a search found. */
export function recordReader(
  contract: Contract,
  parts: ReadonlyMap<string, Place[]>,
  lists: readonly RecordList[],
): (hit: FoundDocument) => Event {
  const readers = [...parts].map(([name, places]) => ({
    keys: name.split('.'),
    places: places.map((place) => ({ field: place.field, convert: converterOf(name, place, contract) })),
  }));
  const time = contract.time.field;
  const readTime = valueReader(time, { from: 'time', as: 'time' }, contract);
  return (hit) => {
    const record: Event = {};
    for (const { keys, places } of readers)
      for (const { field, convert } of places) {
        const values = valuesIn(hit, field).flatMap((value) => convert(value) ?? []);
        if (values.length === 0) continue;
        setAt(record, keys, values.length > 1 ? values : values[0]);
        break;
      }
    for (const { name, object, keys } of lists) {
      const objects = valuesAt(hit.source, object).filter(isMap);
      const renamed = objects.map((one) => withKeys(one, keys));
      if (objects.length > 0) setAt(record, name.split('.'), renamed);
    }
    setAt(record, time.split('.'), readTime({ time: hit.time }));
    return record;
  };
}

function converterOf(name: string, { field, values }: Place, contract: Contract): (value: unknown) => unknown {
  const inverse = values && Object.fromEntries(Object.entries(values).map(([own, there]) => [there, own]));
  const as = AS[contract.fields[name]!.type];
  const read = valueReader(name, { from: field, as, ...(inverse && { values: inverse }) }, contract);
  return (value) => (isScalar(value) ? read({ [field]: value }) : undefined);
}

function withKeys(object: Event, keys: ReadonlyMap<string, string>): Event {
  const result: Event = {};
  for (const [key, from] of keys) {
    const values = valuesAt(object, from).filter(isScalar);
    if (values.length > 0) setAt(result, key.split('.'), values.length > 1 ? values : values[0]);
  }
  return result;
}

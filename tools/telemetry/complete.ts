import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import type { Contract } from './contract';
import { deriver } from './derive';

/** What adds `@timestamp` and the derived fields to a record that lacks any that every event has. It throws as `deriver` does. */
export function completer(contract: Contract): (record: Event) => Event {
  const derive = deriver(contract);
  const always = Object.entries(contract.derived).filter(([, field]) => !field.optional);
  const needed = ['@timestamp', ...always.map(([name]) => name)];
  return (record) => {
    if (needed.every((field) => scalarAt(record, field) !== null)) return record;
    // The deriver reads the time only; when the record was ingested matters to nothing here.
    return derive(record, 0);
  };
}

import { fieldReader, type Event, type FieldReader } from '@tollgate/sigma/values/event';
import { Failure } from '../../foundation/content/failure';
import type { Contract } from '../../telemetry/contract';
import { timestamper } from '../../telemetry/time';

/** Of the fields that every record of a source has, so many at least must be there: vendors leave out what they document. */
const LEAST_SHARE = 0.6;

interface Candidate {
  id: string;
  time: FieldReader;
  toTimestamp: (value: unknown) => string;
  required: FieldReader[];
  closed: { read: FieldReader; values: ReadonlySet<unknown> }[];
}

/** Says of a record which log source it is of; null where none or several fit equally. */
export type Recogniser = (record: Event) => string | null;

/** Knows a record by the time in its source's format, the fields that the source always has, and their values where the list is closed. */
export function recogniser(contracts: Iterable<Contract>): Recogniser {
  const candidates = [...contracts].map(candidate);
  return (record) => {
    let best: { id: string; score: number } | null = null;
    let isTie = false;
    for (const one of candidates) {
      const score = scoreOf(one, record);
      if (score === null || (best !== null && score < best.score)) continue;
      isTie = best !== null && score === best.score;
      best = { id: one.id, score };
    }
    return isTie ? null : (best?.id ?? null);
  };
}

function candidate(contract: Contract): Candidate {
  const required = Object.entries(contract.fields).filter(([, { optional }]) => optional !== true);
  return {
    id: contract.id,
    time: fieldReader(contract.time.field),
    toTimestamp: timestamper(contract.time),
    required: required.map(([name]) => fieldReader(name)),
    closed: required.flatMap(([name, { values }]) =>
      values === undefined ? [] : [{ read: fieldReader(name), values: new Set<unknown>(values) }],
    ),
  };
}

/** How many of the fields are there; null where it is no record of the source. */
function scoreOf({ time, toTimestamp, required, closed }: Candidate, record: Event): number | null {
  const times = time(record);
  if (times.length !== 1) return null;
  for (const { read, values } of closed) if (read(record).some((value) => !values.has(value))) return null;
  let present = 0;
  for (const read of required) if (read(record).length > 0) present++;
  if (present < LEAST_SHARE * required.length) return null;
  try {
    toTimestamp(times[0]);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
  return present;
}

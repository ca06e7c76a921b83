import type { Event } from '@tollgate/sigma/values/event';
import { getOwn, isMap, setOwn } from '@tollgate/sigma/values/map';
import { integerOf, isNumeric, type Numeric } from '@tollgate/sigma/values/scalar';
import { assetFields, type Contract, type Derivation } from './contract';
import { changedTo, entriesOf, pairsOf, restAfter } from './entries';
import { addressIn, blockOf, countryOf, rangeOf, suffixOf } from './phone';
import { isoTime, timestamper } from './time';

/** Turns a vendor's record into an event; `ingestedMs` is when the log delivered it, in epoch milliseconds. */
export type Deriver = (record: Record<string, unknown>, ingestedMs: number) => Event;

/** Reads or computes a value; `undefined` leaves the field out. */
type Read = (record: Record<string, unknown>) => unknown;
type Compute = (record: Record<string, unknown>, ingestedMs: number) => unknown;

/** Which parts of a record are added or replaced. Only the maps on the way to them are copied. */
interface Patch {
  key: string;
  compute?: Compute;
  below: Patch[];
}

/**
 * Returns what adds `@timestamp`, `event.ingested` and the contract's derived fields to a record, as nested maps, and
 * turns its maps with data for keys into lists. The record itself is not changed; parts that stay as they are, are
 * shared with the event. Fields whose value can't be computed are left out.
 *
 * `assets` is the site's own table: account, host, service name or id of a source → product. What it does not hold is its own product.
 * The deriver throws a `Failure` with exit code 1 where the record has no valid time.
 */
export function deriver(contract: Contract, assets: ReadonlyMap<string, string> = new Map()): Deriver {
  const patches: Patch[] = [];
  for (const path of contract.entries ?? []) {
    const map = reader(path);
    patch(patches, path, (record) => {
      const value = map(record);
      return value === undefined ? undefined : entriesOf(value);
    });
  }
  const derived = new Map<string, Read>();
  for (const [path, { derive }] of Object.entries(contract.derived)) {
    const source = (from: string): Read => derived.get(from) ?? reader(from);
    const compute =
      derive.how === 'asset'
        ? assetReader(assetFields(derive).map(source), reader(path), assets, contract.id)
        : computation(derive, source);
    derived.set(path, compute);
    patch(patches, path, compute);
  }
  patch(patches, 'event.ingested', (_, ingestedMs) => isoTime(ingestedMs));
  const time = reader(contract.time.field);
  const timestamp = timestamper(contract.time);

  return (given, ingestedMs) => {
    const record = nested(given);
    const event: Event = copyInto({ '@timestamp': '' }, record);
    event['@timestamp'] = timestamp(time(record));
    apply(patches, event, record, ingestedMs);
    return event;
  };
}

/** The asset that the record came with, that of the first field that holds a text, or else that of the source's id. */
function assetReader(fields: Read[], own: Read, assets: ReadonlyMap<string, string>, id: string): Read {
  return (record) => {
    const named = own(record) ?? undefined;
    if (named !== undefined) return named;
    for (const read of fields) {
      const key = read(record);
      if (typeof key === 'string' && key !== '') return assets.get(key) ?? key;
    }
    return assets.get(id) ?? id;
  };
}

/** `source` gives what a derivation's `from` names: a field of the record, or a derived one. */
function computation(derive: Exclude<Derivation, { how: 'asset' }>, source: (from: string) => Read): Read {
  const read = source(derive.from);
  const ofText =
    (compute: (text: string) => unknown): Read =>
    (record) => {
      const value = read(record);
      return typeof value === 'string' ? (compute(value) ?? undefined) : undefined;
    };
  switch (derive.how) {
    case 'country':
      return ofText(countryOf);
    case 'block':
      return ofText(blockOf);
    case 'range':
      return ofText(rangeOf);
    case 'suffix':
      return ofText(suffixOf);
    case 'address':
      return ofText(addressIn);
    case 'number':
      return (record) => decimalOf(read(record));
    case 'copy':
      return (record) => read(record) ?? undefined;
    case 'first': {
      const readOther = source(derive.or);
      return (record) => firstOf(read(record)) ?? firstOf(readOther(record));
    }
    case 'picked':
      return picker(derive.from, derive.by, derive.is);
    case 'changed':
      return (record) => someOf(changedTo(entriesOf(read(record)), derive.to));
    case 'pairs':
      return (record) => someOf(pairsOf(entriesOf(read(record))));
    case 'after':
      return (record) => restAfter(read(record), derive.prefix);
    default:
      return derive satisfies never;
  }
}

function sameText(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === text.toLowerCase();
}

/** Decimal text, as the vendors write limits; everything else, such as `0x10` or `1e9`, is not one. */
const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

function decimalOf(value: unknown): Numeric | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  const found = typeof value === 'string' ? DECIMAL.exec(value) : null;
  if (found === null || !isNumeric(found[0])) return undefined;
  return found[1] === undefined ? integerOf(String(BigInt(found[0]))) : Number(found[0]);
}

function firstOf(value: unknown): unknown {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}

/** Reads `from` of the first object of a list whose `by` is `is`, an object alone being a list of it; case doesn't matter, as in names of HTTP headers. */
function picker(from: string, by: string, is: string): Read {
  const [keys, others] = [from.split('.'), by.split('.')];
  const [key, other] = [keys.pop()!, others.pop()!];
  const list = reader(keys.join('.'));
  return (record) => {
    const objects = list(record);
    const all: unknown[] = Array.isArray(objects) ? objects : [objects];
    const found = all.find((one) => isMap(one) && sameText(one[other], is)) as Event | undefined;
    return found?.[key] ?? undefined;
  };
}

/** An empty list has no value that a rule could see, so the field is left out. */
function someOf(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Reads a dotted path in nested maps. */
function reader(path: string): Read {
  const keys = path.split('.');
  return (record) => {
    let value: unknown = record;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = (value as Record<string, unknown>)[key];
    }
    return value;
  };
}

function patch(patches: Patch[], path: string, compute: Compute): void {
  const keys = path.split('.');
  let level = patches;
  keys.forEach((key, depth) => {
    let one = level.find((other) => other.key === key);
    if (!one) level.push((one = { key, below: [] }));
    if (depth === keys.length - 1) one.compute = compute;
    level = one.below;
  });
}

/** Writes the patches into `target`, which is a copy that may be written to. */
function apply(
  patches: Patch[],
  target: Record<string, unknown>,
  record: Record<string, unknown>,
  ingestedMs: number,
): void {
  for (const { key, compute, below } of patches) {
    if (compute) {
      const value = compute(record, ingestedMs);
      if (value !== undefined) target[key] = value;
      continue;
    }
    const there = target[key];
    const copy = isMap(there) ? copyInto({}, there) : {};
    apply(below, copy, record, ingestedMs);
    if (isMap(there) || Object.keys(copy).length > 0) target[key] = copy;
  }
}

/**
 * Loggers may write `{"event.action": …}` for `{"event": {"action": …}}`. Events are nested, so that two keys never
 * mean the same field; a record that is nested already is returned itself.
 */
function nested(record: Record<string, unknown>): Record<string, unknown> {
  let dotted = false;
  for (const key in record) dotted ||= key.includes('.');
  if (!dotted) return record;
  const copy: Record<string, unknown> = {};
  /** The maps that are the copy's own. */
  const own = new Set<unknown>();
  for (const [key, value] of Object.entries(record)) {
    const keys = key.split('.');
    const last = keys.pop()!;
    let level = copy;
    for (const one of keys) level = ownMap(level, one, own);
    if (isMap(value) && isMap(getOwn(level, last))) copyInto(ownMap(level, last, own), value);
    else setOwn(level, last, value);
  }
  return copy;
}

/** The map at a key, for writing into: one that belongs to the record is copied first, once. */
function ownMap(level: Record<string, unknown>, key: string, own: Set<unknown>): Record<string, unknown> {
  const there = getOwn(level, key);
  if (isMap(there) && own.has(there)) return there;
  const map = isMap(there) ? copyInto({}, there) : {};
  own.add(map);
  setOwn(level, key, map);
  return map;
}

/** As a spread does, but V8 adds properties to what a spread made ten times as slowly as to this. */
function copyInto(target: Record<string, unknown>, map: Record<string, unknown>): Record<string, unknown> {
  for (const key in map) setOwn(target, key, map[key]);
  return target;
}

import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../foundation/content/failure';
import { isMap, setOwn, type JsonMap } from '@tollgate/sigma/values/map';
import { BESIDE } from '../foundation/ndjson/envelope';
import { completer } from './complete';
import type { Contract, Form } from './contract';
import { conditionsTest, getter, parsed, valueReader, type Getter } from './form-value';

/** A record that is left out, with what is wrong in a few words, by which such are counted. */
export class LostRecord extends Failure {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(1, message);
    this.name = 'LostRecord';
  }
}

/** What was made of something delivered. */
export interface NormalRecord {
  contract: Contract;
  /** The form's key in the contract; empty where it is of none, and was taken to be the contract's own. */
  form: string;
  /** With `@timestamp` and the derived fields; none of what is no record. */
  events: Event[];
}

/** A path in a form that begins so reads what is around the record, when the form says where in it the record lies. */
const AROUND = '@around.';

/**
 * Makes events of what is delivered, in whatever form of the sources. With one source, what fits none of its forms is taken to have
 * its own shape; with several, it is lost. `only`: this form alone is looked for.
 */
export class Normaliser {
  private sources: { contract: Contract; forms: CompiledForm[]; complete: (record: Event) => Event }[];

  constructor(contracts: readonly Contract[], only: string | null = null) {
    this.sources = contracts.map((contract) => ({
      contract,
      forms: Object.entries(contract.forms ?? {}).flatMap(([id, form]) =>
        only === null || only === id ? [compiled(id, form, contract, only !== null)] : [],
      ),
      complete: completer(contract),
    }));
  }

  /** Throws a `LostRecord` for what can't be made a record, or one without its time. */
  take(delivered: Event): NormalRecord {
    const { contract, form, records, complete } = this.translate(delivered);
    try {
      return { contract, form, events: records.map(complete) };
    } catch (error) {
      throw asLost(error, contract);
    }
  }

  /** The records as the contract has them, before anything is derived, and what derives it. */
  translate(delivered: Event): {
    contract: Contract;
    form: string;
    records: Event[];
    complete: (record: Event) => Event;
  } {
    const some = withoutIndex(delivered);
    for (const source of this.sources) {
      const form = source.forms.find(({ fits }) => fits(some));
      if (form === undefined) continue;
      if (source !== this.sources[0]) this.sources = [source, ...this.sources.filter((other) => other !== source)];
      const { contract, complete } = source;
      try {
        return { contract, form: form.id, records: form.records(some), complete };
      } catch (error) {
        throw asLost(error, contract);
      }
    }
    const [only] = this.sources;
    if (only !== undefined && this.sources.length === 1)
      return { contract: only.contract, form: '', records: [withoutBeside(some)], complete: only.complete };
    throw new LostRecord('of no known source', 'this record has no form that any source knows');
  }
}

/** An error of making a record; that of its time is the only one that a `Failure` tells. */
function asLost(error: unknown, { time }: Contract): unknown {
  if (!(error instanceof Failure) || error instanceof LostRecord || error.exitCode !== 1) return error;
  return new LostRecord(`without a time in ${time.field}`, error.message);
}

interface CompiledForm {
  id: string;
  fits: (delivered: JsonMap) => boolean;
  records: (delivered: JsonMap) => Event[];
}

function compiled(id: string, form: Form, contract: Contract, isForced: boolean): CompiledForm {
  const fits = isForced ? () => true : conditionsTest(form.when);
  if (form.skip) return { id, fits, records: () => [] };
  const inner = form.record === undefined ? null : getter(form.record);
  const common = settersOf(form.fields ?? {}, contract);
  const yields = (form.yields ?? [{ fields: {} }]).map(({ when = {}, fields }) => ({
    holds: conditionsTest(when),
    set: settersOf(fields, contract),
  }));
  const passes = form.passes === true || form.fields === undefined;
  const records = (delivered: JsonMap): Event[] => {
    const record = inner === null ? delivered : recordAt(inner, delivered, form.record!);
    const readers = yields.filter(({ holds }) => holds(record));
    return readers.map(({ set }) => {
      const event: Event = passes ? withoutBeside(record) : {};
      common(event, record, delivered);
      set(event, record, delivered);
      return event;
    });
  };
  return { id, fits, records };
}

function recordAt(inner: Getter, delivered: JsonMap, path: string): JsonMap {
  const record = parsed(inner(delivered));
  if (isMap(record)) return record;
  throw new LostRecord(`no JSON object in ${path}`, `${path} holds no JSON object`);
}

/** Writes fields of a form into an event, whose maps are copied before. */
function settersOf(
  fields: Form['fields'] & object,
  contract: Contract,
): (event: Event, record: JsonMap, delivered: JsonMap) => void {
  const setters = Object.entries(fields).map(([path, value]) => {
    const isAround = JSON.stringify(value).includes(`"${AROUND}`);
    const isBeside = JSON.stringify(value).includes(`"${BESIDE}.`);
    const read = valueReader(path, isAround ? unprefixed(value) : value, contract);
    return { keys: path.split('.'), read, isOutside: isAround || isBeside };
  });
  return (event, record, delivered) => {
    for (const { keys, read, isOutside } of setters) {
      const value = read(isOutside ? delivered : record);
      if (value !== undefined) setAt(event, keys, value);
    }
  };
}

function unprefixed<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(`"${AROUND}`, '"')) as Value;
}

/** Writes a value at a path, whose maps are copied before. */
export function setAt(event: Event, keys: readonly string[], value: unknown): void {
  let level = event;
  for (const key of keys.slice(0, -1)) {
    const there = Object.hasOwn(level, key) ? level[key] : undefined;
    const copy: JsonMap = isMap(there) ? { ...there } : {};
    setOwn<unknown>(level, key, copy);
    level = copy;
  }
  setOwn<unknown>(level, keys.at(-1)!, value);
}

/** A document of Elasticsearch with its index around it is what the index was given. */
export function withoutIndex(delivered: Event): Event {
  const source = delivered['_source'];
  return isMap(source) && delivered['_index'] !== undefined ? source : delivered;
}

function withoutBeside(record: JsonMap): Event {
  const event: Event = { ...record };
  delete event[BESIDE];
  return event;
}

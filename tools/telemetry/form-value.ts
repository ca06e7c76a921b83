import { Failure } from '../foundation/content/failure';
import { parseJson } from '@tollgate/sigma/values/json';
import { isMap, setOwn, type JsonMap } from '@tollgate/sigma/values/map';
import { isNumeric, integerOf } from '@tollgate/sigma/values/scalar';
import type { Conditions, Contract, Conversion, FormValue } from './contract';
import { readTime } from '@tollgate/sigma/values/date-time';
import { isoTime } from './time';
import { readNamedMonth } from './named-month';

/** Reads a path of something delivered; `undefined` where there is nothing. A column's name may hold dots. */
export type Getter = (delivered: JsonMap) => unknown;

export function getter(path: string): Getter {
  const keys = path.split('.');
  if (keys.length === 1)
    return (delivered) => (Object.hasOwn(delivered, path) ? (delivered[path] ?? undefined) : undefined);
  return (delivered) => {
    let value: unknown = delivered;
    for (const key of keys) {
      if (!isMap(value) || !Object.hasOwn(value, key))
        return (Object.hasOwn(delivered, path) ? delivered[path] : undefined) ?? undefined;
      value = value[key];
    }
    return value ?? undefined;
  };
}

/** A test of whether all conditions hold. */
export function conditionsTest(conditions: Conditions): (delivered: JsonMap) => boolean {
  const tests = Object.entries(conditions).map(([path, wanted]) => {
    const read = getter(path);
    if (typeof wanted === 'boolean') return (delivered: JsonMap) => (read(delivered) !== undefined) === wanted;
    const patterns = [wanted].flat().map(patternOf);
    return (delivered: JsonMap) => {
      const value = read(delivered);
      return value !== undefined && patterns.some((matches) => matches(String(value)));
    };
  });
  return (delivered) => tests.every((holds) => holds(delivered));
}

/** A match of a text with `*` for any characters, in linear time. */
function patternOf(pattern: string): (text: string) => boolean {
  const [first, ...rest] = pattern.split('*');
  if (rest.length === 0) return (text) => text === pattern;
  const last = rest.pop()!;
  return (text) => {
    if (!text.startsWith(first!) || text.length < first!.length + last.length || !text.endsWith(last)) return false;
    let at = first!.length;
    for (const part of rest) {
      at = text.indexOf(part, at);
      if (at < 0) return false;
      at += part.length;
    }
    return at <= text.length - last.length;
  };
}

/** Reads a form's value as the contract has it; `undefined` where there is none. Throws a `Failure` (1) for what cannot be made the contract's. */
export function valueReader(path: string, value: FormValue, contract: Contract): Getter {
  if (typeof value === 'string') return getter(value);
  if ('is' in value) return () => value.is;
  if ('list' in value) {
    const objects = value.list.map((object) =>
      Object.entries(object).map(([key, from]) => [key, getter(from)] as const),
    );
    return (delivered) => {
      const list = objects
        .map((parts) => objectOf(parts, delivered))
        .filter((object) => Object.keys(object).length > 0);
      return list.length > 0 ? list : undefined;
    };
  }
  const { from, joined, none = [], values, as, prefix } = value;
  const readers = [from].flat().map(getter);
  const convert = as === undefined ? null : converter(as, path, contract);
  return (delivered) => {
    const found = readers.map((read) => read(delivered)).filter((each) => each !== undefined && each !== '');
    let result: unknown = joined
      ? found.length === readers.length
        ? found.map(String).join(' ')
        : undefined
      : found[0];
    if (result === undefined || none.includes(String(result))) return undefined;
    if (values !== undefined && Object.hasOwn(values, String(result))) return values[String(result)];
    if (convert !== null) result = convert(result);
    return result === undefined || prefix === undefined ? result : prefix + String(result);
  };
}

function objectOf(parts: readonly (readonly [string, Getter])[], delivered: JsonMap): JsonMap {
  const object: JsonMap = {};
  for (const [key, read] of parts) {
    const value = read(delivered);
    if (value !== undefined && value !== '') setOwn<unknown>(object, key, value);
  }
  return object;
}

/** What a text is when it is read as JSON; anything else as it is. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    return undefined;
  }
}

/** `METHOD target HTTP/version`; the target may be a whole address. */
const REQUEST = /^(\S+) (\S+)(?: (HTTP\/\S+))?$/;
const TARGET = /^(?:[a-z][a-z0-9+.-]*:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i;
const PORT = /^(?:\[([^\]]+)\]|([^:]+)):\d+$/;

function converter(as: Conversion, path: string, contract: Contract): (value: unknown) => unknown {
  switch (as) {
    case 'text':
      return String;
    case 'upper':
      return (value) => String(value).toUpperCase();
    case 'lower':
      return (value) => String(value).toLowerCase();
    case 'long':
      return (value) =>
        /^[+-]?\d+$/.test(String(value)) && isNumeric(String(value)) ? integerOf(String(value)) : undefined;
    case 'double':
      return (value) => (/^[+-]?\d+(?:\.\d+)?$/.test(String(value)) ? Number(value) : undefined);
    case 'boolean':
      return (value) => ({ true: true, false: false, yes: true, no: false })[String(value).toLowerCase()];
    case 'address':
      return (value) => withoutPort(String(value));
    case 'decoded':
      return (value) => decoded(String(value));
    case 'time':
      return timeConverter(path, contract);
    default:
      return (value) => requestPart(String(value), as);
  }
}

function withoutPort(address: string): string {
  const found = PORT.exec(address);
  return found?.[1] ?? found?.[2] ?? address;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function requestPart(request: string, part: 'method' | 'host' | 'path' | 'query' | 'version'): string | undefined {
  const found = REQUEST.exec(request);
  if (found === null) return undefined;
  const [, method, target, version] = found;
  const [, host, path, query] = TARGET.exec(target!)!;
  const some = { method, host: host?.replace(/:\d+$/, ''), path, query, version }[part];
  return some === undefined || some === '' ? undefined : some;
}

/** A time as the field of the contract has it: its own time in its format, any other in ISO 8601. */
function timeConverter(path: string, { time, fields }: Contract): (value: unknown) => unknown {
  const format = path === time.field ? time.format : fields[path]?.type === 'long' ? 'epoch_millis' : 'iso8601';
  return (value) => {
    const ms = readTime(value) ?? (typeof value === 'string' ? readNamedMonth(value) : null);
    if (ms === null)
      throw new Failure(1, `${JSON.stringify(String(value).slice(0, 60))} is not a time, but ${path} is made from it`);
    if (format === 'epoch_millis') return ms;
    const text = isoTime(ms);
    return format === 'sns' ? text.slice(0, -1).replace('T', ' ') : text;
  };
}

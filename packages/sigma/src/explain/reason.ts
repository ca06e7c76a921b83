import { nearest } from '../diagnostics/suggest';
import { timePartOf } from '../memory/values';
import { compileTest } from '../memory/test';
import { parseAddress } from '../rules/network';
import type { PatternPart, Test } from '../rules/plan';
import { fieldReader, isScalar, presenceTest, type Event } from '../values/event';
import { numberOf, textOf } from '../values/scalar';

/** Why a test does not hold on an event. */
export type Reason =
  /** The event has no such field; `near`: one that it has and that may be meant. */
  | { kind: 'missing'; field: string; near: string | null }
  /** The field is null, an empty list, or a map, none of which is a value. */
  | { kind: 'null' | 'empty' | 'map'; field: string }
  /** The field is there, or has a value, and must not. */
  | { kind: 'present'; field: string }
  /** A value that differs in nothing but the case of letters, or the spaces around it. */
  | { kind: 'case' | 'spaces'; value: string }
  /** A value that holds the text, but not where it must stand. */
  | { kind: 'place'; value: string }
  /** No value is of the kind that is compared. */
  | { kind: 'no-number' | 'no-address' | 'no-date' }
  /** The values are of the right kind, and others. */
  | { kind: 'different' };

/** Why a test does not hold on an event, on which it does not hold. */
export function reasonOf(test: Test, event: Event): Reason {
  if (test.field === null) return { kind: 'different' };
  if (test.kind === 'exists' && !test.present) return { kind: 'present', field: test.field };
  if (test.kind === 'null') return { kind: 'present', field: test.field };
  for (const field of test.kind === 'ref' ? [test.field, test.other] : [test.field]) {
    const lack = lackOf(field, event);
    if (lack !== null) return lack;
  }
  return (
    kindReason(test, fieldReader(test.field)(event)) ?? textReason(test, test.field, event) ?? { kind: 'different' }
  );
}

/** Why a field has no value; null where it has one. */
function lackOf(field: string, event: Event): Reason | null {
  if (!presenceTest(field)(event)) return { kind: 'missing', field, near: nearField(field, event) };
  const values = fieldReader(field)(event);
  if (values.some(isScalar)) return null;
  if (values.length === 0) return { kind: 'empty', field };
  return { kind: values.every((value) => value === null) ? 'null' : 'map', field };
}

function kindReason(test: Test, values: unknown[]): Reason | null {
  switch (test.kind) {
    case 'number':
      return values.some((value) => numberOf(value) !== null) ? null : { kind: 'no-number' };
    case 'cidr':
      return values.some((value) => typeof value === 'string' && parseAddress(value) !== null)
        ? null
        : { kind: 'no-address' };
    case 'time':
      return values.some((value) => timePartOf(value, test.part) !== null) ? null : { kind: 'no-date' };
    default:
      return null;
  }
}

/** What one would have to overlook for the test to hold. */
function textReason(test: Test, field: string, event: Event): Reason | null {
  const loose = ignoringCase(test);
  const inside = anywhere(test);
  for (const value of fieldReader(field)(event)) {
    const text = textOf(value);
    if (text === null) continue;
    const others = test.kind === 'ref' ? { [test.other]: fieldReader(test.other)(event) } : {};
    const holdsOn = (one: Test, alone: string) => compileTest(one)({ ...others, [field]: alone });
    if (loose !== null && holdsOn(loose, text)) return { kind: 'case', value: text };
    if (text.trim() !== text && holdsOn(test, text.trim())) return { kind: 'spaces', value: text };
    if (inside !== null && holdsOn(inside, text)) return { kind: 'place', value: text };
  }
  return null;
}

function ignoringCase(test: Test): Test | null {
  if (test.kind === 'regex') return test.ignoreCase ? null : { ...test, ignoreCase: true };
  return (test.kind === 'pattern' || test.kind === 'ref') && test.cased ? { ...test, cased: false } : null;
}

/** The same text at any place; null where it may stand anywhere already, or there is none. */
function anywhere(test: Test): Test | null {
  if (test.kind === 'ref') return test.match === 'contains' ? null : { ...test, match: 'contains' };
  if (test.kind !== 'pattern' || !test.parts.some((part) => typeof part === 'string' && part !== '')) return null;
  const any: PatternPart = { wild: 'any' };
  return { ...test, parts: [any, ...test.parts, any] };
}

/** Of shorter names any is like any other. */
const SHORTEST = 3;

/**
 * A field that an event has and that may be meant: the same in other letters, one of the same name at another place, or one beside it
 * whose name is like it.
 */
function nearField(field: string, event: Event): string | null {
  const fields = [...fieldsOf(event)];
  const same = fields.find((other) => other.toLowerCase() === field.toLowerCase());
  if (same !== undefined) return same;
  const [parent, name] = split(field);
  const elsewhere = fields.filter((other) => split(other)[1] === name);
  if (elsewhere.length === 1) return elsewhere[0]!;
  if (name.length < SHORTEST) return null;
  const beside = fields.map(split).filter(([other]) => other === parent);
  const near = nearest(
    name,
    beside.map(([, other]) => other),
  );
  return near === undefined ? null : parent + near;
}

/** A path as the part up to its last dot, and its last key. */
function split(path: string): [parent: string, name: string] {
  const at = path.lastIndexOf('.') + 1;
  return [path.slice(0, at), path.slice(at)];
}

/** Fields that are looked at for one that is meant: a bound on what a record can cost. */
const MOST_FIELDS = 1000;

/** The paths of an event's values, with dots between their keys. */
function fieldsOf(event: Event): Set<string> {
  const fields = new Set<string>();
  const pending: [string, unknown][] = Object.entries(event).reverse();
  for (let next = pending.pop(); next !== undefined && fields.size < MOST_FIELDS; next = pending.pop()) {
    const [path, value] = next;
    if (Array.isArray(value)) for (const item of value.slice(0, 10)) pending.push([path, item]);
    else if (typeof value === 'object' && value !== null)
      for (const [key, below] of Object.entries(value)) pending.push([`${path}.${key}`, below]);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fields.add(path);
  }
  return fields;
}

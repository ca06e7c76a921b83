import { getOwn } from '@tollgate/sigma/values/map';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import type { Literal } from '../../telemetry/contract';
import { closedValues, knownValues } from '../../telemetry/values';
import { leafOf, read, setting, type Leaf } from './leaf';

/** Records of one kind, and by what the events of cases that are made of them may differ. */
export interface Kind {
  contract: Contract;
  record: Record<string, unknown>;
  groupBy: readonly string[];
  count: string | null;
}

/** How an event, or each of several, differs from the record. */
export interface EventChoice {
  /** Of the counted values: another in each event, none of these in `more`, or the one with this number. */
  counted?: 'each' | 'more' | number;
  /** The group field that has another value than usual. */
  other?: string;
  /** The group field that has another value in each event. */
  own?: string;
  /** The condition that does not hold. */
  off?: string;
}

/**
 * The entries of a case's `set` for a choice; null where the source's records can't differ so. Numbers are of the ranges of Uzbekistan
 * and Azerbaijan in which the plans have none.
 */
export function settingFor(kind: Kind, choice: EventChoice): Record<string, unknown> | null {
  const { contract, record, groupBy, count } = kind;
  const found: Record<string, unknown> = {};
  // Several fields may come from one value of the record, as a number and its block do.
  const byLeaf = new Map<string, { leaf: Leaf; fields: string[] }>();
  for (const field of new Set([...groupBy, ...(count === null ? [] : [count])])) {
    const leaf = leafOf(contract, field, record);
    const isAsked = choice.other === field || choice.own === field || (field === count && choice.counted !== undefined);
    if (leaf === null && isAsked) return null;
    if (leaf === null) continue;
    const key = JSON.stringify([leaf.path, leaf.by?.is]);
    byLeaf.set(key, { leaf, fields: [...(byLeaf.get(key)?.fields ?? []), field] });
  }
  for (const { leaf, fields } of byLeaf.values()) {
    const value = leaf.isPhone ? numberFor(kind, choice) : valueFor(kind, choice, leaf, fields);
    if (value === null) return null;
    if (value !== undefined) Object.assign(found, setting(record, leaf, value));
  }
  if (choice.off === undefined) return found;
  const leaf = leafOf(contract, choice.off, record);
  const value = leaf && otherValue(contract, choice.off, read(record, leaf));
  return leaf === null || value === null ? null : Object.assign(found, setting(record, leaf, value));
}

/** A number of the usual or another block, range or country; null where none differs so. */
function numberFor(kind: Kind, { counted, other, own }: EventChoice): string | null {
  const { contract, count } = kind;
  const how = (field: string | undefined): string | undefined => field && getOwn(contract.derived, field)?.derive.how;
  const isPhone = (field: string | null | undefined): field is string =>
    typeof field === 'string' && leafOf(contract, field, kind.record)?.isPhone === true;
  const digits = lastDigits(counted);
  if (isPhone(count) && counted !== undefined) {
    const way = how(count);
    if (way === 'country') return isPhone(other) ? null : countryFor(counted);
    const country = isPhone(other) && how(other) === 'country' ? '+9940' : '+9980';
    // Longer than any number there, where no more than a hundred ranges are nobody's.
    if (way === 'range') return `${country}${digits}939421`;
    if (way === 'block') return `${country}${digits}9421`;
  }
  const last = isPhone(count) ? digits : '9421';
  if (isPhone(own)) {
    // Codes of countries can't be counted through.
    if (how(own) === 'country') return null;
    const rest = last === '{n:04}' ? '9421' : last;
    // A range is told by six digits, a block by eight.
    return how(own) === 'range' ? `+9980{n:02}93${rest}` : `+99800{n:03}${rest}`;
  }
  if (!isPhone(other)) return `+99800093${last}`;
  const to = { country: '+99400010', range: '+99800193' }[how(other) ?? ''] ?? '+99800094';
  return `${to}${last}`;
}

/** A number of another country in each event; ten countries' codes follow each other, and no number there is like this. */
function countryFor(counted: NonNullable<EventChoice['counted']>): string {
  return `+${counted === 'each' ? '22{n}' : counted === 'more' ? '23{n}' : `24${counted}`}000939421`;
}

function lastDigits(counted: EventChoice['counted']): string {
  if (typeof counted === 'number') return String(9500 + counted);
  return counted === undefined ? '9421' : counted === 'each' ? '{n:04}' : '5{n:03}';
}

/** The end of a counted value that is no number of a phone. */
const WHICH: Partial<Record<string, string>> = { each: '{n}', more: 'f{n}' };

/** Undefined where the record's own value is meant, null where there is no other. */
function valueFor({ contract, record, count }: Kind, choice: EventChoice, leaf: Leaf, fields: string[]): unknown {
  const field = getOwn(fieldsOf(contract), leaf.path) ?? fieldsOf(contract)[fields[0]!]!;
  const own = read(record, leaf);
  const isOwn = choice.own !== undefined && fields.includes(choice.own);
  const isCounted = count !== null && fields.includes(count);
  if (isOwn || (isCounted && choice.counted !== undefined)) {
    if (closedValues(field) !== null || (field.type !== 'keyword' && field.type !== 'ip')) return null;
    const which = isOwn ? '{n}' : (WHICH[String(choice.counted)] ?? `f${String(choice.counted)}`);
    if (field.type === 'ip') return `2001:db8::${which}`;
    return `${typeof own === 'string' ? own : 'example'}-${which}`;
  }
  return choice.other !== undefined && fields.includes(choice.other)
    ? otherValue(contract, choice.other, own)
    : undefined;
}

/** A value that the field may have and that is not this one; null where there is none. */
export function otherValue(contract: Contract, name: string, value: unknown): Literal | null {
  const field = getOwn(contract.fields, name) ?? fieldsOf(contract)[name];
  if (field === undefined) return null;
  const known = knownValues(field).find((one) => one.value !== value);
  if (known !== undefined) return known.value;
  if (closedValues(field) !== null) return null;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (field.type === 'ip') return '203.0.113.250';
  if (typeof value !== 'string') return field.type === 'keyword' ? 'another' : null;
  // Ids keep their length.
  return /X{4}/.test(value)
    ? value.replaceAll('X', 'Y')
    : /\d$/.test(value)
      ? `${value.slice(0, -1)}${(Number(value.at(-1)) + 1) % 10}`
      : `${value}-other`;
}

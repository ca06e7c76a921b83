import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { caseRecords, type Case, type CaseFile } from '../../evidence/replay/case-events';
import type { Contract, Literal } from '../../telemetry/contract';
import { deriver } from '../../telemetry/derive';
import type { Condition } from './draft';
import { leafOf, read, setting } from './leaf';
import { baseRecord } from './records';
import { otherValue } from './variants';

type VendorRecord = Record<string, unknown>;

/** How a neighbour's cases become those of a copy on another source. */
export interface Translation {
  source: Contract;
  target: Contract;
  /** Used field of the neighbour → its counterpart. */
  fields: ReadonlyMap<string, string>;
  /** The neighbour's detections, and what the copy asks in their place. */
  parts: { name: string; plan: Plan; conditions: readonly Condition[] }[];
}

/** The cases whose records can be told in the other source's, with the names of those that can't. */
export function translated(file: CaseFile, translation: Translation): { file: CaseFile; left: string[] } {
  const base: CaseFile['base'] = {};
  for (const name of Object.keys(file.base)) {
    const record = recordFor(file, name, translation);
    if (record !== null) base[name] = { source: translation.target.id, record };
  }
  const left: string[] = [];
  const cases = file.cases.flatMap((one): Case[] => {
    const events = one.events.map((event) => {
      const [from, to] = [file.base[event.use]?.record, base[event.use]?.record];
      const set = from && to && setIn(event.set ?? {}, from, to, translation);
      return set ? { ...event, set } : null;
    });
    if (events.every((event) => event !== null)) return [{ ...one, events }];
    left.push(one.name);
    return [];
  });
  const used = new Set(cases.flatMap(({ events }) => events.map(({ use }) => use)));
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => used.has(name)));
  return { file: { ...file, base: kept, cases }, left };
}

/** The other source's record for a base: of the one detection that it is of, or of none. */
function recordFor(file: CaseFile, name: string, { source, target, parts }: Translation): VendorRecord | null {
  if (file.base[name]!.source !== source.id) return null;
  const one: Case = { name, kind: 'quiet', alerts: 0, events: [{ use: name, at: '0s' }] };
  const [made] = caseRecords(file, one, new Map([[source.id, source]]));
  const event = deriver(source)(made!.record, made!.time);
  const of = parts.filter(({ plan }) => compilePredicate(plan)(event));
  if (of.length > 1) return null;
  const [part] = of;
  if (part) return baseRecord(target, part.conditions);
  const { conditions } = parts[0]!;
  const [first] = conditions;
  const value = first === undefined ? null : otherValue(target, first.field, first.value);
  return first === undefined || value === null
    ? null
    : baseRecord(target, conditions.with(0, { field: first.field, value }));
}

/** What an event sets, in the other source's records; null where it sets what has no counterpart and may matter. */
function setIn(
  set: VendorRecord,
  from: VendorRecord,
  to: VendorRecord,
  { source, target, fields, parts }: Translation,
): VendorRecord | null {
  const result: VendorRecord = {};
  const asked = new Set(parts.flatMap(({ plan }) => plan.fields.map((field) => leafOf(source, field, from)?.path)));
  for (const [path, value] of Object.entries(set)) {
    const found = [...fields].find(([field]) => leafOf(source, field, from)?.path === path);
    if (found === undefined) {
      // What nothing reads need not be told.
      if (asked.has(path) || Array.isArray(value)) return null;
      continue;
    }
    const leaf = leafOf(target, found[1], to);
    if (leaf === null || value === null) return null;
    // What differs from the neighbour's record has to differ from this one's too.
    const told = value === read(to, leaf) && value !== read(from, leafOf(source, found[0], from)!);
    const other = told ? otherValue(target, leaf.path, value) : (value as Literal);
    if (other === null) return null;
    Object.assign(result, setting(to, leaf, other));
  }
  return result;
}

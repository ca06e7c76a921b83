import type { Scalar } from '@tollgate/sigma/values/event';
import { distinct, tupleKey } from '@tollgate/sigma/correlate/tuples';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { HuntQuery, HuntScope } from './types';

/** What one selection of a query matched. `fields` name the columns of the matches' values. */
export interface HuntInput {
  selection: string;
  fields: string[];
  matches: Match[];
}

/** One event of a group, as one selection matched it. */
export interface GroupEvent {
  selection: string;
  /** The event's `n`. */
  event: number;
  time: number;
  ingested: number;
  /** In the order of `measuredFields`. */
  values: Match['values'];
  /** As how many events it is measured, all alike to the query; one where it is left out. */
  weight?: number;
  /** How many events of a window it stands for; as many as it is measured as where it is left out. */
  holds?: number;
}

/** As how many events one is measured. */
export function weightOf({ weight = 1 }: GroupEvent): number {
  return weight;
}

/** How many events of a window one stands for. */
export function heldBy({ weight = 1, holds = weight }: GroupEvent): number {
  return holds;
}

export interface HuntGroup {
  /** group-by field → value, in the query's order. */
  values: Record<string, Scalar>;
  events: GroupEvent[];
}

/** The matches of a query by group. */
export interface GroupIndex {
  groups: Map<string, HuntGroup>;
  /** Events that were left out because a group field has no value. */
  excluded: number;
}

/** More groups than any real event belongs to; only an event with long lists in its group fields reaches it, and is excluded. */
export const MAX_GROUPS_OF_EVENT = 100;

/** Fields that the query's measures read, each once. */
export function measuredFields(query: HuntQuery): string[] {
  return [...new Set(Object.values(query.measures).flatMap((measure) => measure.field ?? []))];
}

/** Every field that `indexGroups` needs of each match: ask an engine for these. */
export function fieldsNeeded(query: HuntQuery): string[] {
  const scope = [query.scope.asset, ...(query.scope.identity === null ? [] : [query.scope.identity])];
  return [...new Set([...query.groupBy, ...measuredFields(query), ...scope])];
}

/**
 * Sorts the matches of a query by group. An event that lacks a group field is left out and counted; one with a list in a
 * group field belongs to the group of each of its values. With `scope` only the events of that asset and identity are taken.
 */
export function indexGroups(query: HuntQuery, inputs: HuntInput[], scope: HuntScope = {}): GroupIndex {
  const groups = new Map<string, HuntGroup>();
  const excluded = new Set<number>();
  const measured = measuredFields(query);
  for (const { selection, fields, matches } of inputs) {
    const groupColumns = query.groupBy.map((field) => column(fields, field));
    const valueColumns = measured.map((field) => column(fields, field));
    const inScope = scopeTest(query, fields, scope);
    for (const match of matches) {
      if (!inScope(match)) continue;
      const combinations = combine(groupColumns.map((at) => match.values[at]));
      if (combinations.length === 0) excluded.add(match.event);
      const values = valueColumns.map((at) => match.values[at] ?? null);
      for (const combination of combinations) {
        const key = tupleKey(combination);
        let group = groups.get(key);
        if (!group) {
          group = { values: Object.fromEntries(query.groupBy.map((field, i) => [field, combination[i]!])), events: [] };
          groups.set(key, group);
        }
        group.events.push({ selection, event: match.event, time: match.time, ingested: match.ingested, values });
      }
    }
  }
  return { groups, excluded: excluded.size };
}

/** The keys of the groups that the inputs touch, as `huntAlerts` takes them. */
export function groupKeys(query: HuntQuery, inputs: HuntInput[]): Set<string> {
  return new Set(indexGroups(query, inputs).groups.keys());
}

function column(fields: string[], field: string): number {
  const at = fields.indexOf(field);
  if (at < 0) throw new RangeError(`the matches carry no '${field}': ask the engine for fieldsNeeded(query)`);
  return at;
}

function scopeTest(query: HuntQuery, fields: string[], scope: HuntScope): (match: Match) => boolean {
  const tests: [number, Scalar][] = [];
  if (scope.asset !== undefined) tests.push([column(fields, query.scope.asset), scope.asset]);
  if (scope.identity !== undefined && query.scope.identity !== null) {
    tests.push([column(fields, query.scope.identity), scope.identity]);
  }
  return (match) => tests.every(([at, wanted]) => scalars(match.values[at]).some((value) => String(value) === wanted));
}

/** Every way to take one value of each field; none where a field has no value. */
function combine(values: (Match['values'][number] | undefined)[]): Scalar[][] {
  let combinations: Scalar[][] = [[]];
  for (const value of values) {
    const choices = distinct(scalars(value));
    if (combinations.length * choices.length > MAX_GROUPS_OF_EVENT) return [];
    combinations = combinations.flatMap((combination) => choices.map((choice) => [...combination, choice]));
  }
  return combinations;
}

export function scalars(value: Match['values'][number] | undefined): Scalar[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

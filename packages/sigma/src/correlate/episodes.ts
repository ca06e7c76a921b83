import type { Match } from './match';
import type { Scalar } from '../values/event';
import { distinct, tupleKey } from './tuples';
import type { Alert } from './types';

/** The matches of a detection rule, and which of their values name the group. */
export interface EpisodeInput {
  fields: string[];
  matches: readonly Match[];
}

/**
 * The episodes of a detection rule, each match of which is an alert: matches of one group with no gap over `rearmMs`. A match
 * without a value of a group field belongs to the group that lacks it; a list of values makes it a member of each.
 */
export function episodes({ fields, matches }: EpisodeInput, groupFields: readonly string[], rearmMs: number): Alert[] {
  const columns = groupFields.map((field) => fields.indexOf(field));
  const missing = groupFields.find((_, index) => columns[index]! < 0);
  if (missing !== undefined) throw new Error(`the matches lack the group field '${missing}'`);
  const open = new Map<string, Alert>();
  const all: { key: string; alert: Alert }[] = [];
  const ordered = [...matches].sort((a, b) => a.time - b.time || a.event - b.event);
  for (const match of ordered) {
    for (const values of memberships(columns.map((column) => match.values[column] ?? null))) {
      const key = tupleKey(values);
      const last = open.get(key);
      if (last && match.time - last.end <= rearmMs) {
        last.end = match.time;
        if (last.events.at(-1) !== match.event) last.events.push(match.event);
        continue;
      }
      const present = groupFields.flatMap((field, index) => (values[index] === null ? [] : [[field, values[index]]]));
      const group = Object.fromEntries(present) as Record<string, Scalar>;
      const { time, ingested } = match;
      const alert = { group, start: time, end: time, visible: ingested, value: 1, events: [match.event] };
      open.set(key, alert);
      all.push({ key, alert });
    }
  }
  for (const { alert } of all) alert.events.sort((a, b) => a - b);
  all.sort((a, b) => a.alert.start - b.alert.start || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return all.map(({ alert }) => alert);
}

function memberships(values: readonly (Scalar | Scalar[] | null)[]): (Scalar | null)[][] {
  let tuples: (Scalar | null)[][] = [[]];
  for (const value of values) {
    const choices = Array.isArray(value) ? distinct(value) : [value];
    tuples = tuples.flatMap((tuple) => choices.map((each) => [...tuple, each]));
  }
  return tuples;
}

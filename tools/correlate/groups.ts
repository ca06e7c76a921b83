import type { Scalar } from '../content/event';
import type { CorrelationRule } from '../sigma/model';
import { measure, type Measured } from './measured';
import { tupleKey, tuplesOf } from './tuples';
import type { CorrelationInput, CorrelationMatch } from './types';

/** One event in one group, with which of the rules it satisfies. */
export interface Entry {
  time: number;
  ingested: number;
  match: CorrelationMatch;
  /** Positions in the correlation's `rules`, ascending. */
  rules: readonly number[];
  /** What it adds to the quantity. */
  measured: Measured;
}

export interface Group {
  key: string;
  values: Scalar[];
  /** In the order of time, then of event. */
  entries: Entry[];
}

/** The fields that a correlation reads of the matches of one of its rules: group-by and condition, with aliases resolved. */
export function fieldsNeeded(rule: CorrelationRule, ruleId: string): string[] {
  const names = [...rule.groupBy, ...(rule.condition.field ?? [])];
  return [...new Set(names.map((name) => fieldOf(rule, name, ruleId)))];
}

function fieldOf(rule: CorrelationRule, name: string, ruleId: string): string {
  const fields = Object.hasOwn(rule.aliases, name) ? rule.aliases[name]! : {};
  return Object.hasOwn(fields, ruleId) ? fields[ruleId]! : name;
}

/**
 * Deals the matches out to the groups. A list of values makes the event a member of each; an event without a value is
 * excluded. An event that satisfies several of the rules is one entry, with the values it has for the first of them.
 */
export function groupMatches(
  rule: CorrelationRule,
  inputs: readonly CorrelationInput[],
): { groups: Group[]; excluded: number } {
  const groups = new Map<string, Group>();
  const excluded = new Set<unknown>();
  const ordered = inputs
    .map((input) => ({ input, position: rule.rules.indexOf(input.rule) }))
    .sort((a, b) => a.position - b.position);
  for (const { input, position } of ordered) {
    if (position < 0) throw new Error(`the correlation '${rule.id}' does not refer to '${input.rule}'`);
    const columnOf = (name: string) => {
      const column = input.fields.indexOf(fieldOf(rule, name, input.rule));
      if (column < 0) throw new Error(`the matches of '${input.rule}' lack the field '${name}' of '${rule.id}'`);
      return column;
    };
    const groupColumns = rule.groupBy.map(columnOf);
    const valueColumns = (rule.condition.field ?? []).map(columnOf);
    const rules = [position];
    for (const match of input.matches) {
      const members = tuplesOf(groupColumns.map((column) => match.values[column] ?? null));
      if (members.length === 0) excluded.add(match.events ? match : match.event);
      const measured = measure(
        rule.type,
        valueColumns.map((column) => match.values[column] ?? null),
      );
      for (const values of members) {
        const key = tupleKey(values);
        let group = groups.get(key);
        if (!group) groups.set(key, (group = { key, values, entries: [] }));
        group.entries.push({ time: match.time, ingested: match.ingested, match, rules, measured });
      }
    }
  }
  for (const group of groups.values()) group.entries = inOrder(group.entries, inputs.length > 1);
  return { groups: [...groups.values()], excluded: excluded.size };
}

function inOrder(entries: Entry[], several: boolean): Entry[] {
  entries.sort((a, b) => a.time - b.time || a.match.event - b.match.event || a.rules[0]! - b.rules[0]!);
  if (!several) return entries;
  const merged: Entry[] = [];
  for (const entry of entries) {
    const last = merged.at(-1);
    const same = last && !entry.match.events && !last.match.events && last.match.event === entry.match.event;
    if (same) last.rules = [...last.rules, ...entry.rules];
    else merged.push(entry);
  }
  return merged;
}

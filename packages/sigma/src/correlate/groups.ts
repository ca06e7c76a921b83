import type { Scalar } from '../values/event';
import { isSame, join, type WindowEntry } from './entry';
import { visitInOrder } from './in-order';
import { groupKey, type RuleMatches } from './source';
import type { CorrelationMatch } from './types';

export interface CorrelationGroup {
  values: Scalar[];
  /** In the order of time, then of event. */
  entries: WindowEntry[];
}

/** Deals all matches of a correlation out to its groups. An event without a value of a group field is excluded, and so is one with too many. */
export function groupMatches(
  sources: readonly RuleMatches[],
  matches: readonly (readonly CorrelationMatch[])[],
): { groups: CorrelationGroup[]; excluded: number; crowded: number[] } {
  const groups = new Map<string, CorrelationGroup>();
  const excluded = new Set<unknown>();
  const crowded = new Set<number>();
  visitInOrder(matches, (position, match) => {
    const source = sources[position]!;
    if (source.isCrowded(match)) {
      crowded.add(match.event);
      return;
    }
    const members = source.groups(match);
    if (members.length === 0) excluded.add(match.inner ? match : match.event);
    const measured = source.measured(match);
    for (const values of members) {
      const key = groupKey(values);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { values, entries: [] }));
      const entry = source.entry(match, measured, members.length);
      const last = group.entries.at(-1);
      if (last && isSame(last, entry)) join(last, entry);
      else group.entries.push(entry);
    }
  });
  return { groups: [...groups.values()], excluded: excluded.size, crowded: [...crowded] };
}

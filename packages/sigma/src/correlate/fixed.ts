import type { CorrelationRule } from '../rules/model';
import { EventList } from './event-list';
import { Feed } from './feed';
import { groupMatches, type CorrelationGroup } from './groups';
import { oneOrMore } from './inner-window';
import { schedule } from './scheduled';
import { groupRecord, RuleMatches } from './source';
import type { Holding, Span, Spans } from './spans';
import { tumble } from './tumbling';
import { distinct, tupleKey } from './tuples';
import type { Alert, CorrelationInput, CorrelationMatch, CorrelationResult, Window } from './types';

type FixedWindow = Exclude<Window, { model: 'sliding' }>;

/** A result with the windows in which the condition held as matches, for the correlations that refer to this one. */
interface Found extends CorrelationResult {
  matches: CorrelationMatch[];
}

/**
 * Evaluates a correlation in windows that don't follow the events. The order of the matches does not matter. `fields` are the
 * values of the matches that it makes; none with `null`.
 */
export function search(
  rule: CorrelationRule,
  inputs: readonly CorrelationInput[],
  window: FixedWindow,
  fields: readonly string[] | null,
): Found {
  const feed = fields && new Feed(rule, fields);
  const sources = inputs.map((input) => new RuleMatches(rule, input.rule, input.fields, feed?.carried ?? []));
  const { groups, excluded, crowded } = groupMatches(
    sources,
    inputs.map((input) => input.matches),
  );
  const matches: CorrelationMatch[] = [];
  const found: { alert: Alert; key: string }[] = [];
  let peak: number | null = null;
  for (const group of groups) {
    const { spans, holding, peak: highest } = searchGroup(rule, group, window);
    const key = tupleKey(group.values);
    for (const span of spans) found.push({ alert: alertOf(rule, group, span), key });
    if (feed) for (const each of holding) matches.push(matchOf(feed, group, each));
    if (highest !== null && (peak === null || highest > peak)) peak = highest;
  }
  found.sort((a, b) => a.alert.start - b.alert.start || (a.key < b.key ? -1 : 1));
  return { alerts: found.map(({ alert }) => alert), excluded, crowded, peak, matches };
}

function searchGroup(rule: CorrelationRule, { entries }: CorrelationGroup, window: FixedWindow): Spans {
  switch (window.model) {
    case 'tumbling':
      return tumble(rule, entries, window.originMs ?? 0);
    case 'scheduled':
      return schedule(rule, entries, window);
  }
}

function alertOf(rule: CorrelationRule, { values, entries }: CorrelationGroup, span: Span): Alert {
  const { start, end, visible, value, from, last, deliveredBy } = span;
  // Windows of one list may overlap, and what one passes over another may hold.
  const list = new EventList(Infinity, Infinity);
  for (const entry of entries.slice(from, last + 1)) if (entry.ingested <= deliveredBy) list.add(entry, -Infinity);
  return { group: groupRecord(rule, values), start, end, visible, value, events: list.sorted() };
}

function matchOf(
  feed: Feed,
  { values, entries }: CorrelationGroup,
  { time, visible, from, last, deliveredBy }: Holding,
): CorrelationMatch {
  const inside = entries.slice(from, last + 1).filter(({ ingested }) => ingested <= deliveredBy);
  const carried = feed.carried.map((_, column) =>
    oneOrMore(distinct(inside.flatMap((entry) => entry.carried![column] ?? []))),
  );
  const inner = { list: entries, from, to: last, deliveredBy, time, ingested: visible, held: 1, steps: [], step: 0 };
  return feed.match(values, carried, inner);
}

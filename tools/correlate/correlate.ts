import type { Numeric } from '../content/scalar';
import type { CorrelationRule } from '../sigma/model';
import { Feed } from './alert-match';
import { groupRecord, Source, type Entry } from './entry';
import { EventList } from './event-list';
import { groupMatches, type Group } from './groups';
import { visitInOrder } from './in-order';
import { schedule } from './scheduled';
import { Sliding, type Closed } from './sliding';
import type { Span, Spans } from './spans';
import { tumble } from './tumbling';
import { tupleKey } from './tuples';
import type { Alert, CorrelationInput, CorrelationMatch, CorrelationResult, Window } from './types';

/** A result with the alerts as matches, for the correlations that refer to this one. */
interface Evaluation extends CorrelationResult {
  matches: CorrelationMatch[];
}

type FixedWindow = Exclude<Window, { model: 'sliding' }>;

/**
 * Evaluates a correlation over the matches of the rules that it refers to. Exact for the window model that is asked for;
 * `sliding.ts` says when an alert begins and ends. The order of the matches does not matter.
 */
export function correlate(
  rule: CorrelationRule,
  inputs: readonly CorrelationInput[],
  window: Window = { model: 'sliding' },
): CorrelationResult {
  const { alerts, excluded, peak } = evaluate(rule, inputs, window, null);
  return { alerts, excluded, peak };
}

/** The same, with the alerts as matches whose values are `fields`; none with `null`. */
export function evaluate(
  rule: CorrelationRule,
  inputs: readonly CorrelationInput[],
  window: Window,
  fields: readonly string[] | null,
): Evaluation {
  const feed = fields && new Feed(rule, fields);
  const sources = inputs.map((input) => new Source(rule, input.rule, input.fields, feed?.carried ?? []));
  const found =
    window.model === 'sliding' ? slide(rule, sources, inputs, feed) : search(rule, sources, inputs, feed, window);
  const { closed, excluded, matches } = found;
  const keys = new Map(closed.map(({ alert, values }) => [alert, tupleKey(values)]));
  const alerts = closed.map(({ alert }) => alert);
  alerts.sort((a, b) => a.start - b.start || (keys.get(a)! < keys.get(b)! ? -1 : 1));
  return { alerts, excluded, matches, peak: hasLowerBound(rule) && found.peak !== null ? Number(found.peak) : null };
}

interface Found {
  closed: Pick<Closed, 'alert' | 'values'>[];
  excluded: number;
  peak: Numeric | null;
  matches: CorrelationMatch[];
}

function slide(
  rule: CorrelationRule,
  sources: Source[],
  inputs: readonly CorrelationInput[],
  feed: Feed | null,
): Found {
  const matches: CorrelationMatch[] = [];
  const closed: Closed[] = [];
  const repeats = inputs.some((input) => input.matches.some(({ events }) => events !== undefined));
  const sliding = new Sliding(rule, repeats, feed, (match) => matches.push(match));
  let now = -Infinity;
  visitInOrder(
    inputs.map((input) => input.matches),
    (position, match) => {
      if (match.time !== now) {
        sliding.step();
        sliding.advance((now = match.time), closed);
      }
      sliding.push(sources[position]!, match);
    },
  );
  sliding.step();
  sliding.finish(closed);
  return { closed, matches, excluded: sliding.excluded, peak: sliding.peak };
}

function search(
  rule: CorrelationRule,
  sources: Source[],
  inputs: readonly CorrelationInput[],
  feed: Feed | null,
  window: FixedWindow,
): Found {
  const { groups, excluded } = groupMatches(
    sources,
    inputs.map((input) => input.matches),
  );
  const found: Found = { closed: [], matches: [], excluded, peak: null };
  for (const group of groups) {
    const { spans, peak } = searchGroup(rule, group.entries, window);
    for (const span of spans) {
      found.closed.push({ alert: alertOf(rule, group, span), values: group.values });
      if (feed) found.matches.push(feed.match(group.values, span, span.deciding));
    }
    if (peak !== null && (found.peak === null || peak > found.peak)) found.peak = peak;
  }
  return found;
}

function searchGroup(rule: CorrelationRule, entries: readonly Entry[], window: FixedWindow): Spans {
  switch (window.model) {
    case 'tumbling':
      return tumble(rule, entries, window.originMs ?? 0);
    case 'scheduled':
      return schedule(rule, entries, window);
  }
}

/** Whether a high value can satisfy the condition, so that the highest says how near it came. */
function hasLowerBound({ condition }: CorrelationRule): boolean {
  return condition.gt !== undefined || condition.gte !== undefined || condition.eq !== undefined;
}

function alertOf(rule: CorrelationRule, { values, entries }: Group, span: Span): Alert {
  const { start, end, visible, value, from, last, deliveredBy } = span;
  const list = new EventList(Infinity, true);
  for (const entry of entries.slice(from, last + 1)) if (entry.ingested <= deliveredBy) list.add(entry);
  return { group: groupRecord(rule, values), start, end, visible, value, events: list.sorted() };
}

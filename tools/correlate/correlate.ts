import type { CorrelationRule } from '../sigma/model';
import { groupMatches, type Entry, type Group } from './groups';
import { schedule } from './scheduled';
import { slide } from './sliding';
import type { Span, Spans } from './spans';
import { tumble } from './tumbling';
import type { Alert, CorrelationInput, CorrelationResult, Window } from './types';

/**
 * Evaluates a correlation over the matches of the rules that it refers to. Exact for the window model that is asked for;
 * `sliding.ts` says when an alert begins and ends. The order of the matches does not matter.
 */
export function correlate(
  rule: CorrelationRule,
  inputs: readonly CorrelationInput[],
  window: Window = { model: 'sliding' },
): CorrelationResult {
  const { groups, excluded } = groupMatches(rule, inputs);
  const found: { group: Group; alert: Alert }[] = [];
  let peak: number | null = null;
  for (const group of groups) {
    const result = evaluate(rule, group.entries, window);
    for (const span of result.spans) found.push({ group, alert: alertOf(rule, group, span) });
    if (result.peak !== null && (peak === null || result.peak > peak)) peak = result.peak;
  }
  found.sort(
    (a, b) => a.alert.start - b.alert.start || (a.group.key < b.group.key ? -1 : a.group.key > b.group.key ? 1 : 0),
  );
  return { alerts: found.map(({ alert }) => alert), excluded, peak: hasLowerBound(rule) ? peak : null };
}

function evaluate(rule: CorrelationRule, entries: readonly Entry[], window: Window): Spans {
  switch (window.model) {
    case 'sliding':
      return slide(rule, entries);
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

function alertOf(rule: CorrelationRule, group: Group, span: Span): Alert {
  const { deliveredBy = Infinity } = span;
  const deciding = group.entries.slice(span.from, span.decided + 1);
  const all = group.entries.slice(span.from, span.last + 1).filter(({ ingested }) => ingested <= deliveredBy);
  const clock = span.clock ?? {
    start: deciding.at(-1)!.time,
    end: all.at(-1)!.time,
    visible: deciding.reduce((latest, { ingested }) => Math.max(latest, ingested), -Infinity),
  };
  return {
    group: Object.fromEntries(rule.groupBy.map((name, index) => [name, group.values[index]!])),
    ...clock,
    value: span.value,
    events: eventsOf(all),
  };
}

/** The events of some entries, ascending, without repetition. */
function eventsOf(entries: readonly Entry[]): number[] {
  const events = entries.flatMap(({ match }) => match.events ?? [match.event]);
  return [...new Set(events)].sort((a, b) => a - b);
}

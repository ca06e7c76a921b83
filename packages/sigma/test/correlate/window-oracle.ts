import type { Window } from '../../src/correlate/types';
import type { CorrelationRule } from '../../src/rules/model';
import { allOf, eventsOf, groupsOf, holds, measure } from './oracle';
import type { Episode, Moment, OracleInput, Row, Told } from './oracle';

export type FixedWindow = Exclude<Window, { model: 'sliding' }>;

const timesOf = (rows: Row[]) => rows.map(({ match }) => match.time);
const ingestedOf = (rows: Row[]) => rows.map(({ match }) => match.ingested);

/** Fixed windows by brute force: every bucket, or every run of a search, is filtered anew out of all events of a group. */
export function windowOracle(rule: CorrelationRule, inputs: OracleInput[], window: FixedWindow): Told {
  return allOf(
    [...groupsOf(rule, inputs)].map(([group, rows]) =>
      window.model === 'tumbling' ? buckets(rule, group, rows, window.originMs ?? 0) : runs(rule, group, rows, window),
    ),
  );
}

function buckets(rule: CorrelationRule, group: string, rows: Row[], originMs: number): Told {
  const numberOf = (time: number) => Math.floor((time - originMs) / rule.timespanMs);
  const numbers = timesOf(rows).map(numberOf);
  const episodes: Episode[] = [];
  const moments: Moment[] = [];
  let open: Row[] | null = null;
  for (let number = Math.min(...numbers); number <= Math.max(...numbers); number++) {
    const inside = rows.filter(({ match }) => numberOf(match.time) === number);
    const value = inside.length === 0 ? null : measure(rule, inside);
    if (value === null || !holds(rule, value)) {
      open = null;
      continue;
    }
    const end = Math.max(...timesOf(inside));
    const visible = Math.max(originMs + (number + 1) * rule.timespanMs, ...ingestedOf(inside));
    moments.push({ group, time: end, visible, window: inside.map(({ match }) => match) });
    if (!open) episodes.push({ group, start: end, end, visible, value, events: [] });
    open = [...(open ?? []), ...inside];
    Object.assign(episodes.at(-1)!, { end, events: eventsOf(open) });
  }
  return { alerts: episodes, moments };
}

function runs(
  rule: CorrelationRule,
  group: string,
  rows: Row[],
  { intervalMs, lookbackMs, phaseMs }: Extract<Window, { model: 'scheduled' }>,
): Told {
  const times = timesOf(rows);
  const episodes: Episode[] = [];
  const moments: Moment[] = [];
  for (let run = Math.min(...times); run <= Math.max(...times) + lookbackMs; run++) {
    if ((run - phaseMs) % intervalMs !== 0) continue;
    const seen = rows.filter(
      ({ match }) => match.time > run - lookbackMs && match.time <= run && match.ingested <= run,
    );
    const value = seen.length === 0 ? null : measure(rule, seen);
    if (value === null || !holds(rule, value)) continue;
    moments.push({ group, time: run, visible: run, window: seen.map(({ match }) => match) });
    const last = episodes.at(-1);
    if (last && run - last.end <= rule.timespanMs) last.end = run;
    else episodes.push({ group, start: run, end: run, visible: run, value, events: [] });
  }
  for (const episode of episodes) {
    const inside = rows.filter(
      ({ match }) =>
        match.time > episode.start - lookbackMs && match.time <= episode.end && match.ingested <= episode.end,
    );
    episode.events = eventsOf(inside);
  }
  return { alerts: episodes, moments };
}

import type { CorrelationRule } from '../rules/model';
import { isMet } from './condition';
import type { WindowEntry } from './entry';
import { quantityOf } from './quantity';
import type { Holding, Span, Spans } from './spans';
import type { Window } from './types';

/**
 * A search every interval, as Elastic's detection engine, Splunk and Sentinel run a rule: at each run `r = phase + k · interval`
 * it sees the events with a time in `(r − lookback, r]` that had been delivered by `r`. The alert is the run, so that its start
 * is `r`; runs that find something no more than one timespan apart are one episode, which holds what lies in `(first run − lookback,
 * last run]` and had been delivered by the last. Runs that see no event are skipped.
 */
export function schedule(
  rule: CorrelationRule,
  entries: readonly WindowEntry[],
  window: Extract<Window, { model: 'scheduled' }>,
): Spans {
  const { intervalMs, lookbackMs, phaseMs } = window;
  if (!(intervalMs >= 1 && lookbackMs >= 1))
    throw new RangeError('interval and lookback must be at least a millisecond');
  const firstRun = (time: number) => phaseMs + Math.ceil((time - phaseMs) / intervalMs) * intervalMs;
  const spans: Span[] = [];
  const holding: Holding[] = [];
  let peak: number | null = null;
  let oldest = 0;
  for (let next = -Infinity; ;) {
    while (oldest < entries.length && entries[oldest]!.time <= next - lookbackMs) oldest++;
    if (oldest === entries.length) return { spans, holding, peak };
    if (entries[oldest]!.time > next) {
      // Where a run looks back less than an interval, it may not see this one either.
      next = firstRun(entries[oldest]!.time);
      continue;
    }
    const run = next;
    next += intervalMs;
    let end = oldest;
    while (end < entries.length && entries[end]!.time <= run) end++;
    const seen = entries.slice(oldest, end).filter(({ ingested }) => ingested <= run);
    if (seen.length === 0) continue;
    const quantity = quantityOf(rule);
    for (const entry of seen) quantity.add(entry);
    const value = quantity.value(run - lookbackMs);
    if (value !== null && (peak === null || value > peak)) peak = Number(value);
    if (!isMet(rule.condition, value)) continue;
    holding.push({ time: run, visible: run, from: oldest, last: end - 1, deliveredBy: run });
    const open = spans.at(-1);
    if (open && run - open.end <= rule.timespanMs) {
      open.last = end - 1;
      open.end = run;
      open.deliveredBy = run;
    } else {
      const clock = { start: run, end: run, visible: run, deliveredBy: run };
      spans.push({ ...clock, value: value!, from: oldest, last: end - 1 });
    }
  }
}

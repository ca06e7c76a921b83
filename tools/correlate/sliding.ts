import type { CorrelationRule } from '../sigma/model';
import { isMet, isMetBySilence } from './condition';
import type { Entry } from './groups';
import { quantityOf } from './quantity';
import type { Span, Spans } from './spans';

/**
 * The episodes of one group in a sliding window, and the highest value it reached at an arrival.
 *
 * A step is all events of one time. At each step the window is `[t − timespan, t]`, both ends included, and the condition is
 * evaluated. Between two steps events leave the window, the one of time `e` just after `e + timespan`; a condition that was
 * true at the last step is true up to the departure that makes it false, and stays false until the next step. A condition that
 * silence satisfies (it would hold of no events at all: `lt`, `lte`, `eq: 0`, `neq`) is left as it was at the last step.
 *
 * An alert is a step at which the condition is true while the group is armed. That disarms the group; it is armed again when
 * the condition has been false for one timespan, that is when more than one timespan lies between the last millisecond at which
 * it was true and the step at which it is true again. Up to then it is the same episode.
 */
export function slide(rule: CorrelationRule, entries: readonly Entry[]): Spans {
  const { timespanMs, condition } = rule;
  const quantity = quantityOf(rule, entries);
  const silent = isMetBySilence(condition);
  const spans: Span[] = [];
  let open: Span | null = null;
  let peak: number | null = null;
  let oldest = 0;
  /** Whether the condition holds now, and the last time at which it is known to have held. */
  let met = false;
  let lastMet = -Infinity;
  for (let next = 0; next < entries.length;) {
    const time = entries[next]!.time;
    while (oldest < next && entries[oldest]!.time < time - timespanMs) {
      const leaving = entries[oldest]!.time;
      while (oldest < next && entries[oldest]!.time === leaving) quantity.remove(entries[oldest++]!);
      if (met && !silent && !isMet(condition, quantity.value(leaving + 1))) {
        met = false;
        lastMet = leaving + timespanMs;
      }
    }
    // It held up to this step; whether it still does is decided below.
    if (met) lastMet = time - 1;
    while (next < entries.length && entries[next]!.time === time) quantity.add(entries[next++]!);
    const value = quantity.value(time - timespanMs);
    if (value !== null && (peak === null || value > peak)) peak = value;
    met = isMet(condition, value);
    if (!met) continue;
    if (open && time - lastMet <= timespanMs) open.last = next - 1;
    else spans.push((open = { from: oldest, decided: next - 1, last: next - 1, value: value! }));
    lastMet = time;
  }
  return { spans, peak };
}

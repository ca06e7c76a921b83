import type { CorrelationRule } from '../rules/model';
import { isMet } from './condition';
import type { WindowEntry } from './entry';
import { quantityOf } from './quantity';
import type { Holding, Span, Spans } from './spans';

/**
 * Fixed buckets of one timespan, `[origin + k · timespan, origin + (k + 1) · timespan)`, as `date_histogram` and ES|QL's `BUCKET`
 * make them. A bucket with events is judged as a whole, when it is over; neighbouring buckets that satisfy the condition are
 * one episode.
 */
export function tumble(rule: CorrelationRule, entries: readonly WindowEntry[], originMs: number): Spans {
  const spans: (Span & { bucket: number })[] = [];
  const holding: Holding[] = [];
  let peak: number | null = null;
  for (let next = 0; next < entries.length;) {
    const bucket = Math.floor((entries[next]!.time - originMs) / rule.timespanMs);
    const end = originMs + (bucket + 1) * rule.timespanMs;
    const from = next;
    while (next < entries.length && entries[next]!.time < end) next++;
    const inside = entries.slice(from, next);
    const quantity = quantityOf(rule);
    for (const entry of inside) quantity.add(entry);
    const value = quantity.value(end - rule.timespanMs);
    if (value !== null && (peak === null || value > peak)) peak = Number(value);
    if (!isMet(rule.condition, value)) continue;
    const { time } = inside.at(-1)!;
    const visible = inside.reduce((latest, { ingested }) => Math.max(latest, ingested), end);
    holding.push({ time, visible, from, last: next - 1, deliveredBy: Infinity });
    const last = spans.at(-1);
    if (last && last.bucket === bucket - 1) {
      Object.assign(last, { last: next - 1, bucket, end: time });
      continue;
    }
    const clock = { start: time, end: time, visible, deliveredBy: Infinity };
    spans.push({ ...clock, value: value!, from, last: next - 1, bucket });
  }
  return { spans, holding, peak };
}

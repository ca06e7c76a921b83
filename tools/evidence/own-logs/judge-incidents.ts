import type { JudgedOwn } from './judge';
import { iso } from './alerts';
import type { KnownIncident } from './incidents';
import type { IncidentReport, Sent } from './result';
import type { Messages } from './sends';

const NOTHING: Sent = { messages: 0, unusual: 0, usd: null };

/** What each known bad period was to all detectors together: caught, when, by which, and what had been sent until then. */
export function judgeIncidents(
  incidents: readonly KnownIncident[],
  judged: readonly JudgedOwn[],
  sends: ReadonlyMap<string, Messages>,
): IncidentReport[] {
  return incidents.map(({ start, end }, position) => {
    const found = judged
      .flatMap(({ result, caughtAt }) => {
        const at = caughtAt.get(position);
        return at === undefined ? [] : [{ at, by: result.name }];
      })
      .sort((a, b) => a.at - b.at || (a.by < b.by ? -1 : 1));
    const first = found[0];
    const source = costliest(sends, start, end);
    const counted = source === null ? null : sends.get(source)!;
    const until = Math.min(end, Math.max(start, first?.at ?? end));
    return {
      start: iso(start),
      end: iso(end),
      caught: first !== undefined,
      first: first ? { at: iso(first.at), by: first.by, seconds: (first.at - start) / 1000 } : null,
      source,
      untilAlert: counted?.sentIn(start, until) ?? NOTHING,
      whole: counted?.sentIn(start, end) ?? NOTHING,
    };
  });
}

/** Several logs show the same messages: counted are those of one, of the source whose unusual ones cost most, or are most where none has destinations. */
export function costliest(sends: ReadonlyMap<string, Messages>, start: number, end: number): string | null {
  const shown = [...sends]
    .map(([source, of]) => ({ source, ...of.sentIn(start, end) }))
    .filter(({ messages }) => messages > 0);
  shown.sort((a, b) => (b.usd ?? -1) - (a.usd ?? -1) || b.messages - a.messages || (a.source < b.source ? -1 : 1));
  return shown[0]?.source ?? null;
}

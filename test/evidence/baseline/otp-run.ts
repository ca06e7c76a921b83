import { bookAuthgear } from '../../../tools/evidence/baseline/authgear';
import { LabelStore } from '../../../tools/evidence/replay/labels';
import { MatchStore, RequestBook } from '../../../tools/evidence/replay/matches';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Dataset, Label, Occurrence, SimulatedEvent } from '../../../tools/simulate/types';
import { sent } from '../replay/rules';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A code that is sent by SMS, perhaps several times, and verified or not. */
export interface Code {
  id: string;
  /** Epoch ms of its sends, and of its verification. */
  at: number[];
  verified?: number;
  country?: string;
  address?: string | null;
  occurrence?: number;
}

const PLANS = {
  sent: { ...sent, plan: { expr: { op: 'and' as const, all: [] }, fields: [] } },
  verified: { ...sent, plan: { expr: { op: 'or' as const, any: [] }, fields: [] } },
};

/** Authgear's detectors by id, on these codes; measured from `start` on. Everything else of the run is made up around them. */
export function authgearOn(codes: Code[], { start = 0, occurrences = [] as Occurrence[], twice = false } = {}) {
  const records = codes
    .flatMap((code) => [
      ...code.at.flatMap((time, n) => Array(twice ? 2 : 1).fill({ code, time, attempt: n + 1, passed: false })),
      ...(code.verified === undefined ? [] : [{ code, time: code.verified, attempt: code.at.length, passed: true }]),
    ])
    .sort((a, b) => a.time - b.time) as { code: Code; time: number; attempt: number; passed: boolean }[];
  const labels = new LabelStore(start, 1);
  const label = (occurrence = 0): Label => ({
    kind: occurrence > 0 ? (occurrences[occurrence - 1]?.kind ?? 'malicious') : 'benign',
    occurrence,
  });
  const events = records.map(({ code, time }, n): SimulatedEvent => {
    return { n, source: 'otp', time, ingested: time + 5000, event: {}, label: label(code.occurrence) };
  });
  const dataset = {
    world: 'w',
    seed: 1,
    start,
    end: 30 * DAY,
    days: 30,
    sources: ['otp'],
    occurrences,
  } as never as Dataset;
  const book = new RequestBook();
  const makers = bookAuthgear({ source: 'otp', sent: PLANS.sent, verified: PLANS.verified }, dataset, book);
  void [...labels.watch(events)];
  const matches = [false, true].map((passed) =>
    records.flatMap((record, event): Match[] => {
      const { id, country = 'UZ', address = '192.0.2.1' } = record.code;
      const values: Record<string, string | number | null> = {
        'otp.id': id,
        'otp.attempt': record.attempt,
        'destination.country': country,
        'client.ip': address,
      };
      if (record.passed !== passed) return [];
      const fields = book.requests[0]!.fields.map((field) => values[field]!);
      return [{ event, time: record.time, ingested: record.time + 5000, values: fields }];
    }),
  );
  const store = new MatchStore(book.requests, labels);
  for (const [request, list] of matches.entries()) for (const match of list) store.add(request, match);
  const detectors = new Map(makers.map((make) => make(store)).map((detector) => [detector.id, detector]));
  return { dataset, labels, detector: (id: string) => detectors.get(id)! };
}

/** So many codes, one every `every` ms from `from` on. */
export function series(name: string, count: number, from: number, every: number, more: Partial<Code> = {}): Code[] {
  return Array.from({ length: count }, (_, n) => {
    const time = from + n * every;
    const { verified, ...rest } = more;
    return { id: `${name}-${n}`, at: [time], ...rest, ...(verified !== undefined && { verified: time + verified }) };
  });
}

export const EVERYTHING = { occurrences: [] as number[], from: -Infinity, to: Infinity };

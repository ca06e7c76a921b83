import { ROOT } from '../../foundation/root';
import { join } from 'node:path';
import type { MatchStore, RequestBook } from '../replay/matches';
import { loadRules } from '../../detection/rules/load';
import { priceOf, type RateCard } from '../../simulate/rate-card';
import type { Contract } from '../../telemetry/contract';
import { contractFor } from '../../telemetry/logsource';
import type { KnownIncident } from './incidents';
import type { Sent } from './result';
import { difference, lengthOf, periodsOf, type Periods } from './periods';

/** Which records stand for a message. */
const FILE = join(ROOT, 'schemas', 'sends.yml');
const COUNTRY = 'destination.country';

/** Puts what counts as a message on the book: source → the number of its request. */
export function bookSends(contracts: ReadonlyMap<string, Contract>, book: RequestBook): Map<string, number> {
  const requests = new Map<string, number>();
  for (const rule of loadRules([FILE]).rules) {
    if (rule.kind !== 'detection') continue;
    const contract = contractFor(rule.logsource, contracts.values());
    if (contract === undefined) continue;
    const fields = COUNTRY in contract.derived || COUNTRY in contract.fields ? [COUNTRY] : [];
    requests.set(contract.id, book.add(contract.id, rule.plan, fields));
  }
  return requests;
}

/** The messages that one source shows, whoever counts them. Times are [from, to). */
export interface Messages {
  countIn(from: number, to: number): number;
  /** What was sent in a time that lies in incidents. */
  sentIn(from: number, to: number): Sent;
}

/** The messages among the matches of one request. */
export class Sends implements Messages {
  private readonly column: number;
  /** Country → messages an hour outside the incidents; empty where the log shows nothing else. */
  private readonly usual = new Map<string, number>();

  constructor(
    private readonly store: MatchStore,
    private readonly request: number,
    watched: Periods,
    incidents: readonly KnownIncident[],
    private readonly rates: RateCard,
  ) {
    this.column = store.requests[request]!.fields.indexOf(COUNTRY);
    const outside = difference(watched, periodsOf(incidents.map(({ start, end }) => [start, end] as const)));
    const length = lengthOf(outside);
    if (length === 0) return;
    for (const [from, to] of outside)
      for (const [country, messages] of this.byCountry(from, to))
        this.usual.set(country, (this.usual.get(country) ?? 0) + messages / length);
  }

  /** How many there are in a time, [from, to). */
  countIn(from: number, to: number): number {
    const table = this.store.table(this.request);
    return table.firstAt(to) - table.firstAt(from);
  }

  /** What was sent in a time, [from, to). */
  sentIn(from: number, to: number): Sent {
    let [unusual, usd] = [0, 0];
    for (const [country, messages] of this.byCountry(from, to)) {
      const more = Math.max(0, messages - (this.usual.get(country) ?? 0) * (to - from));
      unusual += more;
      usd += more * priceOf(this.rates, country);
    }
    const isPriced = this.column >= 0;
    return {
      messages: this.countIn(from, to),
      unusual: Math.round(unusual),
      usd: isPriced ? Math.round(usd * 100) / 100 : null,
    };
  }

  private byCountry(from: number, to: number): Map<string, number> {
    const table = this.store.table(this.request);
    const counts = new Map<string, number>();
    for (let row = table.firstAt(from), end = table.firstAt(to); row < end; row++) {
      const value = this.column < 0 ? null : table.valueAt(row, this.column);
      const country = typeof value === 'string' ? value : '';
      counts.set(country, (counts.get(country) ?? 0) + 1);
    }
    return counts;
  }
}

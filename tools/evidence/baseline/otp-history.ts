import type { MatchStore } from '../replay/matches';

/** What is needed of each record of `application.otp`. */
export const FIELDS = ['otp.id', 'otp.attempt', 'destination.country', 'client.ip'];

/** The sends of one country or one client address. */
export interface SendHistory {
  name: string;
  /** Numbers of its sends in the order of time. */
  sends: number[];
  /** Numbers of those that were verified, in the order of their verification. */
  verified: number[];
}

/**
 * All messages with a code of a run, and when each was verified: a verification is of the last message of its code so far, so
 * that one which was followed by a resend stays unverified. A record that was delivered twice (the same code and attempt) is one.
 */
export class OtpHistory {
  /** By number of the send: epoch ms; the event; epoch ms, or Infinity where it never was; the country; the occurrence. */
  readonly time: Float64Array;
  readonly event: Float64Array;
  readonly verifiedAt: Float64Array;
  readonly country: Int32Array;
  readonly occurrence: Int32Array;
  readonly byCountry: SendHistory[];
  readonly byAddress: SendHistory[];
  /** By occurrence: the groups that it sends in. */
  private readonly touchedCountries: Set<SendHistory>[] = [];
  private readonly touchedAddresses: Set<SendHistory>[] = [];

  /** @param sent number of the request for messages, `passed` of that for verifications; both with `FIELDS`. */
  constructor(store: MatchStore, sent: number, passed: number) {
    const sends = sendsOf([...rowsOf(store, sent)], [...rowsOf(store, passed)]);
    this.time = Float64Array.from(sends, ({ time }) => time);
    this.event = Float64Array.from(sends, ({ event }) => event);
    this.verifiedAt = Float64Array.from(sends, ({ verifiedAt }) => verifiedAt);
    this.occurrence = Int32Array.from(sends, ({ occurrence }) => occurrence);
    const names = new Map<string, number>();
    this.country = Int32Array.from(sends, ({ country }) => {
      const known = names.get(country) ?? names.size;
      names.set(country, known);
      return known;
    });
    const verified = sends.flatMap(({ verifiedAt }, n) => (verifiedAt < Infinity ? [n] : []));
    verified.sort((a, b) => this.verifiedAt[a]! - this.verifiedAt[b]! || a - b);
    this.byCountry = grouped(sends, verified, 'country', this.touchedCountries);
    this.byAddress = grouped(sends, verified, 'address', this.touchedAddresses);
  }

  /** The groups that an occurrence sends in, or all. */
  groups(by: 'country' | 'address', touching: number | undefined): Iterable<SendHistory> {
    if (touching === undefined) return by === 'country' ? this.byCountry : this.byAddress;
    return (by === 'country' ? this.touchedCountries : this.touchedAddresses)[touching] ?? [];
  }
}

/** A record, its values in the order of `FIELDS`. */
interface Row {
  time: number;
  event: number;
  occurrence: number;
  code: string;
  attempt: string;
  country: string;
  /** Empty where no client took part. */
  address: string;
}

interface Send extends Row {
  verifiedAt: number;
}

/** The matches of a request, in the order of time. */
function* rowsOf(store: MatchStore, request: number): Generator<Row> {
  const table = store.table(request);
  const places = FIELDS.map((field) => store.requests[request]!.fields.indexOf(field));
  for (let row = 0; row < table.length; row++) {
    const { time, event, values } = table.match(row);
    const [code, attempt, country, address] = places.map((place) => String(values[place] ?? '')) as [
      string,
      string,
      string,
      string,
    ];
    yield { time, event, occurrence: table.occurrences[row]!, code, attempt, country, address };
  }
}

/** Each message once, with its verification. */
function sendsOf(sent: Row[], verifications: Row[]): Send[] {
  const sends: Send[] = [];
  const last = new Map<string, Send>();
  let next = 0;
  const verifyBefore = (limit: number): void => {
    for (; next < verifications.length && verifications[next]!.time < limit; next++) {
      const { time, code } = verifications[next]!;
      const send = last.get(code);
      if (send) send.verifiedAt = Math.min(send.verifiedAt, time);
    }
  };
  for (const row of sent) {
    verifyBefore(row.time);
    if (last.get(row.code)?.attempt === row.attempt) continue;
    const send = { ...row, verifiedAt: Infinity };
    last.set(row.code, send);
    sends.push(send);
  }
  verifyBefore(Infinity);
  return sends;
}

/** Groups by name; sends without one are in none. Notes in `touched` which occurrence sends in which group. */
function grouped(
  sends: Send[],
  verified: number[],
  by: 'country' | 'address',
  touched: Set<SendHistory>[],
): SendHistory[] {
  const groups = new Map<string, SendHistory>();
  for (const [n, send] of sends.entries()) {
    const name = send[by];
    if (name === '') continue;
    let group = groups.get(name);
    if (!group) groups.set(name, (group = { name, sends: [], verified: [] }));
    group.sends.push(n);
    (touched[send.occurrence] ??= new Set()).add(group);
  }
  for (const n of verified) groups.get(sends[n]![by])?.verified.push(n);
  return [...groups.values()];
}

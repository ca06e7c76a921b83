import { deserialize, serialize } from 'node:v8';
import type { Label, Message, SimulatedEvent } from '../../simulate/types';
import { OrdinaryRates, type RatesState } from './bound';

const HOUR = 3_600_000;

const KINDS = ['benign', 'malicious', 'induced'] as const;

/** What a store has noted, as plain data. */
interface Noted {
  length: number;
  codes: Uint16Array;
  sends: Map<string, number>;
  benign: Map<string, number>;
  seenBy: Map<number, Set<string>>;
  hourly: number[];
  messages: Map<number, Message[]>;
  rates: RatesState;
}

/**
 * What the replay keeps of each event while it passes on to the engine: two bytes of label, and the sums that rates and
 * losses are made of. The engine never sees any of it.
 */
export class LabelStore {
  private codes = new Uint16Array(1 << 16);
  private length = 0;
  /** Source → benign messages that it recorded in the measured days. */
  readonly sends = new Map<string, number>();
  /** Source → benign events that passed. */
  readonly benign = new Map<string, number>();
  /** Occurrence → sources that hold one of its malicious events. */
  private readonly seenBy = new Map<number, Set<string>>();
  /** Of the ordinary messages in the measured days. */
  readonly rates: OrdinaryRates;
  /** Ordinary messages in each of the measured hours. */
  readonly hourly: number[];
  private readonly messages = new Map<number, Message[]>();
  /** The occurrences whose messages are in the order of time. */
  private readonly ordered = new Set<number>();

  /** @param measuredFrom start of the measured days, epoch ms: messages before it are history. */
  constructor(
    private readonly measuredFrom: number,
    days: number,
  ) {
    this.rates = new OrdinaryRates(days);
    this.hourly = Array.from({ length: Math.ceil(days * 24) }, () => 0);
  }

  /** All that it has noted, for `restore`. */
  toBytes(): Uint8Array {
    const { length, sends, benign, seenBy, hourly, messages, rates } = this;
    const codes = this.codes.slice(0, length);
    return serialize({ length, codes, sends, benign, seenBy, hourly, messages, rates: rates.state() } satisfies Noted);
  }

  /** Puts what `toBytes` gave in the place of what it has noted. */
  restore(bytes: Uint8Array): void {
    const noted = deserialize(bytes) as Noted;
    Object.assign(this, { ...noted, rates: OrdinaryRates.of(noted.rates) });
    this.ordered.clear();
  }

  /** Notes the labels of a stream and passes its events on. */
  *watch(events: Iterable<SimulatedEvent>): Generator<SimulatedEvent> {
    for (const event of events) {
      this.add(event);
      yield event;
    }
  }

  private add({ n, source, label }: SimulatedEvent): void {
    if (n !== this.length) throw new Error(`event ${n} came where ${this.length} was expected`);
    if (n >= this.codes.length) {
      const grown = new Uint16Array(this.codes.length * 2);
      grown.set(this.codes);
      this.codes = grown;
    }
    this.codes[n] = label.occurrence * KINDS.length + KINDS.indexOf(label.kind);
    this.length++;
    if (label.kind !== 'malicious') {
      this.benign.set(source, (this.benign.get(source) ?? 0) + 1);
      return;
    }
    let sources = this.seenBy.get(label.occurrence);
    if (!sources) this.seenBy.set(label.occurrence, (sources = new Set()));
    sources.add(source);
  }

  /** Notes a message: an attack's for the money, a benign one for the rates. */
  addMessage(message: Message): void {
    const { label, time, sources } = message;
    if (label.kind === 'malicious') {
      this.ordered.delete(label.occurrence);
      const known = this.messages.get(label.occurrence);
      if (known) known.push(message);
      else this.messages.set(label.occurrence, [message]);
    } else if (time >= this.measuredFrom) {
      for (const source of sources) this.sends.set(source, (this.sends.get(source) ?? 0) + 1);
      if (label.occurrence !== 0) return;
      this.rates.add(message);
      const hour = Math.floor((time - this.measuredFrom) / HOUR);
      if (hour < this.hourly.length) this.hourly[hour]!++;
    }
  }

  /** How many events passed. */
  get size(): number {
    return this.length;
  }

  kindOf(n: number): Label['kind'] {
    return KINDS[this.codes[n]! % KINDS.length]!;
  }

  occurrenceOf(n: number): number {
    return Math.floor(this.codes[n]! / KINDS.length);
  }

  /** Does one of these sources hold a malicious event of the occurrence? */
  isSeenBy(occurrence: number, sources: string[]): boolean {
    const seen = this.seenBy.get(occurrence);
    return seen !== undefined && sources.some((source) => seen.has(source));
  }

  /** The messages that an attack had sent, in the order of time. */
  messagesOf(occurrence: number): readonly Message[] {
    const messages = this.messages.get(occurrence) ?? [];
    if (!this.ordered.has(occurrence)) messages.sort((a, b) => a.time - b.time);
    this.ordered.add(occurrence);
    return messages;
  }
}

import type { Message } from '../../simulate/types';

/** The pack's false-alarm rate: incidents that ordinary traffic may make in a day (docs/measurement.md holds it against this). */
export const FALSE_ALARMS_A_DAY = 0.2;

/** The life of a code: one that is not entered by then is unused for certain. The hunting queries take it for unused earlier. */
const SETTLE_MS = 600_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the rates are made of, as plain data. */
export interface RatesState {
  days: number;
  messages: number;
  hours: Float64Array;
  blocks: Map<string, number>;
  countries: Map<string, { messages: number; unused: number }>;
}

/** The true rates of ordinary messages in a run, as far as one that size can tell them. */
export class OrdinaryRates {
  private messages = 0;
  private readonly hours = new Float64Array(24);
  private readonly blocks = new Map<string, number>();
  private readonly countries = new Map<string, { messages: number; unused: number }>();

  /** @param days over which messages are added. */
  constructor(private readonly days: number) {}

  /** Those with this state. */
  static of(state: RatesState): OrdinaryRates {
    return Object.assign(new OrdinaryRates(state.days), state);
  }

  state(): RatesState {
    const { days, messages, hours, blocks, countries } = this;
    return { days, messages, hours, blocks, countries };
  }

  add({ time, country, block, usedAt }: Pick<Message, 'time' | 'country' | 'block' | 'usedAt'>): void {
    this.messages++;
    this.hours[hourOf(time)]!++;
    this.blocks.set(block, (this.blocks.get(block) ?? 0) + 1);
    const of = this.countries.get(country) ?? { messages: 0, unused: 0 };
    of.messages++;
    if (usedAt === null) of.unused++;
    this.countries.set(country, of);
  }

  get perDay(): number {
    return this.messages / this.days;
  }

  /** Messages an hour to a number range at a time; to one that has had none as to one that had one, which is what so many days can tell. */
  perHour(block: string, time: number): number {
    const daily = Math.max(1, this.blocks.get(block) ?? 0) / this.days;
    return daily * ((this.hours[hourOf(time)]! + 1) / (this.messages + 24));
  }

  /** The part of a country's messages that is not used (Laplace). */
  unused(country: string): number {
    const { messages, unused } = this.countries.get(country) ?? { messages: 0, unused: 0 };
    return (unused + 1) / (messages + 2);
  }
}

/**
 * When an observer could first have known of a campaign who knew the true rates of ordinary traffic and the campaign's own, hour by hour and
 * number range by number range, and watched messages as they are sent and what becomes of them; epoch ms, null where never. The test is Page's
 * CUSUM of the log-likelihood ratio: its threshold ln(n / f) holds false alarms to f a day where n messages a day are sent, since the mean
 * run to one is no shorter than e^threshold messages (Lorden 1971). Ordinary messages enter by what is expected of them. `messages`: the
 * campaign's, in the order of time.
 */
export function firstKnowable(messages: readonly Message[], ordinary: OrdinaryRates): number | null {
  const campaign = new CampaignRates(messages, ordinary);
  const threshold = Math.log(Math.max(1, ordinary.perDay) / FALSE_ALARMS_A_DAY);
  let sum = 0;
  let before = messages[0]?.time ?? 0;
  for (const { time, message, isSent } of observations(messages)) {
    sum = Math.max(0, sum + campaign.drift(before, time));
    const { sent, unused, used } = campaign.ratios(message);
    sum += isSent ? sent : message.usedAt === null ? unused : used;
    if (sum >= threshold) return time;
    before = time;
  }
  return null;
}

/** Log-likelihood ratios, with the campaign to without: that a message is sent to a range, that it is not used, that it is. */
interface Ratios {
  sent: number;
  unused: number;
  used: number;
}

/** What a campaign does in an hour, beside ordinary traffic. */
interface CampaignHour {
  ranges: Map<string, Ratios>;
  /** What the messages of both that are expected in it add to the sum, but for the campaign's own that are seen. */
  drift: number;
}

/** A campaign's own rates, each hour's messages spread over the hour, beside those of ordinary traffic. */
class CampaignRates {
  private readonly hours = new Map<number, CampaignHour>();

  constructor(messages: readonly Message[], ordinary: OrdinaryRates) {
    const unused = (messages.filter(({ usedAt }) => usedAt === null).length + 1) / (messages.length + 2);
    for (const [hour, sent] of groupedBy(messages, ({ time }) => Math.floor(time / HOUR))) {
      const here: CampaignHour = { ranges: new Map(), drift: 0 };
      for (const [block, { length, 0: first }] of groupedBy(sent, (message) => message.block)) {
        const [usual, lost] = [ordinary.perHour(block, hour * HOUR), ordinary.unused(first.country)];
        const ratios = ratiosOf(length, usual, unused, lost);
        here.ranges.set(block, ratios);
        here.drift += usual * (ratios.sent + lost * ratios.unused + (1 - lost) * ratios.used) - length;
      }
      this.hours.set(hour, here);
    }
  }

  ratios({ time, block }: Message): Ratios {
    return this.hours.get(Math.floor(time / HOUR))!.ranges.get(block)!;
  }

  /** What is added between two times beside what is seen. */
  drift(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to;) {
      const hour = Math.floor(at / HOUR);
      const end = Math.min(to, (hour + 1) * HOUR);
      sum += ((this.hours.get(hour)?.drift ?? 0) * (end - at)) / HOUR;
      at = end;
    }
    return sum;
  }
}

/** Of a range that gets so many messages an hour from each, of which these parts are not used. */
function ratiosOf(theirs: number, usual: number, theirsUnused: number, usualUnused: number): Ratios {
  const unused = (theirs * theirsUnused + usual * usualUnused) / (theirs + usual);
  return {
    sent: Math.log1p(theirs / usual),
    unused: Math.log(unused / usualUnused),
    used: Math.log((1 - unused) / (1 - usualUnused)),
  };
}

/** What the observer sees, in the order of time: that a message is sent, and later whether it was used. */
function observations(messages: readonly Message[]): { time: number; message: Message; isSent: boolean }[] {
  return messages
    .flatMap((message) => [
      { time: message.time, message, isSent: true },
      { time: Math.min(message.usedAt ?? Infinity, message.time + SETTLE_MS), message, isSent: false },
    ])
    .sort((a, b) => a.time - b.time);
}

function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, [Item, ...Item[]]> {
  const groups = new Map<Key, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function hourOf(time: number): number {
  return Math.floor((time % DAY) / HOUR);
}

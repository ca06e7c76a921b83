import type { Happening, OfVisit, Send, Visit } from './happening';
import { exponential, logNormal } from './math';
import { PROVIDERS } from './providers';
import { between, chance, child, unit, type Key } from './random';
import { MINUTE } from './curve';
import type { Guard } from './way';
import type { Model } from './world';

/** How whoever causes messages behaves, and what becomes of them. Shares are probabilities. */
export interface Behaviour {
  /** Loads the page before posting its form. */
  looks: boolean;
  /** Visits that the form's CAPTCHA stops at a given time. */
  stopped: (time: number) => number;
  /** Gives the right code back once it has arrived. */
  answers: number;
  /** Posts so many wrong codes where it has a code and does not give the right one back. */
  guesses: number;
  /** Asks for another code without need, or because none came. */
  resend: number;
  /** Asks for this many more codes, whatever happens. */
  moreCodes: number;
  /** The shortest and the longest wait before it asks again, ms. */
  patience: readonly [number, number];
  /** From this send on the product calls instead of texting; `Infinity` where it never does. */
  callsFrom: number;
  /** Each click posts twice. */
  twice: boolean;
  arrives: number;
  /** How much later than usual messages arrive, at least and at most, ms; null where they don't. */
  late: readonly [number, number] | null;
  /** Texts that the provider refuses at a given time and send of a visit. Its protection against pumping does not judge calls. */
  blocked: (time: number, attempt: number) => number;
  /** Why it refuses them. */
  blockedBy: Guard;
}

/** How long people wait for a code before they ask for another, ms: ours. */
export const PATIENCE: readonly [number, number] = [30_000, 75_000];

/** A code lives this long: Twilio Verify's ten minutes. */
export const CODE_LIFE = 10 * MINUTE;

/** Everything that a visit causes happens within this time of its start. */
export const LONGEST_LIFE = 60 * MINUTE;

/** Twilio's code for a text to a country that the account has not opened; unlike its protection it says so when it is asked. */
const CLOSED_TO_MESSAGES = 21408;

/** Unreachable, unknown handset, landline or unreachable carrier, unknown error. */
const FAILURES = [30003, 30003, 30005, 30006, 30008];

/** All that comes of a visit that begins at `start`: page, request, send, carrier, delivered or not, then verified, resent or abandoned. */
export function live(model: Model, visit: Visit, start: number, behaviour: Behaviour): Happening[] {
  const life = new Life(visit);
  const key = visit.key;
  let now = start;
  if (visit.entry === 'form' && behaviour.looks) {
    life.add(now, { kind: 'page', visit, path: visit.flow.paths!.page });
    visit.looked = true;
    now += seconds(key, 'typing', 14, 0);
  }
  if (visit.entry === 'form' && chance(key, 'captcha', behaviour.stopped(now))) {
    life.add(now, { kind: 'request', visit, attempt: 1, channel: channelOf(behaviour, 1), stopped: 'captcha_failed' });
    return life.happenings;
  }
  const willing = chance(key, 'answers', behaviour.answers);
  const most = 1 + behaviour.moreCodes + model.world.retries.length;
  let answered = false;
  for (let attempt = 1; attempt <= most; attempt++) {
    const sent = life.send(model, behaviour, now, attempt);
    if (behaviour.twice) life.send(model, behaviour, now + between(key, 'twice', 15, 90, attempt), attempt + most);
    const again = attempt <= behaviour.moreCodes || wantsAnother(model, key, behaviour, sent, attempt);
    if (!again) {
      const came = willing ? arrival(visit, behaviour, sent) : null;
      if (came !== null) life.answer(came);
      answered = came !== null;
      break;
    }
    now = sent.time + between(key, 'patience', ...behaviour.patience, attempt);
  }
  const hasCode = visit.flow.purpose !== 'notification' && visit.sends.some((send) => !isRefused(send));
  if (!answered && hasCode) life.guess(behaviour.guesses);
  if (!answered && hasCode) life.add(visit.sends[0]!.time + CODE_LIFE, { kind: 'expiry', visit });
  return life.happenings;
}

/** Whether the provider said no when it was asked, so that there is no message. */
export function isRefused(send: Send): boolean {
  return send.outcome === 'blocked' && (PROVIDERS[send.provider].refuses || send.error === CLOSED_TO_MESSAGES);
}

function wantsAnother(model: Model, key: Key, behaviour: Behaviour, sent: Send, attempt: number): boolean {
  if (behaviour.resend === 0) return false;
  const waited = behaviour.late !== null && sent.doneAt - sent.time > behaviour.patience[1];
  if (sent.outcome === 'delivered' && !waited) return attempt === 1 && chance(key, 'impatient', behaviour.resend);
  return chance(key, 'retry', model.world.retries[attempt - 1] ?? 0, attempt);
}

/** When the code came that is given back; null where none came, or too late. A late one is that of any of the sends, since all have the same. */
function arrival(visit: Visit, behaviour: Behaviour, last: Send): number | null {
  if (behaviour.late === null) return last.outcome === 'delivered' ? last.doneAt : null;
  const came = visit.sends.filter(({ outcome }) => outcome === 'delivered').map(({ doneAt }) => doneAt);
  const first = Math.max(Math.min(...came), last.time);
  return first < visit.sends[0]!.time + CODE_LIFE ? first : null;
}

/** Collects a visit's happenings in the order in which they were decided. */
class Life {
  readonly happenings: Happening[] = [];
  constructor(private readonly visit: Visit) {}

  add(time: number, what: OfVisit): void {
    const { key, label } = this.visit;
    const { kind, visit, send, path, attempt, channel, stopped, right } = what;
    // One shape for all kinds, with what this one has not as undefined: code that meets eight shapes is several times as slow.
    const happening = {
      time: Math.round(time),
      key,
      step: this.happenings.length,
      label,
      kind,
      visit,
      send,
      path,
      attempt,
      channel,
      stopped,
      right,
    };
    // The compiler has forgotten which details belong to which kind; `what` has them so.
    this.happenings.push(happening as Happening);
  }

  /** A request for a code (where a client asks for it), the send, and what the carrier makes of it. */
  send(model: Model, behaviour: Behaviour, asked: number, draw: number): Send {
    const visit = this.visit;
    const attempt = visit.sends.length + 1;
    const channel = channelOf(behaviour, attempt);
    if (visit.entry === 'form') this.add(asked, { kind: 'request', visit, attempt, channel, stopped: null });
    const key = child(visit.key, 'send', draw);
    const time = Math.round(asked + between(key, 'accepting', 120, 700));
    const blocked = channel === 'sms' && chance(key, 'blocked', behaviour.blocked(time, attempt));
    const arrives = !blocked && chance(key, 'arrives', behaviour.arrives);
    const handedOverAt = Math.round(time + between(key, 'handing over', 200, 1800));
    const { delay } = model.world;
    const wait = arrives
      ? logNormal(unit(key, 'u'), unit(key, 'v'), delay.median * 1000, delay.spread)
      : 5_000 + Math.min(5 * MINUTE, exponential(unit(key, 'u'), 40_000));
    const late = arrives && behaviour.late ? between(key, 'late', ...behaviour.late) : 0;
    const send: Send = {
      key,
      attempt,
      time,
      provider: providerOf(visit),
      channel,
      outcome: blocked ? 'blocked' : arrives ? 'delivered' : 'undelivered',
      error: blocked
        ? blockCode(visit, key, behaviour.blockedBy)
        : arrives
          ? null
          : FAILURES[Math.floor(unit(key, 'failure') * 5)]!,
      guard: blocked ? behaviour.blockedBy : null,
      handedOverAt,
      doneAt: blocked ? handedOverAt : Math.round(handedOverAt + wait + late),
    };
    visit.sends.push(send);
    this.add(time, { kind: 'send', visit, send });
    if (!blocked) this.add(send.handedOverAt, { kind: 'handed_over', visit, send });
    this.add(send.doneAt, { kind: 'done', visit, send });
    return send;
  }

  /** Wrong codes are posted after the last send, one after the other. */
  guess(count: number): void {
    const visit = this.visit;
    let time = visit.sends.at(-1)!.time;
    for (let n = 0; n < count; n++) {
      time += between(visit.key, 'guess', 3_000, 12_000, n);
      this.add(time, { kind: 'check', visit, right: false });
    }
  }

  /** The right code comes back, after a wrong one now and then. */
  answer(arrived: number): void {
    const visit = this.visit;
    let time = arrived + seconds(visit.key, 'reading', 11, 1);
    if (chance(visit.key, 'mistyped', 0.03)) {
      this.add(time, { kind: 'check', visit, right: false });
      time += seconds(visit.key, 'correcting', 8, 2);
    }
    // Rounded as `add` rounds it.
    visit.verifiedAt = Math.round(time);
    this.add(time, { kind: 'check', visit, right: true });
  }
}

/** Cognito sends through SNS; a stolen AWS key publishes to it directly, and both look the same from there on. */
function providerOf(visit: Visit): Send['provider'] {
  return visit.flow.provider === 'cognito' ? 'sns' : visit.flow.provider;
}

function channelOf(behaviour: Behaviour, attempt: number): Send['channel'] {
  return attempt >= behaviour.callsFrom ? 'voice' : 'sms';
}

const VERIFY_REFUSALS: Partial<Record<Guard, number>> = {
  closed_country: 60605,
  send_limit: 60203,
  fake_signup: 60412,
};

/** The code with which Twilio refuses: Fraud Guard's at Verify is 60410, its protection's of messages 30450 or, less often, 30453. Others have none. */
function blockCode(visit: Visit, key: Key, guard: Guard): number | null {
  if (visit.flow.provider === 'verify') return VERIFY_REFUSALS[guard] ?? 60410;
  if (visit.flow.provider !== 'messaging') return null;
  if (guard === 'closed_country') return CLOSED_TO_MESSAGES;
  return chance(key, 'code', 0.8) ? 30450 : 30453;
}

/** A human delay around a median, at most two and a half minutes, in ms. */
function seconds(key: Key, purpose: string, median: number, n: number): number {
  return Math.min(150_000, logNormal(unit(key, purpose, n), unit(key, purpose, n + 100), median * 1000, 0.6));
}

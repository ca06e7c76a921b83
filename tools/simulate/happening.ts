import type { Person } from './person';
import type { Key } from './random';
import type { Label } from './types';
import type { AdministratorAct } from './change';
import type { Entrance, Guard, Provider } from './way';
import type { Flow } from './world';

/** One person, device or script that causes messages, and all that comes of it. */
export interface Visit {
  key: Key;
  label: Label;
  entry: Entrance;
  flow: Flow;
  person: Person;
  /** At which of the world's assets; 0 is its own. */
  tenant: number;
  /** Every send of this visit, in the order of time. */
  sends: Send[];
  /** Loaded the page before anything else: a browser then has what the page gave it, such as the token of a bot protection. */
  looked: boolean;
  /** When the right code came back. */
  verifiedAt: number | null;
  /** Whether SNS logs what it delivered, and End User Messaging its events; an attacker may have switched that off. */
  deliveryLogged: boolean;
  /** What goes wrong with the records of it on their way; null where nothing does. */
  logging: Logging | null;
}

/** How logs deliver a visit's records, where not as usual. The records themselves, and their times, stay what they are. */
export interface Logging {
  /** Contract ids of the sources that it concerns; null for all. */
  sources: readonly string[] | null;
  /** Nothing is delivered before, epoch ms; then as if it had just happened. */
  heldUntil: number;
  /** Part of the records that are delivered once more. */
  twice: number;
}

/** What became of a message, known from its start so that every lens tells the same story. */
export interface Send {
  key: Key;
  /** 1 for the first send of a code. */
  attempt: number;
  time: number;
  provider: Exclude<Provider, 'cognito'>;
  /** A text, or a call that reads the code out. */
  channel: 'sms' | 'voice';
  outcome: 'delivered' | 'undelivered' | 'blocked';
  /** Twilio's error code; null where it was delivered or did not go through Twilio. */
  error: number | null;
  /** Why it was blocked; null where it was not. */
  guard: Guard | null;
  handedOverAt: number;
  doneAt: number;
}

/** Anything that some log might see. A lens renders it as its source's record, or doesn't see it. */
export type Happening = {
  time: number;
  /** Whose happening it is, and its place in that life: they order what happens in the same millisecond. */
  key: Key;
  step: number;
  label: Label;
} & (OfVisit | OfChange);

/** What happens on a visit. */
export type OfVisit = { visit: Visit } & (
  | Only<'page', { path: string }>
  | Only<'request', { attempt: number; channel: Send['channel']; stopped: 'captcha_failed' | null }>
  | Only<'send', { send: Send }>
  | Only<'handed_over', { send: Send }>
  | Only<'done', { send: Send }>
  | Only<'check', { right: boolean }>
  | Only<'expiry', unknown>
  // Who got in with the code does what the product is for.
  | Only<'use', unknown>
);

interface OfChange {
  kind: 'change';
  change: AdministratorAct;
  by: Actor;
}

/** What some kind of happening on a visit has. */
type Details = 'path' | 'attempt' | 'channel' | 'stopped' | 'send' | 'right';

/** A kind with what it has, and without what only others have. */
type Only<Kind, Own> = { kind: Kind } & Own & { [Other in Exclude<Details, keyof Own>]?: undefined };

/** Who administers, and from where. */
export interface Actor {
  name: string;
  address: string;
  userAgent: string;
}

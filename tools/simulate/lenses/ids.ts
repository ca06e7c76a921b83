import type { Send, Visit } from '../happening';
import { child, letters, uuid, type Key } from '../random';

// The ids that several lenses show of one thing: a reader joins the sources by them.

const HEX = '0123456789abcdef';
/** No hexadecimal digit: an id of this alphabet can't be taken for a vendor's secret. */
const PLAIN = 'ghjkmnpqrstuvwxy';

export function messageSid(send: Send): string {
  return `SM${letters(send.key, PLAIN)}`;
}

export function verificationSid(visit: Visit): string {
  return `VE${letters(visit.key, PLAIN)}`;
}

export function attemptSid(send: Send): string {
  return `VL${letters(send.key, PLAIN)}`;
}

/** A SID of something that only one record shows. */
export function sid(prefix: string, key: Key, purpose: string, n = 0): string {
  return prefix + letters(child(key, purpose, n), PLAIN);
}

export function userId(person: Key): string {
  return `u-${letters(child(person, 'account'), HEX, 16).slice(0, 12)}`;
}

export function sessionId(visit: Key): string {
  return `s-${letters(child(visit, 'session'), HEX, 16)}`;
}

export function fingerprint(device: Key): string {
  return letters(device, HEX, 16);
}

/** A user's id in a Cognito pool, a UUID. */
export function cognitoSub(person: Key): string {
  return uuid(child(person, 'sub'));
}

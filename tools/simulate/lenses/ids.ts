import type { Send, Visit } from '../happening';
import { child, letters, lettersAfter, uuid, type Key } from '../random';

// The ids that several lenses show of one thing: a reader joins the sources by them.

const HEX = '0123456789abcdef';
/** No hexadecimal digit: an id of this alphabet can't be taken for a vendor's secret. */
const PLAIN = 'ghjkmnpqrstuvwxy';

const message = lettersAfter('SM', PLAIN);
const verification = lettersAfter('VE', PLAIN);
const attempt = lettersAfter('VL', PLAIN);
const session = lettersAfter('s-', HEX, 16);

export function messageSid(send: Send): string {
  return message(send.key);
}

export function verificationSid(visit: Visit): string {
  return verification(visit.key);
}

export function attemptSid(send: Send): string {
  return attempt(send.key);
}

/** A SID of something that only one record shows. */
export function sid(prefix: string, key: Key, purpose: string, n = 0): string {
  return prefix + letters(child(key, purpose, n), PLAIN);
}

export function userId(person: Key): string {
  return `u-${letters(child(person, 'account'), HEX, 16).slice(0, 12)}`;
}

export function sessionId(visit: Key): string {
  return session(child(visit, 'session'));
}

export function fingerprint(device: Key): string {
  return letters(device, HEX, 16);
}

/** A user's id in a Cognito pool, a UUID. */
export function cognitoSub(person: Key): string {
  return uuid(child(person, 'sub'));
}

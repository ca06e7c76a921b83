import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import { between, child, letters, uuid, type Key } from '../random';
import type { Flow } from '../world';
import { systemOfAddress } from './clients';

/**
 * Okta's System Log: new users, every text and call with who asked and for which number, what the provider says became of it, codes
 * that came back, and administrators' changes. An Identity Engine org, so the number stands in the debug data.
 */
export const oktaSystem: Lens = {
  source: 'okta.system',
  runs: ['okta'],
  clock: 1,
  sees: (happening) => eventOf(happening) !== null,
  record(happening) {
    const { type, result, reason, who, target, debug, credential } = eventOf(happening)!;
    const key = child(happening.key, 'okta', happening.step);
    return {
      uuid: uuid(key),
      version: '0',
      published: isoTime(happening.time),
      eventType: type,
      severity: result === 'SUCCESS' ? 'INFO' : 'WARN',
      outcome: { result, reason: reason ?? null },
      actor: { id: who.id, type: 'User', alternateId: who.login },
      ...(who.address && {
        client: { ipAddress: who.address, userAgent: { rawUserAgent: who.userAgent } },
        securityContext: { asNumber: systemOfAddress(who.address) },
      }),
      ...(credential && { authenticationContext: { credentialType: credential } }),
      transaction: { type: who.address ? 'WEB' : 'JOB', id: `req${letters(child(key, 'request'), PLAIN, 16)}` },
      ...(target && { target: [target] }),
      ...(debug && { debugContext: { debugData: debug } }),
    };
  },
  // Polled each minute.
  delay: (key) => Math.round(between(key, 'polling', 4_000, 70_000)),
};

interface OktaEvent {
  type: string;
  result: 'SUCCESS' | 'FAILURE' | 'DENY';
  reason?: string;
  who: Who;
  target?: Event;
  debug?: Event;
  credential?: string;
}

/** Who did it, and from where; no address where no request caused it. */
interface Who {
  id: string;
  login: string;
  address?: string;
  userAgent?: string;
}

const PLAIN = 'ghjkmnpqrstuvwxy';

/** The events of a code that is sent, by what it is for. */
const SENDS: Record<Flow['purpose'], Record<Send['channel'], string> | null> = {
  signup: both('phone_verification'),
  phone_change: both('phone_verification'),
  login: { sms: 'system.sms.send_factor_verify_message', voice: 'system.voice.send_mfa_challenge_call' },
  password_reset: both('password_reset'),
  notification: null,
};

function both(what: string): Record<Send['channel'], string> {
  return { sms: `system.sms.send_${what}_message`, voice: `system.voice.send_${what}_call` };
}

function eventOf(happening: Happening): OktaEvent | null {
  if (happening.kind === 'change') {
    const { change, by } = happening;
    if (!change.okta) return null;
    const who = { ...staff(by.name), address: by.address, userAgent: by.userAgent };
    return { type: change.okta.event, result: 'SUCCESS', who };
  }
  const { visit } = happening;
  if (visit.flow.provider !== 'okta') return null;
  const { client } = visit.person;
  const user = account(visit.person.key);
  const who: Who = { ...user, ...(client && { address: client.address, userAgent: client.userAgent }) };
  const target = { id: user.id, type: 'User', alternateId: user.login };
  switch (happening.kind) {
    case 'request':
      // A new user exists before the first code; whoever the CAPTCHA stops never becomes one.
      if (visit.flow.purpose !== 'signup' || happening.attempt > 1 || happening.stopped !== null) return null;
      return { type: 'user.lifecycle.create', result: 'SUCCESS', who, target };
    case 'send':
      return sent(visit, happening.send, who, target);
    case 'done': {
      const { send } = happening;
      if (isRefused(send)) return null;
      const status = send.outcome === 'delivered' ? 'DELIVERED' : 'UNDELIVERED';
      return { type: `system.${send.channel}.receive_status`, result: 'SUCCESS', who: user, target, debug: { status } };
    }
    case 'check':
      return checked(visit, happening.right, who, target);
    case 'page':
    case 'use':
    case 'handed_over':
    case 'expiry':
      return null;
  }
}

function sent(visit: Visit, send: Send, who: Who, target: Event): OktaEvent | null {
  const types = SENDS[visit.flow.purpose];
  if (!types) return null;
  const debug = { phoneNumber: visit.person.number, requestUri: '/idp/idx/challenge' };
  return { type: types[send.channel], result: isRefused(send) ? 'DENY' : 'SUCCESS', who, target, debug };
}

/** A new phone's first right code enrols it; every other code is a factor that was verified, or was not. */
function checked(visit: Visit, right: boolean, who: Who, target: Event): OktaEvent {
  const enrols = visit.flow.purpose === 'signup' || visit.flow.purpose === 'phone_change';
  if (enrols && right) return { type: 'user.mfa.factor.activate', result: 'SUCCESS', who, target };
  const type = 'user.authentication.auth_via_mfa';
  const credential = 'SMS';
  if (right) return { type, result: 'SUCCESS', who, target, credential };
  return { type, result: 'FAILURE', reason: 'INVALID_CREDENTIALS', who, target, credential };
}

function account(person: Key): { id: string; login: string } {
  const name = letters(child(person, 'okta account'), PLAIN, 16);
  return { id: `00u${name}`, login: `${name.slice(0, 9)}@app.example` };
}

function staff(name: string): { id: string; login: string } {
  return { id: `00u${name.padEnd(16, 'x')}`, login: `${name}@app.example` };
}

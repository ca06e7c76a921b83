import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Actor, Happening, Visit } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import { child, letters, type Key } from '../random';
import type { Auth0Call } from '../change';
import type { World } from '../world';
import { agentWords } from './auth0-agent';
import { sessionId } from './ids';
import { lateness } from './times';

/**
 * Auth0's tenant log: sign-ups, every text and call that Guardian sends with who asked and for which number, codes that came back
 * right or wrong, and calls of the Management API.
 */
export const auth0Tenant: Lens = {
  source: 'auth0.tenant',
  runs: ['auth0'],
  clock: 1,
  sees: (happening) => eventOf(happening) !== null,
  record(happening, world) {
    const event = eventOf(happening)!;
    return {
      date: isoTime(happening.time),
      log_id: `900${digits(child(happening.key, 'auth0', happening.step))}`,
      tenant_name: world.auth0!.tenant,
      environment_name: world.auth0!.environment,
      ...(event.by ? ofStaff(event, event.by) : ofUser(event, event.visit!, world)),
    };
  },
  delay: (key) => lateness(key, 'stream', 6000, 0.8, 300_000),
};

interface TenantEvent {
  type: string;
  description: string;
  /** Whose visit it is, or who administers. */
  visit?: Visit;
  by?: Actor;
  details?: Event;
}

const PLAIN = 'ghjkmnpqrstuvwxy';

function eventOf(happening: Happening): TenantEvent | null {
  if (happening.kind === 'change') {
    const { change, by } = happening;
    return change.auth0
      ? { type: 'sapi', description: change.auth0.description, by, details: callOf(change.auth0) }
      : null;
  }
  const { visit } = happening;
  if (visit.flow.provider !== 'auth0') return null;
  const enrols = visit.flow.purpose === 'signup' || visit.flow.purpose === 'phone_change';
  switch (happening.kind) {
    case 'request':
      // An account is there before its phone; whoever the CAPTCHA stops never gets one.
      if (visit.flow.purpose !== 'signup' || happening.attempt > 1 || happening.stopped !== null) return null;
      return { type: 'ss', description: 'Successful signup', visit };
    case 'send': {
      const { channel } = happening.send;
      // The only thing that it refuses: another message to a user who had too many.
      if (isRefused(happening.send)) {
        const description = 'Too many phone delivery attempts';
        return { type: 'limit_phone', description, visit, details: { delivery_method: channel } };
      }
      const description = `Guardian - Second factor ${channel} sent`;
      return { type: `gd_send_${channel}`, description, visit, details: factorOf(visit) };
    }
    case 'check': {
      const [type, description] = !happening.right
        ? ['gd_auth_failed', 'Guardian - Second factor authentication failed']
        : enrols
          ? ['gd_enrollment_complete', 'Guardian - Enrollment complete (sms)']
          : ['gd_auth_succeed', 'Guardian - Second factor authentication succeeded'];
      return { type: type!, description: description!, visit, details: factorOf(visit) };
    }
    case 'page':
    case 'use':
    case 'handed_over':
    case 'done':
    case 'expiry':
      return null;
  }
}

function factorOf(visit: Visit): Event {
  return {
    authenticator: {
      id: `sms|dev_${letters(child(visit.person.key, 'factor'), PLAIN, 16)}`,
      type: 'sms',
      phone_number: visit.person.number,
    },
    first_factor: false,
    session_id: sessionId(visit.key),
  };
}

function callOf({ method, path, body, now }: Auth0Call): Event {
  return {
    request: { method, path, ...(body && { body }) },
    response: { statusCode: method === 'post' ? 201 : 200, ...(now && { body: now }) },
  };
}

function ofUser({ type, description, details }: TenantEvent, visit: Visit, world: World): Event {
  const { client, key } = visit.person;
  const application = { client_id: world.auth0!.client_id, client_name: world.web.service };
  const words = client && agentWords(client.userAgent);
  return {
    type,
    description,
    // Where no client took part it is the address of the server that called.
    ip: client?.address ?? '198.51.100.1',
    ...(words && { user_agent: words.text, is_mobile: words.mobile }),
    user_id: `auth0|${digits(child(key, 'auth0 account')).slice(0, 24)}`,
    // Calls and codes that came back don't name the application.
    ...(['gd_send_sms', 'limit_phone', 'ss'].includes(type) && { ...application, connection: 'customers' }),
    ...(type === 'ss' && { strategy: 'auth0', strategy_type: 'database', hostname: `${world.auth0!.tenant}.example` }),
    ...(details && { details }),
  };
}

function ofStaff({ type, description, details }: TenantEvent, by: Actor): Event {
  const words = agentWords(by.userAgent);
  return {
    type,
    description,
    ip: by.address,
    user_agent: words.text,
    is_mobile: words.mobile,
    client_name: '',
    user_id: `auth0|${by.name}`,
    details: details!,
  };
}

/** Thirty-two decimal digits. */
function digits(key: Key): string {
  return letters(key, '0123456789012345');
}

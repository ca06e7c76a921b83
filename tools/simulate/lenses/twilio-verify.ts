import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import type { World } from '../world';
import { attemptSid, sid, verificationSid } from './ids';
import { lateness, wholeSeconds } from './times';

/**
 * Event Streams of Verify: what becomes of each verification, and of each message that carries its code. A call is an attempt of the
 * verification with channel CALL; that it has events of its own is not documented.
 */
export const twilioVerify: Lens = {
  source: 'twilio.verify',
  runs: ['twilio'],
  clock: 1,
  sees: (happening) => statusOf(happening) !== null,
  record(happening, world) {
    const status = statusOf(happening)!;
    return status.send
      ? messageEvent(happening.time, status.visit, status.send, status.name, world)
      : verificationEvent(happening.time, status.visit, status.name, world);
  },
  delay: (key) => lateness(key, 'stream', 3000, 0.8, 3_600_000),
};

/** A state of a verification, or of a message where `send` is there. */
interface Status {
  visit: Visit;
  name: string;
  send?: Send;
}

function statusOf(happening: Happening): Status | null {
  if (happening.kind === 'change' || happening.visit.flow.provider !== 'verify') return null;
  const { visit } = happening;
  switch (happening.kind) {
    case 'send':
      // A further send belongs to the verification that is pending already.
      return happening.send.attempt === 1 && !isRefused(happening.send) ? { visit, name: 'PENDING' } : null;
    case 'handed_over':
      return happening.send.channel === 'sms' ? { visit, name: 'SENT', send: happening.send } : null;
    case 'done': {
      const { outcome, channel, error } = happening.send;
      // What Verify answers with an error has no message; whether a block of Fraud Guard has one is not documented.
      if (channel === 'voice' || (outcome === 'blocked' && error !== 60410)) return null;
      const name = outcome === 'delivered' ? 'DELIVERED' : outcome === 'undelivered' ? 'UNDELIVERED' : 'FAILED';
      return { visit, name, send: happening.send };
    }
    case 'check':
      return happening.right ? { visit, name: 'APPROVED' } : null;
    case 'expiry':
      return { visit, name: 'EXPIRED' };
    case 'page':
    case 'use':
    case 'request':
      return null;
  }
}

/** The events of a kind, by status: type and schema. */
const VERIFICATION = kinds('verification', ['PENDING', 'APPROVED', 'EXPIRED']);
const MESSAGE = kinds('message', ['SENT', 'DELIVERED', 'UNDELIVERED', 'FAILED']);

function kinds(kind: string, statuses: string[]): Map<string, string> {
  return new Map(
    statuses.map((status) => [status, `com.twilio.accountsecurity.verify.${kind}.${status.toLowerCase()}`]),
  );
}

function event(type: string, schema: string, id: string, time: number, world: World, data: Event): Event {
  return {
    specversion: '1.0',
    type,
    source: `/v2/Services/${world.twilio!.verify_service_sid}`,
    id,
    dataschema: schema,
    datacontenttype: 'application/json',
    time: isoTime(time),
    data,
  };
}

function verificationEvent(time: number, visit: Visit, name: string, world: World): Event {
  const soFar = visit.sends.filter((send) => send.time <= time);
  const schema = 'https://events-schemas.twilio.com/AccountSecurity.VerifyEventStreamEvent/3';
  return event(VERIFICATION.get(name)!, schema, sid('EZ', visit.key, name), time, world, {
    account_sid: world.twilio!.account_sid,
    service_sid: world.twilio!.verify_service_sid,
    verification_sid: verificationSid(visit),
    friendly_name: world.web.service,
    created_at: wholeSeconds(visit.sends[0]!.time),
    verified_at: name === 'APPROVED' ? wholeSeconds(time) : null,
    to: visit.person.number,
    verification_status: name,
    country: visit.person.country,
    code_length: 6,
    send_code_attempts: {
      count: soFar.length,
      attempts: soFar.map((send) => ({
        time: wholeSeconds(send.time),
        channel: send.channel === 'sms' ? 'SMS' : 'CALL',
        attempt_sid: attemptSid(send),
        delivery_status: 'SENT',
      })),
    },
  });
}

function messageEvent(time: number, visit: Visit, send: Send, name: string, world: World): Event {
  const schema = 'https://events-schemas.twilio.com/AccountSecurity.MessageStatusEvent/2';
  return event(MESSAGE.get(name)!, schema, sid('EZ', send.key, name), time, world, {
    created_at: wholeSeconds(send.time),
    account_sid: world.twilio!.account_sid,
    service_sid: world.twilio!.verify_service_sid,
    verification_sid: verificationSid(visit),
    attempt_sid: attemptSid(send),
    error_code: send.error !== null && name !== 'SENT' ? String(send.error) : '',
    channel: 'SMS',
    message_status: name,
    has_fallback: false,
    is_fallback: false,
    to: visit.person.number,
    number_segments: 1,
  });
}

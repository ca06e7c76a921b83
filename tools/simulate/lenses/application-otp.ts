import type { Event } from '../../content/event';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import { between, uuid } from '../random';
import { fingerprint, messageSid, sessionId, userId, verificationSid } from './ids';

/**
 * The OTP events that the application itself emits: for the flows in which it asks a provider to send. What a
 * stolen key or an administrator sends goes past it, and Cognito sends its own codes.
 */
export const applicationOtp: Lens = {
  source: 'application.otp',
  clock: 1,
  sees(happening) {
    if (happening.kind === 'change' || happening.kind === 'page') return false;
    const { entry, flow } = happening.visit;
    if (flow.provider === 'cognito' || (entry !== 'form' && entry !== 'application')) return false;
    return happening.kind !== 'handed_over' && happening.kind !== 'done';
  },
  record(happening, world) {
    const step = stepOf(happening);
    const { visit } = step;
    const { client, known } = visit.person;
    return {
      timestamp: new Date(happening.time).toISOString(),
      event: { action: step.action, ...(step.reason !== undefined && { reason: step.reason }) },
      otp: { id: `otp-${uuid(visit.key)}`, purpose: visit.flow.purpose, channel: 'sms', attempt: step.attempt },
      destination: { number: visit.person.number },
      service: { name: world.web.service },
      ...(known && { user: { id: userId(visit.person.key) } }),
      ...(client && {
        session: { id: sessionId(visit.key) },
        client: { ip: client.address, fingerprint: fingerprint(client.device) },
        user_agent: { original: client.userAgent },
      }),
      ...(step.send && { provider: providerOf(visit, step.send) }),
    };
  },
  delay: (key) => Math.round(between(key, 'otp', 200, 3000)),
};

interface Step {
  action: string;
  reason?: string;
  visit: Visit;
  attempt: number;
  send?: Send;
}

function stepOf(happening: Happening): Step {
  switch (happening.kind) {
    case 'request': {
      const { visit, attempt, stopped } = happening;
      return stopped === null
        ? { action: 'otp_requested', visit, attempt }
        : { action: 'otp_blocked', reason: stopped, visit, attempt };
    }
    case 'send': {
      const { visit, send } = happening;
      return isRefused(send)
        ? { action: 'otp_failed', reason: String(send.error), visit, attempt: send.attempt, send }
        : { action: 'otp_sent', visit, attempt: send.attempt, send };
    }
    case 'check':
      return happening.right
        ? { action: 'otp_verified', ...lastSend(happening.visit, happening.time) }
        : { action: 'otp_rejected', reason: 'wrong_code', ...lastSend(happening.visit, happening.time) };
    case 'expiry':
      return { action: 'otp_expired', ...lastSend(happening.visit, happening.time) };
    case 'page':
    case 'handed_over':
    case 'done':
    case 'change':
      throw new Error(`the application does not log ${happening.kind}`);
  }
}

function lastSend(visit: Visit, time: number): { visit: Visit; attempt: number; send: Send } {
  const send = visit.sends.findLast((one) => one.time <= time)!;
  return { visit, attempt: send.attempt, send };
}

function providerOf(visit: Visit, send: Send): Event {
  return send.provider === 'verify'
    ? { name: 'twilio_verify', message_id: verificationSid(visit) }
    : { name: 'twilio', message_id: messageSid(send) };
}

import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import type { Person } from '../person';
import { between, chance, uuid, uuidAfter } from '../random';
import type { World } from '../world';
import { stoppedAtEdge } from './edge';
import { fingerprint, messageSid, sessionId, userId, verificationSid } from './ids';
import { lookupOf } from './twilio-lookup';

const otpId = uuidAfter('otp-');

/**
 * The OTP events that the application itself emits: for the flows in which it asks a provider to send. What a
 * stolen key or an administrator sends goes past it, and Cognito sends its own codes.
 */
export const applicationOtp: Lens = {
  source: 'application.otp',
  runs: ['otp_events'],
  clock: 1,
  sees(happening, world) {
    if (happening.kind === 'change' || happening.kind === 'page') return false;
    if (stoppedAtEdge(happening, world)) return false;
    const { entry, flow } = happening.visit;
    if (flow.provider === 'cognito' || (entry !== 'form' && entry !== 'application')) return false;
    return happening.kind !== 'handed_over' && happening.kind !== 'done';
  },
  record(happening, world) {
    const step = stepOf(happening);
    const { visit } = step;
    const { client, known } = visit.person;
    const record: Event = {
      timestamp: isoTime(happening.time),
      event: step.reason === undefined ? { action: step.action } : { action: step.action, reason: step.reason },
      otp: { id: otpId(visit.key), purpose: visit.flow.purpose, channel: step.channel, attempt: step.attempt },
      destination: { number: visit.person.number, ...lookedUp(step, world) },
      service: { name: world.web.service },
    };
    const email = visit.flow.purpose === 'signup' &&
      client !== null && { email_disposable: hasDisposable(visit.person) };
    if (known || email) record['user'] = { ...(known && { id: userId(visit.person.key) }), ...email };
    if (client) {
      record['session'] = { id: sessionId(visit.key) };
      record['client'] = { ip: client.address, fingerprint: fingerprint(client.device) };
      record['user_agent'] = { original: client.userAgent };
    }
    if (step.send) record['provider'] = providerOf(visit, step.send);
    return record;
  },
  delay: (key) => Math.round(between(key, 'otp', 200, 3000)),
};

/** One in a hundred of those who sign up (ours). */
function hasDisposable({ key, client }: Person): boolean {
  return client?.disposableEmail ?? chance(key, 'email', 0.01);
}

/** What Lookup answered, where the application asks it: of each code that it then sends, and not of American and Canadian numbers, as Twilio advises. */
function lookedUp({ action, visit, send }: Step, world: World): Event | null {
  if (send === undefined || !world.runs.includes('lookup')) return null;
  const { purpose } = visit.flow;
  const { number, country, warned } = visit.person;
  const asks = (action === 'otp_sent' || action === 'otp_failed') && purpose !== 'notification';
  return asks && country !== 'US' && country !== 'CA' ? lookupOf(number, warned) : null;
}

interface Step {
  action: string;
  reason?: string;
  visit: Visit;
  attempt: number;
  channel: Send['channel'];
  send?: Send;
}

function stepOf(happening: Happening): Step {
  switch (happening.kind) {
    case 'request': {
      const { visit, attempt, channel, stopped } = happening;
      return stopped === null
        ? { action: 'otp_requested', visit, attempt, channel }
        : { action: 'otp_blocked', reason: stopped, visit, attempt, channel };
    }
    case 'send': {
      const { visit, send } = happening;
      const { attempt, channel } = send;
      return isRefused(send)
        ? { action: 'otp_failed', reason: String(send.error), visit, attempt, channel, send }
        : { action: 'otp_sent', visit, attempt, channel, send };
    }
    case 'check':
      return happening.right
        ? { action: 'otp_verified', ...lastSend(happening.visit, happening.time) }
        : { action: 'otp_rejected', reason: 'wrong_code', ...lastSend(happening.visit, happening.time) };
    case 'expiry':
      return { action: 'otp_expired', ...lastSend(happening.visit, happening.time) };
    case 'use':
      return { action: 'account_used', ...lastSend(happening.visit, happening.time) };
    case 'page':
    case 'handed_over':
    case 'done':
    case 'change':
      throw new Error(`the application does not log ${happening.kind}`);
  }
}

function lastSend(visit: Visit, time: number): Pick<Required<Step>, 'visit' | 'attempt' | 'channel' | 'send'> {
  const send = visit.sends.findLast((one) => one.time <= time)!;
  return { visit, attempt: send.attempt, channel: send.channel, send };
}

function providerOf(visit: Visit, send: Send): Event {
  if (send.provider === 'verify') return { name: 'twilio_verify', message_id: verificationSid(visit) };
  return send.provider === 'sns'
    ? { name: 'aws_sns', message_id: uuid(send.key) }
    : { name: 'twilio', message_id: messageSid(send) };
}

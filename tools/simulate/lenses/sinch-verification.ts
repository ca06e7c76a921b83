import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import { child, uuid } from '../random';
import { priceOf } from '../rate-card';
import type { World } from '../world';
import { lateness } from './times';

/**
 * Callbacks of Sinch Verification, as the receiver writes them: the request, the SMS's delivery report and the result. Each further code is a verification of its own,
 * which aborts the one before.
 */
export const sinchVerification: Lens = {
  source: 'sinch.verification',
  runs: ['sinch'],
  clock: 1,
  sees: (happening) => callbackOf(happening) !== null,
  record(happening, world) {
    const { visit, send, event, of } = callbackOf(happening)!;
    return {
      timestamp: isoTime(happening.time),
      application_key: world.sinch!.application,
      callback: {
        event,
        id: uuid(send.key),
        method: send.channel === 'sms' ? 'sms' : 'callout',
        identity: { type: 'number', endpoint: visit.person.number },
        ...(isOwn(visit) && { reference: `otp-${uuid(child(send.key, 'reference'))}` }),
        ...(event === 'VerificationRequestEvent' ? { price: priceFor(visit, world) } : of),
      },
    };
  },
  delay: (key) => lateness(key, 'callback', 1500, 0.8, 3_600_000),
};

/** What is told of which of a visit's verifications. */
interface Callback {
  visit: Visit;
  send: Send;
  event: 'VerificationRequestEvent' | 'VerificationSmsDeliveredEvent' | 'VerificationResultEvent';
  /** The fields that only this kind of event has. */
  of?: Event;
}

function callbackOf(happening: Happening): Callback | null {
  if (happening.kind === 'change' || happening.visit.flow.provider !== 'sinch') return null;
  const { visit } = happening;
  const ended = (send: Send, status: string, reason?: string): Callback => ({
    visit,
    send,
    event: 'VerificationResultEvent',
    of: { status, ...(reason && { reason }) },
  });
  switch (happening.kind) {
    case 'send': {
      const { send } = happening;
      if (!isRefused(send)) return { visit, send, event: 'VerificationRequestEvent' };
      return ended(send, 'DENIED', send.guard === 'closed_country' ? 'Destination denied' : 'Fraud');
    }
    case 'handed_over': {
      const replaced = visit.sends[happening.send.attempt - 2];
      return replaced && !isRefused(replaced) ? ended(replaced, 'ABORTED') : null;
    }
    case 'done': {
      const { send } = happening;
      if (send.channel === 'voice' || isRefused(send)) return null;
      const smsResult = send.outcome === 'delivered' ? 'Successful' : 'Failed';
      return { visit, send, event: 'VerificationSmsDeliveredEvent', of: { smsResult } };
    }
    case 'check':
      return happening.right ? ended(lastOf(visit), 'SUCCESSFUL') : null;
    case 'expiry': {
      const send = lastOf(visit);
      return send.outcome === 'delivered'
        ? ended(send, 'FAIL', 'Expired')
        : ended(send, 'ERROR', 'SMS delivery failure');
    }
    case 'page':
    case 'use':
    case 'request':
      return null;
  }
}

/** By the end of a code's life a visit has had all its sends; a verification that was denied has no code. */
function lastOf(visit: Visit): Send {
  return visit.sends.findLast((send) => !isRefused(send))!;
}

/** Whether the application asked, which gives each verification a reference. */
function isOwn({ entry }: Visit): boolean {
  return entry === 'form' || entry === 'application';
}

function priceFor({ person }: Visit, { rates }: World): Event {
  return { amount: priceOf(rates, person.country), currencyId: 'USD' };
}

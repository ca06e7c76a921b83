import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import { mobileCountryCode } from '../countries';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { child, uuid } from '../random';
import { lateness } from './times';

/** Seconds that a request waits for its code: the simulator's life of a code. */
const CHANNEL_TIMEOUT = 600;

/**
 * Status callbacks of Vonage Verify v2, as the receiver writes them: how each request ended. A further code is a further request, since Vonage
 * allows one a number at a time and the application cancels the one before. Only summaries: the event that comes beside one says less.
 */
export const vonageVerify: Lens = {
  source: 'vonage.verify',
  runs: ['vonage'],
  clock: 1,
  sees: (happening) => endOf(happening) !== null,
  record(happening, world) {
    const { visit, send, status } = endOf(happening)!;
    const step: Event = { channel: send.channel, initiated_at: isoTime(send.time), status };
    if (status === 'blocked') step['reason'] = reasonOf(visit);
    return {
      request_id: uuid(send.key),
      type: 'summary',
      status,
      submitted_at: isoTime(send.time),
      finalized_at: isoTime(happening.time),
      channel_timeout: CHANNEL_TIMEOUT,
      workflow: [step],
      ...(isOwn(visit) && {
        client_ref: uuid(child(send.key, 'client ref')).replaceAll('-', ''),
        destination: { number: visit.person.number },
      }),
      api_key: world.vonage!.account,
      application_id: world.vonage!.application,
    };
  },
  delay: (key) => lateness(key, 'callback', 2000, 0.8, 3_600_000),
};

/** The end of a request. */
interface End {
  visit: Visit;
  send: Send;
  status: 'completed' | 'expired' | 'blocked';
}

function endOf(happening: Happening): End | null {
  if (happening.kind === 'change' || happening.visit.flow.provider !== 'vonage') return null;
  const { visit } = happening;
  switch (happening.kind) {
    case 'done':
      return happening.send.outcome === 'blocked' ? { visit, send: happening.send, status: 'blocked' } : null;
    case 'check':
      return happening.right ? { visit, send: lastOf(visit), status: 'completed' } : null;
    case 'expiry': {
      const send = lastOf(visit);
      return send.outcome === 'blocked' ? null : { visit, send, status: 'expired' };
    }
    case 'page':
    case 'use':
    case 'request':
    case 'send':
    case 'handed_over':
      return null;
  }
}

/** By then a visit has had all its sends. */
function lastOf(visit: Visit): Send {
  return visit.sends.at(-1)!;
}

/** Whether the application asked, and so knows the request by its reference. */
function isOwn({ entry }: Visit): boolean {
  return entry === 'form' || entry === 'application';
}

/** The network as mobile country and network code. */
function reasonOf({ person: { country, carrier } }: Visit): string {
  const network = `${mobileCountryCode(country)}${String(1 + (carrier.length % 20)).padStart(2, '0')}`;
  return `Fraudulent traffic detected for your account on network [ ${network} ].`;
}

import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import { mobileCountryCode } from '../countries';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { below, child, uuid } from '../random';
import { priceOf } from '../rate-card';
import { lateness } from './times';

/** Infobip's delivery reports, as the receiver of an account-wide subscription writes them: one for each message, once its fate is known. */
export const infobipSms: Lens = {
  source: 'infobip.sms',
  runs: ['infobip'],
  clock: 1,
  sees: (happening) => reportOf(happening) !== null,
  record(happening, world) {
    const { visit, send } = reportOf(happening)!;
    const { application, sender } = world.infobip!;
    const { country, carrier, number } = visit.person;
    return {
      messageId: uuid(send.key),
      to: number,
      ...(isOwn(visit) && {
        sender,
        platform: { applicationId: application },
        callbackData: `otp-${uuid(child(send.key, 'callback data'))}`,
      }),
      sentAt: isoTime(send.time),
      doneAt: isoTime(happening.time),
      messageCount: 1,
      mccMnc: `${mobileCountryCode(country)}${String(1 + (carrier.length % 20)).padStart(2, '0')}`,
      price: { pricePerMessage: send.outcome === 'blocked' ? 0 : priceOf(world.rates, country), currency: 'USD' },
      ...fateOf(send),
    };
  },
  delay: (key) => lateness(key, 'report', 3000, 0.8, 3_600_000),
};

/** A message's status with the error that belongs to it, each by group, id and name. */
type Fate = [status: [number, string, number, string], error: [number, string, number, string, permanent: boolean]];

const DELIVERED: Fate = [
  [3, 'DELIVERED', 5, 'DELIVERED_TO_HANDSET'],
  [0, 'OK', 0, 'NO_ERROR', false],
];
const BLOCKED: Fate = [
  [5, 'REJECTED', 87, 'SIGNALS_BLOCKED'],
  [2, 'USER_ERRORS', 608, 'EC_SIGNALS_BLOCKED', false],
];
const NOT_DELIVERED: Fate[0] = [2, 'UNDELIVERABLE', 9, 'UNDELIVERABLE_NOT_DELIVERED'];
const FAILURES: Fate[1][] = [
  [1, 'HANDSET_ERRORS', 27, 'EC_ABSENT_SUBSCRIBER', false],
  [1, 'HANDSET_ERRORS', 27, 'EC_ABSENT_SUBSCRIBER', false],
  [1, 'HANDSET_ERRORS', 6, 'EC_ABSENT_SUBSCRIBER_SM', false],
  [1, 'HANDSET_ERRORS', 1, 'EC_UNKNOWN_SUBSCRIBER', true],
];

function fateOf({ key, outcome }: Send): Event {
  const [status, error] =
    outcome === 'delivered'
      ? DELIVERED
      : outcome === 'blocked'
        ? BLOCKED
        : ([NOT_DELIVERED, FAILURES[below(key, 'infobip failure', FAILURES.length)]!] satisfies Fate);
  return {
    status: { groupId: status[0], groupName: status[1], id: status[2], name: status[3] },
    error: { groupId: error[0], groupName: error[1], id: error[2], name: error[3], permanent: error[4] },
  };
}

function reportOf(happening: Happening): { visit: Visit; send: Send } | null {
  if (happening.kind !== 'done' || happening.send.provider !== 'infobip') return null;
  const { visit, send } = happening;
  return { visit, send };
}

/** Whether the product asked, which marks each message as its own; who holds the key alone does not know how. */
function isOwn({ entry }: Visit): boolean {
  return entry === 'form' || entry === 'application';
}

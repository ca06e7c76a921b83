import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { mobileCountryCode } from '../countries';
import { exponential } from '../math';
import { priceOf } from '../rate-card';
import { below, between, unit, uuid } from '../random';

/** How it shows that the account's spending limit is reached: among the failure reasons that AWS lists, the nearest. */
const SPENT = 'This delivery would exceed max price';

const FAILURES = [
  'Phone is currently unreachable/unavailable',
  'Phone carrier is currently unreachable/unavailable',
  'Invalid phone number',
  'Unknown error attempting to reach phone',
];

/**
 * SNS's delivery log in CloudWatch: one record a message, once its fate is known, under the time of its publishing.
 * Cognito sends through SNS, and so does a stolen AWS key.
 */
export const awsSns: Lens = {
  source: 'aws.sns',
  runs: ['sns'],
  clock: 1,
  sees: (happening) => loggedOf(happening) !== null,
  record(happening, world) {
    const { visit, send } = loggedOf(happening)!;
    const aws = world.aws!;
    const delivered = send.outcome === 'delivered';
    const { country, carrier, number } = visit.person;
    return {
      owner: aws.account,
      logGroup: `sns/${aws.region}/${aws.account}/DirectPublishToPhoneNumber${delivered ? '' : '/Failure'}`,
      notification: {
        messageId: uuid(send.key),
        timestamp: snsTime(send.time),
      },
      delivery: {
        ...(delivered && { phoneCarrier: carrier }),
        mnc: delivered ? 1 + (carrier.length % 20) : 0,
        mcc: delivered ? mobileCountryCode(country) : 0,
        destination: number,
        numberOfMessageParts: 1,
        priceInUSD: priceOf(world.rates, country),
        smsType: 'Transactional',
        providerResponse: delivered
          ? 'Message has been accepted by phone carrier'
          : send.outcome === 'blocked'
            ? SPENT
            : FAILURES[below(send.key, 'response', FAILURES.length)]!,
        dwellTimeMs: send.handedOverAt - send.time,
        ...(delivered && { dwellTimeMsUntilDeviceAck: send.doneAt - send.time }),
      },
      status: delivered ? 'SUCCESS' : 'FAILURE',
    };
  },
  /** Mostly minutes; one in seven up to an hour; one in fifty as late as the documented 72 hours. */
  delay(key) {
    const u = unit(key, 'lateness');
    if (u < 0.02) return Math.round(between(key, 'late', 3_600_000, 72 * 3_600_000));
    if (u < 0.15) return Math.round(between(key, 'late', 180_000, 3_600_000));
    return Math.round(10_000 + Math.min(170_000, exponential(unit(key, 'late'), 45_000)));
  },
};

/** SNS writes UTC with a space and no offset. */
function snsTime(time: number): string {
  const text = isoTime(time);
  return `${text.slice(0, 10)} ${text.slice(11, -1)}`;
}

function loggedOf(happening: Happening): { visit: Visit; send: Send } | null {
  if (happening.kind !== 'send' || happening.send.provider !== 'sns') return null;
  const { visit, send } = happening;
  return send.outcome !== 'delivered' || visit.deliveryLogged ? { visit, send } : null;
}

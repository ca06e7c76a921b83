import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { mobileCountryCode } from '../countries';
import { priceOf } from '../rate-card';
import { between, uuid } from '../random';

/** State → in words, as AWS's examples have it or in the same manner. */
const WORDS: Record<string, string> = {
  PENDING: 'Message has been accepted for delivery',
  SUCCESSFUL: 'Message has been accepted by phone carrier',
  DELIVERED: 'Message has been accepted by phone',
  PROTECT_BLOCKED: 'Message has been blocked by a protect configuration',
  INVALID: 'Invalid phone number',
  UNREACHABLE: 'Phone is currently unreachable/unavailable',
  CARRIER_UNREACHABLE: 'Phone carrier is currently unreachable/unavailable',
  UNKNOWN: 'Unknown error attempting to reach phone',
};

/** Which state stands for why a message did not arrive: the happenings tell it by Twilio's codes. */
const FAILED: Record<number, string> = { 30003: 'UNREACHABLE', 30005: 'INVALID', 30006: 'CARRIER_UNREACHABLE' };

/**
 * The events of the configuration set that the product names in its sends: pending, taken by the carrier, and the end. Whoever sends past the product
 * names none, and is not in them.
 */
export const awsSmsVoice: Lens = {
  source: 'aws.sms_voice',
  runs: ['end_user_messaging'],
  clock: 1,
  sees: (happening) => stateOf(happening) !== null,
  record(happening, world) {
    const { visit, send, state, final } = stateOf(happening)!;
    const { country, carrier, number } = visit.person;
    const aws = world.aws!;
    const blocked = state === 'PROTECT_BLOCKED';
    return {
      owner: aws.account,
      logGroup: `sms-events/${aws.configuration_set}`,
      eventType: `TEXT_${state}`,
      eventVersion: '1.0',
      eventTimestamp: happening.time,
      isFinal: final,
      originationPhoneNumber: '+12025550143',
      destinationPhoneNumber: number,
      isoCountryCode: country,
      isInternationalSend: true,
      // Of a number that does not exist there is no network.
      ...(state !== 'INVALID' && !blocked && { mcc: String(mobileCountryCode(country)), carrierName: carrier }),
      messageId: uuid(send.key),
      messageRequestTimestamp: send.time,
      messageEncoding: 'GSM',
      messageType: 'TRANSACTIONAL',
      messageStatus: state,
      messageStatusDescription: WORDS[state]!,
      totalMessageParts: 1,
      totalMessagePrice: blocked ? 0 : priceOf(world.rates, country),
      totalCarrierFee: 0,
    };
  },
  delay: (key) => Math.round(between(key, 'events', 500, 20_000)),
};

interface State {
  visit: Visit;
  send: Send;
  state: string;
  final: boolean;
}

function stateOf(happening: Happening): State | null {
  if (happening.kind !== 'send' && happening.kind !== 'handed_over' && happening.kind !== 'done') return null;
  const { visit, send } = happening;
  if (send.provider !== 'end_user_messaging' || visit.entry === 'provider' || !visit.deliveryLogged) return null;
  switch (happening.kind) {
    case 'send':
      return { visit, send, state: 'PENDING', final: false };
    case 'handed_over':
      return send.outcome === 'delivered' ? { visit, send, state: 'SUCCESSFUL', final: false } : null;
    case 'done':
      return { visit, send, state: endOf(send), final: true };
  }
}

function endOf({ outcome, error }: Send): string {
  if (outcome === 'delivered') return 'DELIVERED';
  return outcome === 'blocked' ? 'PROTECT_BLOCKED' : (FAILED[error!] ?? 'UNKNOWN');
}

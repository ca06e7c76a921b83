import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import { messageSid, sid } from './ids';
import { lateness } from './times';

/**
 * Twilio's error log: what it refused when it was asked, and what became of messages that it took and did not deliver. It names no
 * number. Codes that Verify sends and a carrier loses are not in it: their messages are not the account's.
 */
export const twilioErrors: Lens = {
  source: 'twilio.errors',
  runs: ['twilio'],
  clock: 1,
  sees: (happening) => failureOf(happening) !== null,
  record(happening, world) {
    const send = failureOf(happening)!;
    const id = sid('NO', send.key, 'error');
    const verify = send.provider === 'verify';
    const data: Event = {
      sid: id,
      account_sid: world.twilio!.account_sid,
      date_created: isoTime(happening.time),
      level: 'ERROR',
      master_account_sid: world.twilio!.account_sid,
      request_sid: sid('RQ', send.key, 'request'),
      service_sid: verify ? world.twilio!.verify_service_sid : world.twilio!.messaging_service_sid,
      product_name: verify ? 'Verify' : 'Messaging',
      error_code: String(send.error),
    };
    if (!isRefused(send)) data['correlation_sid'] = messageSid(send);
    return {
      specversion: '1.0',
      type: 'com.twilio.error-logs.error.logged',
      source: world.twilio!.account_sid,
      id,
      dataschema: 'https://events-schemas.twilio.com/ErrorLogs.Error/2',
      datacontenttype: 'application/json',
      time: isoTime(happening.time),
      data,
    };
  },
  delay: (key) => lateness(key, 'stream', 3000, 0.8, 3_600_000),
};

function failureOf(happening: Happening): Send | null {
  if (happening.kind !== 'send' && happening.kind !== 'done') return null;
  const { send } = happening;
  if (send.error === null) return null;
  // Only Twilio's refusals have a code.
  if (isRefused(send)) return happening.kind === 'send' ? send : null;
  return send.provider === 'messaging' && happening.kind === 'done' ? send : null;
}

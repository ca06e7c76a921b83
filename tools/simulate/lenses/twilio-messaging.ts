import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { isRefused } from '../life';
import { messageSid, sid } from './ids';
import { lateness } from './times';

/** Event Streams: one event for each state of each message that the account sends, whoever asked for it. */
export const twilioMessaging: Lens = {
  source: 'twilio.messaging',
  runs: ['twilio'],
  clock: 1,
  sees(happening) {
    const { kind } = happening;
    if (kind !== 'send' && kind !== 'handed_over' && kind !== 'done') return false;
    // What is refused at once never becomes a message.
    return happening.send.provider === 'messaging' && !isRefused(happening.send);
  },
  record(happening, world) {
    const { visit, send, status } = stateOf(happening);
    const time = isoTime(happening.time);
    const type = TYPES[status];
    const data: Event = {
      messageSid: messageSid(send),
      timestamp: time,
      accountSid: world.twilio!.account_sid,
      eventName: type,
      apiVersion: '2010-04-01',
      from: world.twilio!.from,
      to: visit.person.number,
      messageStatus: status,
      messagingServiceSid: world.twilio!.messaging_service_sid,
    };
    if (send.error !== null && status === 'UNDELIVERED') data['errorCode'] = send.error;
    data['numberOfSegments'] = 1;
    return {
      specversion: '1.0',
      type,
      source: world.twilio!.account_sid,
      id: sid('EZ', send.key, status),
      dataschema: 'https://events-schemas.twilio.com/Messaging.MessageStatus/8',
      datacontenttype: 'application/json',
      time,
      data,
    };
  },
  delay: (key) => lateness(key, 'stream', 3000, 0.8, 3_600_000),
};

const TYPES = {
  QUEUED: 'com.twilio.messaging.message.queued',
  SENT: 'com.twilio.messaging.message.sent',
  DELIVERED: 'com.twilio.messaging.message.delivered',
  UNDELIVERED: 'com.twilio.messaging.message.undelivered',
} as const;

function stateOf(happening: Happening): { visit: Visit; send: Send; status: keyof typeof TYPES } {
  switch (happening.kind) {
    case 'send':
      return { visit: happening.visit, send: happening.send, status: 'QUEUED' };
    case 'handed_over':
      return { visit: happening.visit, send: happening.send, status: 'SENT' };
    case 'done': {
      const { visit, send } = happening;
      return { visit, send, status: send.outcome === 'delivered' ? 'DELIVERED' : 'UNDELIVERED' };
    }
    case 'page':
    case 'request':
    case 'check':
    case 'expiry':
    case 'use':
    case 'change':
      throw new Error(`no message has the state ${happening.kind}`);
  }
}

import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { logNormal } from '../math';
import { unit } from '../random';
import { messageSid, sid } from './ids';

/** Event Streams: one event for each state of each message that the account sends, whoever asked for it. */
export const twilioMessaging: Lens = {
  source: 'twilio.messaging',
  clock: 1,
  sees: (happening) => stateOf(happening) !== null,
  record(happening, world) {
    const { visit, send, status } = stateOf(happening)!;
    const time = new Date(happening.time).toISOString();
    const type = `com.twilio.messaging.message.${status.toLowerCase()}`;
    return {
      specversion: '1.0',
      type,
      source: world.twilio.account_sid,
      id: sid('EZ', send.key, status),
      dataschema: 'https://events-schemas.twilio.com/Messaging.MessageStatus/8',
      datacontenttype: 'application/json',
      time,
      data: {
        messageSid: messageSid(send),
        timestamp: time,
        accountSid: world.twilio.account_sid,
        eventName: type,
        apiVersion: '2010-04-01',
        from: world.twilio.from,
        to: visit.person.number,
        messageStatus: status,
        messagingServiceSid: world.twilio.messaging_service_sid,
        ...(send.error !== null && status === 'UNDELIVERED' && { errorCode: send.error }),
        numberOfSegments: 1,
      },
    };
  },
  delay: (key) => Math.round(Math.min(3_600_000, logNormal(unit(key, 'stream'), unit(key, 'stream', 1), 3000, 0.8))),
};

function stateOf(happening: Happening): { visit: Visit; send: Send; status: string } | null {
  if (happening.kind !== 'send' && happening.kind !== 'handed_over' && happening.kind !== 'done') return null;
  if (happening.send.provider !== 'messaging') return null;
  const { visit, send } = happening;
  switch (happening.kind) {
    case 'send':
      return { visit, send, status: 'QUEUED' };
    case 'handed_over':
      return { visit, send, status: 'SENT' };
    case 'done':
      return { visit, send, status: send.outcome === 'delivered' ? 'DELIVERED' : 'UNDELIVERED' };
  }
}

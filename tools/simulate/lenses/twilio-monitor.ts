import type { Actor, Happening } from '../happening';
import type { Lens } from '../lens';
import { between } from '../random';
import type { TwilioChange } from '../change';
import { sid } from './ids';
import { wholeSeconds } from './times';

/** Twilio's audit log: who changed what in the account, and from which address. */
export const twilioMonitor: Lens = {
  source: 'twilio.monitor',
  runs: ['twilio'],
  clock: 1000,
  sees: (happening) => changeOf(happening) !== null,
  record(happening, world) {
    const { change, by } = changeOf(happening)!;
    const resource = change.event.slice(0, change.event.lastIndexOf('.'));
    const person = change.source === 'web';
    return {
      sid: sid('AE', happening.key, 'event', happening.step),
      account_sid: world.twilio!.account_sid,
      actor_sid: person ? `US${by.name.padEnd(32, 'x')}` : world.twilio!.account_sid,
      actor_type: change.source === 'twilio' ? 'twilio-admin' : person ? 'user' : 'account',
      event_date: wholeSeconds(happening.time),
      event_type: change.event,
      resource_sid: resource === 'account-api-keys' ? sid('SK', happening.key, 'key') : world.twilio!.account_sid,
      resource_type: resource,
      source: change.source,
      ...(change.source !== 'twilio' && { source_ip_address: by.address }),
      event_data: { resource_properties: change.properties ?? {} },
    };
  },
  delay: (key) => Math.round(between(key, 'polling', 30_000, 360_000)),
};

function changeOf(happening: Happening): { change: TwilioChange; by: Actor } | null {
  if (happening.kind !== 'change' || !happening.change.twilio) return null;
  return { change: happening.change.twilio, by: happening.by };
}

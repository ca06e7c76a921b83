import { addressAt, anyAddress } from '../addresses';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { between, below, chance, child, letters, rootKey } from '../random';
import type { World } from '../world';
import { acsMessageId, asksForReport } from './acs-message';

/**
 * The operational log of Azure Communication Services: a record for each text that is asked for, and one for its delivery report.
 * It has the country and the server that called, never the number or the person.
 */
export const azureAcs: Lens = {
  source: 'azure.acs',
  runs: ['azure'],
  clock: 1,
  sees: (happening) => operationOf(happening) !== null,
  record(happening, world) {
    const { visit, send, name } = operationOf(happening)!;
    const asked = name === 'SMSMessagesSent';
    return {
      TimeGenerated: isoTime(happening.time),
      OperationName: name,
      CorrelationId: `${letters(child(send.key, name), 'ghjkmnpqrstuvwxy', 16)}.0`,
      ...(asked && { OperationVersion: VERSION }),
      Category: 'SMSOperational',
      ResultType: 'Succeeded',
      ResultSignature: asked ? '202' : '200',
      DurationMs: Math.round(between(send.key, name, 60, 240)),
      Level: 'Informational',
      ...(asked ? { CallerIpAddress: callerOf(visit, send, world) } : {}),
      Uri: asked
        ? `https://${world.web.service}.communication.azure.example/sms?api-version=${VERSION}`
        : 'https://smsgw.communication.azure.example/DeliveryReport',
      OutgoingMessageLength: asked ? (visit.flow.purpose === 'notification' ? 96 : 48) : 0,
      IncomingMessageLength: 0,
      DeliveryAttempts: asked ? 0 : 1,
      PhoneNumber: SENDER,
      NumberType: 'LongCodeNumber',
      SdkType: asked ? 'azsdk-net-Communication.Sms' : '',
      PlatformType: asked ? 'Linux' : '',
      Method: 'POST',
      MessageId: acsMessageId(send),
      Country: visit.person.country,
      resourceId: world.azure!.resource,
    };
  },
  /** Resource logs take three to ten minutes, now and then a little longer. */
  delay: (key) => Math.round(between(key, 'diagnostics', 120_000, 540_000) + between(key, 'late', 0, 120_000)),
};

const VERSION = '2021-03-07';
/** One of the numbers for fiction. */
const SENDER = '+12025550143';

interface Operation {
  visit: Visit;
  send: Send;
  name: 'SMSMessagesSent' | 'SMSDeliveryReportsReceived';
}

function operationOf(happening: Happening): Operation | null {
  if (happening.kind !== 'send' && happening.kind !== 'done') return null;
  const { visit, send } = happening;
  if (send.provider !== 'acs') return null;
  if (happening.kind === 'send') return { visit, send, name: 'SMSMessagesSent' };
  return asksForReport(visit) ? { visit, send, name: 'SMSDeliveryReportsReceived' } : null;
}

const SLOT = 10 * 60_000;

/**
 * From where the API is called: by the product, from one of three addresses, and for three stretches of ten minutes in a
 * hundred also from an instance that the platform starts elsewhere (ours); with a stolen key, from a rented server, the same all the time.
 */
function callerOf({ entry }: Visit, { key, time }: Send, world: World): string {
  const servers = rootKey(0, `${world.name} servers`);
  if (entry === 'provider') return anyAddress('vpn', child(servers, 'thief'), 254, servers);
  const slot = child(servers, 'slot', Math.floor(time / SLOT));
  const server = below(key, 'server', chance(slot, 'elsewhere', 0.03) ? 4 : 3);
  return addressAt('staff', server < 3 ? server : 3 + below(slot, 'instance', 251));
}

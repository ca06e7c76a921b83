import type { Event } from '@tollgate/sigma/values/event';
import { isoTime } from '../../telemetry/time';
import type { Happening, Send, Visit } from '../happening';
import type { Lens } from '../lens';
import { below } from '../random';
import { acsMessageId, asksForReport } from './acs-message';
import { lateness, wholeSeconds } from './times';

/** Event Grid's delivery reports of Azure Communication Services: one for each text, once its fate is known. */
export const azureAcsDelivery: Lens = {
  source: 'azure.acs.delivery',
  runs: ['azure'],
  clock: 1000,
  sees: (happening) => reportOf(happening) !== null,
  record(happening, world) {
    const { visit, send } = reportOf(happening)!;
    const id = acsMessageId(send);
    const delivered = send.outcome === 'delivered';
    return {
      id,
      topic: world.azure!.resource,
      subject: `/phonenumber/${SENDER}`,
      eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
      eventTime: wholeSeconds(happening.time),
      dataVersion: '1.0',
      metadataVersion: '1',
      data: {
        messageId: id,
        from: SENDER,
        to: visit.person.number,
        deliveryStatus: delivered ? 'Delivered' : 'Failed',
        deliveryStatusDetails: detailsOf(send),
        receivedTimestamp: isoTime(happening.time),
        deliveryAttempts: [attempt(send, delivered)],
      },
    };
  },
  delay: (key) => lateness(key, 'grid', 3000, 0.8, 3_600_000),
};

const SENDER = '12025550143';
/** The vendor's codes for a number that does not exist, a carrier's block, an unreachable phone and what nobody knows. */
const FAILURES = ['4004', '4005', '4006', '4006', '9999'];

/** 4000 is the verdict of the service's own fraud detection. */
function detailsOf({ key, outcome }: Send): string {
  if (outcome === 'delivered') return '2000';
  return outcome === 'blocked' ? '4000' : FAILURES[below(key, 'acs failure', FAILURES.length)]!;
}

function attempt({ handedOverAt }: Send, delivered: boolean): Event {
  const timestamp = isoTime(handedOverAt);
  return delivered
    ? { timestamp, segmentsSucceeded: 1, segmentsFailed: 0 }
    : { timestamp, segmentsSucceeded: 0, segmentsFailed: 1 };
}

function reportOf(happening: Happening): { visit: Visit; send: Send } | null {
  if (happening.kind !== 'done' || happening.send.provider !== 'acs') return null;
  const { visit, send } = happening;
  return asksForReport(visit) ? { visit, send } : null;
}

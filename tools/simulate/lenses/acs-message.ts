import { isoTime } from '../../telemetry/time';
import type { Send, Visit } from '../happening';
import { child, letters } from '../random';

// What both logs of Azure Communication Services show of a message: a reader joins them by it.

/** The message's id: the second in which it was sent, and something unique. */
export function acsMessageId({ key, time }: Send): string {
  const second = isoTime(time).slice(0, 19).replace(/[-:T]/g, '');
  return `Outgoing_${second}_${letters(child(key, 'acs'), 'ghjkmnpqrstuvwxy', 16)}`;
}

/** The product asks for a delivery report with each message; whoever sends with a stolen key does not. */
export function asksForReport({ entry }: Visit): boolean {
  return entry !== 'provider';
}

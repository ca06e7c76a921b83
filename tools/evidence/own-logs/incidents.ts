import { Failure } from '../../foundation/content/failure';
import { durationMs } from '../../telemetry/duration';
import { readDateTime } from '@tollgate/sigma/values/date-time';

/** A period in which one knows that one was attacked, [start, end) in epoch ms. */
export interface KnownIncident {
  start: number;
  end: number;
}

const HINT = 'write its start and its length or end: 2026-08-03T02:00Z/PT6H, 2026-08-03T02:00Z/2026-08-03T08:00Z';
const OFFSET = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i;

/** Reads an ISO 8601 interval. Throws a `Failure` (2) for anything else. */
export function parseIncident(text: string): KnownIncident {
  const wrong = (why: string): Failure => new Failure(2, `--incident ${JSON.stringify(text)} ${why}`, HINT);
  const [from, to, ...more] = text.split('/');
  if (to === undefined || more.length > 0) throw wrong('is no interval');
  const start = timeOf(from!);
  if (start === null) throw wrong('does not begin with a time and its zone');
  const end = to.startsWith('P') ? endAfter(start, to) : timeOf(to);
  if (end === null) throw wrong('does not end with a length such as PT6H, or with a time and its zone');
  if (end <= start) throw wrong('ends before it begins');
  return { start, end };
}

function timeOf(text: string): number | null {
  return OFFSET.test(text) ? readDateTime(text) : null;
}

function endAfter(start: number, length: string): number | null {
  // `P` and `PT` alone are no lengths, and would be none.
  if (!/^P(?=.*\d)(?:\d{1,6}[WD])*(?:T(?:\d{1,6}[HMS])+)?$/.test(length)) return null;
  try {
    return start + durationMs(length);
  } catch {
    return null; // Its parts are in another order.
  }
}

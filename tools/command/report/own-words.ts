import { jsonOf } from '@tollgate/sigma/values/json';
import type {
  EvidenceLine,
  FoundIncident,
  IncidentReport,
  OwnAlert,
  OwnReport,
  OwnResult,
  SeenEvent,
  Sent,
  SourceReport,
} from '../../evidence/own-logs/result';
import { parametersText } from './parameters';
import { duration, money, thousands } from './words';

/** Figures of a rule or query on one's own logs, and their headings. */
export const OWN_FIGURES = ['looked at', 'matched', 'days', 'episodes', 'a day [95 %]', 'nearest'];

/** What every format tells of a rule or query in numbers, under these headings. */
export function ownFigures(result: OwnResult): string[] {
  return [
    thousands(result.records),
    thousands(result.matched),
    result.days.toFixed(1),
    thousands(result.episodes),
    rateText(result),
    nearestText(result),
  ];
}

function rateText({ days, perDay, interval: [low, high] }: OwnResult): string {
  if (days === 0) return '–';
  const digits = (rate: number): string => (rate >= 100 ? rate.toFixed(0) : rate.toFixed(2));
  return `${digits(perDay)} [${digits(low)}–${digits(high)}]`;
}

function nearestText({ nearness, nearnessIsExact }: OwnResult): string {
  if (nearness === null) return nearnessIsExact ? '–' : '?';
  return `${nearnessIsExact ? '' : '≥ '}${Math.round(nearness * 100)} %`;
}

/** `2026-08-03T00:29Z`. */
export function minute(time: string): string {
  return `${time.slice(0, 16)}Z`;
}

/** How a source was there. */
export function sourceText({ records, form, first, last, gaps, sends }: SourceReport): string {
  const missing = gaps.length === 0 ? '' : `; nothing on ${shortList(gaps, 5)}`;
  const messages = sends === null ? '' : `, ${thousands(sends)} messages`;
  const shape = form === '' ? '' : ` (${form})`;
  return `${thousands(records)} records${shape}${messages}, ${minute(first)} to ${minute(last)}${missing}`;
}

/** A list with no more than so many items. */
export function shortList(items: readonly string[], most: number): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(', ')}${more > 0 ? ` and ${thousands(more)} more` : ''}`;
}

/** What an incident was to all rules and queries together. */
export function incidentText({ caught, first, source, untilAlert, whole }: IncidentReport): string {
  const lost =
    source === null ? '; no log shows messages of that time' : `; ${sentText(untilAlert, whole, caught)} (${source})`;
  if (first === null) return `missed by all${lost}`;
  return `caught after ${duration(first.seconds)} by '${first.by}'${lost}`;
}

function sentText(until: Sent, whole: Sent, caught: boolean): string {
  const of = (sent: Sent): string =>
    `${thousands(sent.unusual)} messages above the usual${sent.usd === null ? '' : `, ${money(sent.usd)}`}`;
  return caught ? `lost until then: ${of(until)}; in the whole period: ${of(whole)}` : `lost: ${of(whole)}`;
}

/** An incident that the alerts make: what, since when, whence and whereto, what it cost so far, what to do first. */
export function foundText({
  asset,
  level,
  since,
  until,
  highSince,
  shows,
  alerts,
  values,
  cost,
  source,
  acts,
}: FoundIncident): string[] {
  const lasted = `${minute(since)} to ${minute(until)}`;
  const became = highSince === null ? '' : `, high since ${minute(highSince)}`;
  const spent =
    cost === null
      ? ''
      : `; ${thousands(cost.unusual)} messages above the usual${cost.usd === null ? '' : `, ${money(cost.usd)}`} (${source})`;
  const about = Object.entries(values).map(([field, list]) => `${field} ${list.map(String).join(', ')}`);
  return [
    `${level} · ${asset ?? 'no asset named'} · ${lasted}${became} · ${shows.join(', ')} · ${thousands(alerts)} alerts${spent}`,
    ...(about.length > 0 ? [about.join('; ')] : []),
    ...(acts.length > 0 ? [`first: ${shortList(acts, 3)}`] : []),
  ];
}

/** One of its lines of evidence. */
export function evidenceText({ at, name, level, group, alerts }: EvidenceLine): string {
  const more = alerts > 1 ? `, ${thousands(alerts)} alerts` : '';
  return `${minute(at)} ${name} (${level}) · ${valuesText(group)}${more}`;
}

/** An alert, in a line. */
export function alertText({ group, start, end, value, events, incidents }: OwnAlert): string {
  const length = (Date.parse(end) - Date.parse(start)) / 1000;
  const lasted = length > 0 ? `, ${duration(length)}` : '';
  const within = incidents.length > 0 ? `, in incident ${incidents.map((number) => number + 1).join(', ')}` : '';
  return `${minute(start)}${lasted} · ${valuesText(group)} · value ${String(value)}, ${thousands(events)} events${within}`;
}

/** One of its events. */
export function eventText({ time, place: { file, line }, values }: SeenEvent): string {
  return `${time} ${file}${line > 0 ? `:${line}` : ''} · ${valuesText(values)}`;
}

function valuesText(values: Record<string, unknown>): string {
  const entries = Object.entries(values);
  if (entries.length === 0) return 'no group';
  return entries.map(([field, value]) => `${field} ${typeof value === 'string' ? value : jsonOf(value)}`).join(', ');
}

/** What there is to say of a result beside its figures. */
export function ownNotes({ without, excluded, budget, incidents }: OwnResult): string[] {
  const of = (outcome: string): string =>
    incidents
      .filter((one) => one.outcome === outcome)
      .map(({ incident, seconds }) => `${incident + 1}${seconds === null ? '' : ` after ${duration(seconds)}`}`)
      .join(', ');
  const told = (word: string, outcome: string): string[] => (of(outcome) ? [`${word} incident ${of(outcome)}`] : []);
  return [
    ...told('caught', 'caught'),
    ...told('alerted already before', 'before'),
    ...(budget === 'over' ? ['clearly over its budget on these logs'] : []),
    ...(without.length > 0 ? [`ran without ${without.join(', ')}, of which the logs have nothing`] : []),
    ...(excluded > 0 ? [`${thousands(excluded)} events have no value of a field that it groups by`] : []),
  ];
}

/** `twilio.ndjson:12: holds no JSON record (3 in all)`. */
export function lossText({ reason, count, first }: OwnReport['losses'][number]): string {
  const place = first === null ? '' : `${first.file}${first.line > 0 ? `:${first.line}` : ''}: `;
  return `${place}${reason}${count > 1 ? ` (the first of ${thousands(count)})` : ''}`;
}

/** What was run, on what, and what it cost. */
export function headText({ engine, records, from, cost, redacted, totals, parameters }: OwnReport): string {
  const wire = cost.bytes === null ? '' : `, ${thousands(cost.bytes)} bytes in ${cost.requests} answers`;
  const changed = parametersText(parameters);
  return (
    `${engine.name} ${engine.version} · ${thousands(records)} records of ${shortList(from, 3)} · ${cost.seconds.toFixed(1)} s${wire} · ` +
    `${thousands(totals.episodes)} episodes in ${spanText(totals)}${redacted ? ' · redacted' : ''}${changed ? ` · ${changed}` : ''}`
  );
}

/** A rate of less than a day says nothing of a day. */
function spanText({ days, perDay }: OwnReport['totals']): string {
  return days < 1 ? 'less than a day' : `${days.toFixed(1)} days, ${perDay.toFixed(2)} a day`;
}

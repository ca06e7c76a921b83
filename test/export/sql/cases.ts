import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { huntAlerts } from '../../../tools/detection/hunt/alerts';
import { reachOf } from '../../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { caseFile, caseRecords, type Case, type CaseFile } from '../../../tools/evidence/replay/case-events';
import type { Contract } from '../../../tools/telemetry/contract';
import { deriver } from '../../../tools/telemetry/derive';
import { huntInputs, type Held } from './memory';
import type { Delivered } from './warehouse';

const DAY = 24 * 3_600_000;
/** Cases of one detector lie so far apart that no window and no baseline holds events of two of them. */
const APART = 40 * DAY;

export interface CasesOf {
  file: CaseFile;
  delivered: Delivered[];
  /** When each case ends (epoch ms). */
  ends: number[];
  /** How long all of them are (ms). */
  length: number;
}

/** The records of a file's cases, one case after the other, `offset` (ms) after the time that they are told in. */
export function casesOf(
  document: YamlDocument,
  contracts: ReadonlyMap<string, Contract>,
  offset: number,
  most: number,
): CasesOf {
  const file = caseFile(document);
  const cases = telling(file.cases, most);
  const delivered: Delivered[] = [];
  const ends: number[] = [];
  for (const [index, one] of cases.entries()) {
    const from = offset + index * APART;
    const records = caseRecords(file, one, contracts);
    for (const { source, time, record } of records) {
      const contract = contracts.get(source)!;
      const event = deriver(contract)(record, time + from);
      delivered.push({ source, record: moved(event, from, contract.time), ingested: time + from });
    }
    if (records.length > 0) ends.push(Math.max(...records.map(({ time }) => time)) + from);
  }
  return { file, delivered, ends, length: cases.length * APART };
}

/** Those of a detector's cases that tell most, spread over its file: all of them are 365,000 records. */
function telling(cases: readonly Case[], most: number): Case[] {
  const close = cases.filter(({ kind }) => kind !== 'quiet');
  const step = Math.max(1, close.length / most);
  return Array.from({ length: Math.min(most, close.length) }, (_, n) => close[Math.floor(n * step)]!);
}

/** The first run of a query that alerts in the case that ends then (epoch ms); null where none does. */
export function firstAlert(query: HuntQuery, events: readonly Held[], end: number): number | null {
  const near = (time: number): boolean => time >= end - APART / 2 && time <= end;
  const own = events.filter(({ time }) => near(time));
  const { after } = reachOf(query);
  const { alerts } = huntAlerts(query, huntInputs(query, own), { start: end - APART / 2, end: end + after });
  return alerts[0]?.start ?? null;
}

/** An event as a record at another time. */
function moved(
  event: Record<string, unknown>,
  by: number,
  { field, format }: { field: string; format: string },
): Record<string, unknown> {
  const at = Date.parse(event['@timestamp'] as string) + by;
  const iso = new Date(at).toISOString();
  const time = format === 'epoch_millis' ? at : format === 'sns' ? iso.replace('T', ' ').replace('Z', '') : iso;
  const [first, ...rest] = field.split('.') as [string, ...string[]];
  const below =
    rest.length === 0
      ? time
      : rest.reduceRight<unknown>((value, key) => ({ ...(event[first] as object), [key]: value }), time);
  return { ...event, [first]: below, '@timestamp': iso };
}

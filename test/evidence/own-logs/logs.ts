import { join } from 'node:path';
import type { Event } from '@tollgate/sigma/values/event';
import { loadYaml } from '../../../tools/foundation/content/load-yaml';
import { parseQueries } from '../../../tools/detection/hunt/parse';
import type { OwnContent } from '../../../tools/evidence/own-logs/detectors';
import type { OwnRecord, OwnRecords } from '../../../tools/evidence/own-logs/events';
import { completer } from '../../../tools/telemetry/complete';
import { parseIncident } from '../../../tools/evidence/own-logs/incidents';
import { Losses } from '../../../tools/evidence/own-logs/losses';
import type { OwnReport } from '../../../tools/evidence/own-logs/result';
import { replayRecords } from '../../../tools/evidence/own-logs/run';
import { loadRules } from '../../../tools/detection/rules/load';
import { rateCardOf } from '../../../tools/simulate/load';
import { loadContracts } from '../../../tools/telemetry/load';

const ROOT = join(__dirname, '../../..');

export const { contracts } = loadContracts(join(ROOT, 'schemas', 'telemetry'));
export const rates = rateCardOf(join(ROOT, 'datasets'), []);
export const T0 = Date.UTC(2026, 7, 3);
export const MINUTE = 60_000;

/** The rules and queries of files of the repository. */
export function contentOf(...files: string[]): OwnContent {
  const paths = files.map((file) => join(ROOT, file));
  const ofQueries = paths.filter((path) => path.includes('/queries/'));
  const { rules, parts } = loadRules(paths.filter((path) => !ofQueries.includes(path)));
  const documents = ofQueries.flatMap((path) => loadYaml(path).documents);
  return { rules, queries: parseQueries(documents, contracts).queries, contracts, parts, unread: [] };
}

/** A record as its vendor delivers it. */
export type Delivered = Omit<OwnRecord, 'event'> & { record: Event };

/** Twilio took a message to a number, so many minutes after `T0`. */
export function queued(minute: number, to: string): Delivered {
  const example = contracts.get('twilio.messaging')!.example;
  const timestamp = new Date(T0 + minute * MINUTE).toISOString();
  const data = { ...(example['data'] as Event), to, timestamp, messageStatus: 'QUEUED' };
  const type = 'com.twilio.messaging.message.queued';
  return {
    source: 'twilio.messaging',
    form: 'json',
    record: { ...example, type, data },
    place: { file: 'twilio.ndjson', line: minute + 1 },
  };
}

/** `count` messages to the numbers of one block, `every` so many minutes. */
export function run(first: number, count: number, block: string, every = 0.1): Delivered[] {
  return Array.from({ length: count }, (_, n) => queued(first + n * every, `${block}${String(1000 + n)}`));
}

export function streamOf(records: Delivered[]): OwnRecords {
  return (take) => {
    for (const { record, ...rest } of records) take({ ...rest, event: completer(contracts.get(rest.source)!)(record) });
    return Promise.resolve();
  };
}

export async function replayOf(content: OwnContent, records: Delivered[], ...incidents: string[]): Promise<OwnReport> {
  return replayRecords(streamOf(records), ['twilio.ndjson'], {
    content,
    incidents: incidents.map(parseIncident),
    rates,
    losses: new Losses(),
    progress: { update: () => undefined },
  });
}

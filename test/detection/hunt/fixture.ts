import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { Scalar } from '@tollgate/sigma/values/event';
import type { HuntInput } from '../../../tools/detection/hunt/groups';
import { parseQueries } from '../../../tools/detection/hunt/parse';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import type { Contract, Field } from '../../../tools/telemetry/contract';

const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({
  type,
  meaning: 'a field',
  evidence: 'documented',
  ...more,
});

export const CONTRACT: Contract = {
  id: 'application.otp',
  title: 'OTP events',
  description: 'Events of a test.',
  logsource: { category: 'application', service: 'otp' },
  references: [],
  enabled: { byDefault: true, how: '' },
  delay: { typical: 'PT1S', worst: 'PT5M', evidence: 'documented' },
  retention: '',
  time: { field: 'timestamp', format: 'iso8601' },
  roles: { asset: 'asset.id', identity: 'client.ip', destination: 'destination.number' },
  step: ['event.action'],
  fields: {
    timestamp: field('date'),
    'event.action': field('keyword'),
    'otp.id': field('keyword'),
    'client.ip': field('ip', { optional: true }),
    'destination.number': field('keyword'),
    price: field('double', { optional: true }),
    labels: field('keyword', { list: true, optional: true }),
  },
  derived: {
    'asset.id': { ...field('keyword'), derive: { how: 'copy', from: 'timestamp' } },
    'destination.block': {
      ...field('keyword', { optional: true }),
      derive: { how: 'block', from: 'destination.number' },
    },
    'destination.country': {
      ...field('keyword', { optional: true }),
      derive: { how: 'country', from: 'destination.number' },
    },
  },
  never: [],
  example: {},
};

/** A correct query in YAML; `changes` replace or remove (null) top-level keys by their flow-style value. */
export function queryText(changes: Record<string, string | null> = {}): string {
  const keys: Record<string, string> = {
    title: 'Codes that nobody enters, by block',
    id: '6f51d58f-005a-4331-91ac-5d91a1c732dc',
    status: 'experimental',
    level: 'high',
    description: 'Finds blocks of numbers to which many codes went and from which almost none came back.',
    references: '[https://attack.mitre.org/techniques/T1496/003/]',
    tags: '[attack.impact, attack.t1496.003]',
    source: 'application.otp',
    scope: '{asset: asset.id, identity: client.ip}',
    window: '{default: 1h, max: 7d, settle: 10m}',
    baseline: '{length: 1d}',
    parameters:
      '{min_sends: {type: integer, default: 3, unit: messages, description: Fewest messages that say something.}}',
    detection: '{sent: {event.action: otp_sent}, passed: {event.action: otp_verified}, condition: sent or passed}',
    'group-by': '[destination.country, destination.block]',
    measures:
      '{sends: {count: sent}, codes: {distinct: otp.id, of: sent}, verified: {distinct: otp.id, of: sent, also: passed}, before: {count: sent, over: baseline}}',
    derive: '{conversion: verified / codes}',
    having: 'sends >= $min_sends and conversion < 0.5 and before == 0',
    sort: '[-sends]',
    schedule: '{every: 10m, delay: 1m}',
    pivot: '{before: "{destination.country} of {asset.id} from {from}", after: "what followed {to} in it"}',
  };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete keys[key];
    else keys[key] = value;
  }
  return Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

export function parse(text: string): { queries: HuntQuery[]; diagnostics: Diagnostic[] } {
  const { documents, diagnostics } = parseYaml('queries/test.yml', text);
  const parsed = parseQueries(documents, new Map([[CONTRACT.id, CONTRACT]]));
  return { ...parsed, diagnostics: [...diagnostics, ...parsed.diagnostics] };
}

/** The query of `queryText`, which must have no error. */
export function query(changes: Record<string, string | null> = {}): HuntQuery {
  const { queries, diagnostics } = parse(queryText(changes));
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics, null, 2));
  return queries[0]!;
}

/** One event of a test: its selection, minute and values. */
export interface TestEvent {
  selection: string;
  time: number;
  ingested?: number;
  values: Record<string, Scalar | Scalar[] | null>;
}

/** The events as an engine would give them to a hunt, numbered in their order. */
export function inputs(of: HuntQuery, fields: string[], events: TestEvent[]): HuntInput[] {
  return Object.keys(of.selections).map((selection) => ({
    selection,
    fields,
    matches: events
      .map((event, number) => ({ event, number }))
      .filter(({ event }) => event.selection === selection)
      .map(({ event, number }) => ({
        event: number,
        time: event.time,
        ingested: event.ingested ?? event.time,
        values: fields.map((name) => event.values[name] ?? null),
      })),
  }));
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

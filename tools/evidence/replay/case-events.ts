import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { getOwn, isMap, setOwn } from '@tollgate/sigma/values/map';
import type { Contract } from '../../telemetry/contract';

/** Cases are told relative to this moment: Monday 2026-01-05, 00:00:00 UTC. */
export const CASE_START = Date.UTC(2026, 0, 5);

/** More events than a hand-written case needs; a bound on what `times` can ask for. */
export const MAX_CASE_EVENTS = 20_000;

export type CaseKind = 'fires' | 'quiet' | 'near-miss' | 'edge';

/** One document of a cases file that satisfies its schema. */
export interface CaseFile {
  title: string;
  /** Id of the rule or query that is tested. */
  rule: string;
  base: Record<string, { source: string; record: Record<string, unknown> }>;
  cases: Case[];
}

export interface Case {
  name: string;
  kind: CaseKind;
  /** How many alerts the rule must give; for a query, how many episodes. */
  alerts: number;
  events: CaseEvent[];
}

/** One event, or `times` events `every` so long. */
export interface CaseEvent {
  use: string;
  at: string;
  times?: number;
  every?: string;
  set?: Record<string, unknown>;
}

/** A vendor's record of a case, complete with its time. */
export interface CaseRecord {
  source: string;
  /** Epoch ms. */
  time: number;
  record: Record<string, unknown>;
  /** Index of the entry of `events` that it was made of, and 0-based repetition. */
  entry: number;
  n: number;
}

/** A case with its place in the stream of events, by which its matches are told from those of other cases. */
export interface PlacedCase {
  document: YamlDocument;
  index: number;
  /** The rule or query that the case tests. */
  tested: { id: string; title: string };
  one: Case;
  records: CaseRecord[];
  /** `n` of its first event; the others follow. */
  first: number;
}

/** Takes a document that satisfies the schema of cases as what it is. */
export function caseFile(document: YamlDocument): CaseFile {
  return document.value as CaseFile;
}

/** How many records a case makes. */
export function caseSize(one: Case): number {
  return one.events.reduce((sum, event) => sum + (event.times ?? 1), 0);
}

/**
 * The records of one case, in the order of their time. Entries whose base or contract is unknown are left out: the
 * checks have reported them. Numbers `{n}` and `{n:04}` in texts under `set` become the 0-based repetition.
 */
export function caseRecords(file: CaseFile, one: Case, contracts: ReadonlyMap<string, Contract>): CaseRecord[] {
  return recordsOf(file, one, contracts, (times) => Array.from({ length: times }, (_, n) => n));
}

/**
 * Those of a case's records by whose form the others can be told: of each entry the first and the last, and where its number gets a digit more. A
 * case of 20,000 records has about as many forms as entries.
 */
export function caseForms(file: CaseFile, one: Case, contracts: ReadonlyMap<string, Contract>): CaseRecord[] {
  const longer = [1, 2, 3, 4, 5].flatMap((digits) => [10 ** digits - 1, 10 ** digits]);
  return recordsOf(file, one, contracts, (times) => [...new Set([0, ...longer.filter((n) => n < times), times - 1])]);
}

/** `repetitions`: which of so many records of an entry are made. */
function recordsOf(
  file: CaseFile,
  one: Case,
  contracts: ReadonlyMap<string, Contract>,
  repetitions: (times: number) => number[],
): CaseRecord[] {
  const records = one.events.flatMap((event, entry) => {
    const base = getOwn(file.base, event.use);
    const contract = base && contracts.get(base.source);
    if (!base || !contract) return [];
    const [at, every] = [milliseconds(event.at), milliseconds(event.every ?? '0s')];
    return repetitions(event.times ?? 1).map((n): CaseRecord => {
      const time = CASE_START + Math.round(at + n * every);
      const record = structuredClone(base.record);
      for (const [path, value] of Object.entries(event.set ?? {})) setAt(record, path.split('.'), numbered(value, n));
      setAt(record, contract.time.field.split('.'), timeText(time, contract.time.format));
      return { source: base.source, time, record, entry, n };
    });
  });
  return records.sort((a, b) => a.time - b.time);
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `1.5h` or `250ms`, whose form the schema has checked, in milliseconds. */
export function milliseconds(duration: string): number {
  const [, number, unit] = /^([\d.]+)(ms|[smhd])$/.exec(duration) ?? [];
  if (number === undefined) throw new Error(`no duration: ${duration}`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

/** A moment as the record's own time field writes it. */
function timeText(time: number, format: Contract['time']['format']): string | number {
  const iso = new Date(time).toISOString();
  switch (format) {
    case 'iso8601':
      return iso;
    case 'epoch_millis':
      return time;
    case 'sns':
      return iso.replace('T', ' ').replace('Z', '');
    default:
      return format satisfies never;
  }
}

function numbered(value: unknown, n: number): unknown {
  if (typeof value === 'string')
    return value.replace(/\{n(?::0(\d{1,2}))?\}/g, (_, width?: string) => String(n).padStart(Number(width ?? 0), '0'));
  if (Array.isArray(value)) return value.map((one) => numbered(one, n));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, numbered(one, n)]));
  return value;
}

/** Sets or, with null, removes what stands at a path; a key with dots in it that is there already is meant as it is. */
function setAt(record: Record<string, unknown>, steps: string[], value: unknown): void {
  const whole = steps.join('.');
  if (steps.length === 1 || Object.hasOwn(record, whole)) {
    if (value === null) delete record[whole];
    else setOwn(record, whole, value);
    return;
  }
  const [first, ...rest] = steps as [string, ...string[]];
  const there = getOwn(record, first);
  if (!isMap(there) && value === null) return;
  const below = isMap(there) ? there : {};
  setOwn(record, first, below);
  setAt(below, rest, value);
}

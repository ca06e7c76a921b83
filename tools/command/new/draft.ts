import type { Contract, Literal } from '../../telemetry/contract';

/** One field and the value that a selection asks of it. */
export interface Condition {
  field: string;
  value: Literal;
}

/** What a new rule or query is to be: enough to write it, and cases that it passes. */
export interface DetectorDraft {
  kind: 'rule' | 'query';
  /** The file's name without its ending, and the rule's. */
  name: string;
  id: string;
  /** A day as YYYY-MM-DD. */
  date: string;
  title: string;
  contract: Contract;
  where: Condition[];
  groupBy: string[];
  /** The field whose different values are counted; null: events are. */
  count: string | null;
  /** A rule that one event is enough for is no correlation. */
  atLeast: number;
  /** A number and a unit, such as 1h. */
  within: string;
  level: string;
  shows: string[];
  moment: string;
  references: string[];
  catches: string[];
  confuses: string[];
  acts: string[];
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A timespan of rules and queries, such as 10m, in milliseconds; null where it is none. */
export function timespanMs(text: string): number | null {
  const [, number, unit] = /^([1-9]\d{0,8})([smhdw])$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * UNITS[unit as keyof typeof UNITS];
}

/** What a number of a draft counts, in a word. */
export function unitOf({ count, contract }: DetectorDraft): string {
  return count === null ? 'events' : count === contract.roles.destination ? 'numbers' : 'values';
}

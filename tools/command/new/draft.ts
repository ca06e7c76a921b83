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

/** What a number of a draft counts, in a word. */
export function unitOf({ count, contract }: DetectorDraft): string {
  return count === null ? 'events' : count === contract.roles.destination ? 'numbers' : 'values';
}

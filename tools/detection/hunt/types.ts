import type { Scalar } from '@tollgate/sigma/values/event';
import type { FalsePositiveBudget } from '../rules/section';
import type { Plan } from '@tollgate/sigma/rules/plan';

/** A hunting query (docs/hunting.md), parsed and checked. Loaded from `queries/<platform>/<name>.yml`. */
export interface HuntQuery {
  id: string;
  title: string;
  status: 'test' | 'experimental' | 'stable';
  level: 'informational' | 'low' | 'medium' | 'high' | 'critical';
  description: string;
  references: string[];
  tags: string[];
  file: string;
  /** Telemetry contract id. */
  source: string;
  /** Fields to which a hunt can be limited; bound as values, never as text. */
  scope: { asset: string; identity: string | null };
  window: { defaultMs: number; maxMs: number; settleMs: number };
  /** Ends where the window begins; 0 where the query has none. */
  baselineMs: number;
  /** `range`: the lowest and the highest value that makes sense. What else is said of them is read by `parameters/declared.ts`. */
  parameters: Record<string, { type: 'integer' | 'number'; default: number; range?: [number, number] }>;
  /** selection name → its plan. The condition must be an `or` of selections, and is the union of these. */
  selections: Record<string, Plan>;
  /** What is searched: the detection's condition. */
  plan: Plan;
  groupBy: string[];
  measures: Record<string, Measure>;
  /** In an order in which each reads only those before it. */
  derive: Record<string, Formula>;
  having: Formula;
  sort: { by: string; descending: boolean }[];
  schedule?: { everyMs: number; delayMs: number };
  /** What to look at next, with `{field}`, `{from}` and `{to}` to be filled in from a row. */
  pivot: { before: string; after: string };
  tollgate?: { shows: string[]; acts: string[]; catches: string[]; budget?: FalsePositiveBudget };
}

export interface Measure {
  how: 'count' | 'distinct' | 'sum' | 'avg' | 'min' | 'max' | 'percentile' | 'gap';
  /** The measured field; none for a count and a gap. */
  field?: string;
  /** The selection that it is taken over. */
  of: string;
  /**
   * distinct only: counts the values that this selection has too, from the window's start until `settle` after its end.
   * That is how a conversion is exact: the codes sent in the window that were verified within their life.
   */
  also?: string;
  over: 'window' | 'baseline';
  /** percentile and gap only, above 0 and at most 100; between two ranks it is interpolated, so that the 50th is the median. */
  percentile?: number;
}

/**
 * The closed grammar of `derive` and `having`. A division by zero, and arithmetic, a call and a comparison with null, is null;
 * `and`, `or` and `not` are SQL's three-valued ones; null is not true.
 */
export type Formula =
  | { op: 'number'; value: number }
  | { op: 'measure'; name: string }
  | { op: 'parameter'; name: string }
  | { op: 'call'; name: string; args: Formula[] }
  | { op: '+' | '-' | '*' | '/'; left: Formula; right: Formula }
  | { op: '<' | '<=' | '>' | '>=' | '==' | '!='; left: Formula; right: Formula }
  | { op: 'and' | 'or'; left: Formula; right: Formula }
  | { op: 'not'; formula: Formula };

/** One row of a hunt's answer: the group's values in the query's order, and every measure and derived value. */
export interface HuntRow {
  group: Record<string, Scalar>;
  values: Record<string, number | null>;
}

/** Limits a hunt to one asset and one identity. */
export interface HuntScope {
  asset?: string;
  identity?: string;
}

/**
 * One run of a query. All times are epoch ms. The window is [from, to): an event at `to` belongs to the next window. The
 * baseline is [from − baseline, from). Only events that were ingested by `at` exist for the run.
 */
export interface HuntRun {
  at: number;
  from: number;
  to: number;
}

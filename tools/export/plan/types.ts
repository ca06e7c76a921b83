import type { CorrelationCondition } from '@tollgate/sigma/rules/model';
import type { BooleanTree, Expr } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../telemetry/contract';
import type { HuntQuery, Measure } from '../../detection/hunt/types';
import type { Rule } from '@tollgate/sigma/rules/model';

/** What an export is made of: a rule that alerts by itself, or a hunting query. */
export type ExportDetector = Rule | HuntQuery;

/**
 * What a target prints: few operators, in which no Sigma keyword is left. They mean what the engine in memory does
 * (`packages/sigma/src/correlate/sliding.ts`, `tools/detection/hunt`).
 */
export type DetectorPlan =
  { kind: 'events'; source: Source } | { kind: 'episodes'; window: SlidingWindow } | { kind: 'hunt'; hunt: Hunt };

/** The records of a log source that satisfy a predicate, in which no pattern has a dash that stands for others. */
export interface Source {
  op: 'source';
  contract: Contract;
  predicate: Expr;
}

/** The matches of one of a window's rules, each once for each group that it belongs to; without a value of a group field it is in none. */
export interface Member {
  op: 'group';
  /** Its place among the rules of the correlation. */
  rule: number;
  /** Of a window: a match for each step at which its condition holds. */
  of: Source | SlidingWindow;
  /** Fields of `of` whose values make the group, in the order of the window's `by`. */
  by: string[];
  /** Fields of `of` whose values are counted or measured. */
  values: string[];
}

/** What is measured in a window. */
export type WindowQuantity =
  | { kind: 'events' | 'distinct' | 'sum' | 'mean' }
  | { kind: 'percentile'; percent: number }
  /** How many of so many rules have matched; no value where the expression over them does not hold. */
  | { kind: 'rules'; rules: number; expression?: BooleanTree<number> }
  /** The most rules whose matches can be picked in the written order and in that of time; those of equal time are in order. */
  | { kind: 'ordered'; rules: number };

/**
 * An exact sliding window by group. A step is all matches of one time; at each the quantity of `[t − timespan, t]` is held against the
 * condition. Between steps matches leave, the one of time e at e + timespan + 1; a condition that one of these makes false stays so until the next step.
 */
export interface SlidingWindow {
  op: 'sweep' | 'chain';
  members: Member[];
  by: string[];
  quantity: WindowQuantity;
  condition: CorrelationCondition;
  timespanMs: number;
  /** Nothing would satisfy the condition too, so that no departure is asked. */
  silent: boolean;
  /** Every step counts, not only those at which the quantity rises: another window reads them, or a higher value may end the condition. */
  everyStep: boolean;
}

/** A formula over columns; null in, null out, as SQL has it. A division by zero is null. */
export type Arithmetic =
  | { op: 'number'; value: number }
  | { op: 'column'; name: string }
  | { op: '+' | '-' | '*' | '/'; left: Arithmetic; right: Arithmetic }
  | { op: 'greatest' | 'least'; left: Arithmetic; right: Arithmetic }
  | { op: '<' | '<=' | '>' | '>=' | '==' | '!='; left: Arithmetic; right: Arithmetic }
  | { op: 'and' | 'or'; left: Arithmetic; right: Arithmetic }
  | { op: 'not'; formula: Arithmetic };

/** A function of one number that no target has by itself: it is looked up in a table of its values (`curves.ts`). */
export type NamedCurve = { kind: 'upper95' } | { kind: 'count_limit'; spread: number; chance: number };

/** One more column of each row. */
export type Derived =
  | { op: 'derive'; name: string; formula: Arithmetic }
  | { op: 'look-up'; name: string; curve: NamedCurve; at: Arithmetic };

/** A hunting query: measures of each group over a window and a baseline, columns derived of them, and a filter. Its parameters are bound. */
export interface Hunt {
  op: 'hunt';
  contract: Contract;
  selections: { name: string; source: Source }[];
  by: string[];
  windowMs: number;
  settleMs: number;
  baselineMs: number;
  schedule: { everyMs: number; delayMs: number } | null;
  measures: (Measure & { name: string })[];
  derived: Derived[];
  /** Columns of the answer: measures and derived values; others are steps between. */
  columns: string[];
  filter: Arithmetic;
  sort: { by: string; descending: boolean }[];
}

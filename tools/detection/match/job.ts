import type { Fault } from '../../foundation/ndjson/blocks';
import type { ReadTally } from '../reading/summary';
import type { Plan } from '@tollgate/sigma/rules/plan';
import type { Match } from '@tollgate/sigma/correlate/match';

/** What a thread that matches has to know; plain data, so that it can be sent there. */
export interface Job {
  plans: Plan[];
  /** For each plan the fields that correlations need of its matches; `null` where none refers to it. */
  needed: (string[] | null)[];
  /** Fields that may hold the time of an event; the first that does is taken. `null`: the usual ones, or that of the source. */
  timeFields: string[] | null;
}

/** A match that correlations need, of the plan at a position of the job. */
export interface CorrelatedMatch {
  plan: number;
  match: Match;
}

/** What was found on the lines of a block. Lines and events are numbered within it, from 0. */
export interface BlockResult {
  /** How many numbers its events and its other lines have. */
  numbers: number;
  tally: ReadTally;
  /** Pairs of an event and a plan that holds of it, in this order. */
  found: number[];
  /** Lines that hold no event. */
  bad: Fault[];
  correlated: CorrelatedMatch[];
  /** Events of which correlations would have needed a time, and there was none. */
  untimed: number[];
}

import type { Match } from './match';
import type { Scalar } from '../values/event';
import type { MeasuredValues } from './measured';

/** A value in the window of one group, and how many entries have it. */
export interface ValueTally {
  readonly value: Scalar;
  entries: number;
}

/** One event in one group, or one match of an inner correlation, with which of the rules it satisfies. */
export interface WindowEntry {
  /** Of several steps that it stands for, the last. */
  time: number;
  readonly ingested: number;
  readonly event: number;
  /** The window that is behind a match of an inner correlation, of several steps the last; null for an event. */
  inner: InnerWindowPart | null;
  /** All windows that are behind it, where it stands for several steps of inner correlations; else null. */
  runs: Run[] | null;
  /** What it counts for in `StreamLimits.held`. */
  held: number;
  /** Positions in the correlation's `rules`, ascending. */
  rules: readonly number[];
  /** What it adds to the quantity. */
  measured: MeasuredValues;
  /** What it is counted as while it is in the window, where values are told apart. */
  counted: ValueTally | ValueTally[] | null;
  /** Values of the fields that outer correlations need of this one and that it doesn't group by. */
  carried: Match['values'] | null;
  /** The next entry of the same group. */
  next: WindowEntry | null;
}

/**
 * The window of an inner correlation at one of its steps. The windows of one group overlap, so that each is a part of the one
 * list of the group's entries and none has a list of its own: what is kept is linear in the entries, however many steps.
 */
export interface InnerWindowPart {
  readonly list: Places<WindowEntry>;
  /** The places of the oldest and the newest entry. */
  readonly from: number;
  readonly to: number;
  /** What comes after this is no part of it. */
  readonly deliveredBy: number;
  readonly time: number;
  /** When all of it had been delivered. */
  readonly ingested: number;
  /** What it counts for in `StreamLimits.held`: what no earlier window of the group holds. */
  readonly held: number;
  /** The windows of the group, and its own place among them. */
  readonly steps: Places<InnerWindowPart>;
  readonly step: number;
}

/** Neighbours among the windows of one group, by the places of the first and the last. */
export interface Run {
  readonly steps: Places<InnerWindowPart>;
  first: number;
  last: InnerWindowPart;
}

interface Places<T> {
  at(place: number): T | undefined;
}

/** Whether two entries of one group are the same event, which satisfies several of the rules. */
export function isSame(a: WindowEntry, b: WindowEntry): boolean {
  return a.event === b.event && a.time === b.time && a.inner === null && b.inner === null;
}

/** Makes one entry of two that are the same event. It has the values that it has for the first of the rules. */
export function join(entry: WindowEntry, other: WindowEntry): void {
  if (other.rules[0]! < entry.rules[0]!) entry.measured = other.measured;
  entry.rules = [...new Set([...entry.rules, ...other.rules])].sort((a, b) => a - b);
}

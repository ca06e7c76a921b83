import type { Alert, Window } from '@tollgate/sigma/correlate/types';
import type { FalsePositiveBudget } from '../../detection/rules/section';
import type { Dataset } from '../../simulate/types';
import type { MatchStore, RequestBook, View } from './matches';
import type { OtherModel } from './windows';

/** What running a rule or query on a view gave. */
export interface DetectorOutcome {
  /** Episodes in the order of their start. */
  alerts: Alert[];
  /** Events left out for want of a group value. */
  excluded: number;
  /** How near the view came to the condition: 1 is at the threshold; null where there is no such measure. */
  nearness: number | null;
}

/** How near the groups of ordinary traffic came to the condition: 1 is at the threshold. */
export interface GroupNearness {
  /** Of each group that was tried, its nearest. */
  near: number[];
  /** Groups that were not tried since they have fewer matches, and how near any of them can come; null where that can't be said. */
  others: { groups: number; most: number | null };
}

/** What a detector has to know of the events that it will be run on; it is read when the detector runs. */
export type Ground = Pick<Dataset, 'sources' | 'start' | 'end'>;

/** Puts what a detector asks on the book; what it returns makes the detector once the matches are there. */
export type DetectorMaker = (store: MatchStore) => Detector;
/** Further detectors to judge on a dataset beside rules and queries. */
export type MoreDetectors = (dataset: Dataset, book: RequestBook) => DetectorMaker[];

/** What a detector says about itself; plain JSON. */
export interface DetectorFacts {
  id: string;
  title: string;
  /** A `baseline` is public content that is judged beside the pack and is no part of it. */
  kind: 'rule' | 'query' | 'baseline';
  path: string;
  level: string;
  status: string;
  /** The kinds of sign that it sees, by which it may agree with others. */
  shows: string[];
  /** Telemetry contract ids that it reads. */
  sources: string[];
  /** A single-event rule alerts on each event of an episode; a correlation and a query once an episode. */
  alertsOn: 'event' | 'episode';
  /** Malicious scenarios that it promises to catch. */
  catches: string[];
  budget?: Pick<FalsePositiveBudget, 'max' | 'per' | 'world'>;
}

/** A rule, a hunting query or a baseline, ready to be judged: each gives episodes on a view of the events. */
export interface Detector extends DetectorFacts {
  /** Whether the world runs all of its sources, so that its days count. */
  runnable: boolean;
  /** How long before an event its past still matters, and how long after it an alert can come (ms). */
  reach: { before: number; after: number };
  run(view: View): DetectorOutcome;
  /** What `run` gives for each of these, where all of them together cost less. */
  runEach?(views: View[]): DetectorOutcome[];
  /** How near each group of ordinary traffic came; absent or null where there is no such measure. */
  nearnessOfGroups?(): GroupNearness | null;
  /** How its windows lie in time; absent where it has a schedule of its own, as a query does. */
  window?: Window;
  /** The same rule in the windows of another model, once for each phase that is tried; absent as `window` is. */
  under?(model: OtherModel): Detector[];
}

/** The facts alone, as reports and measurements keep them. */
export function factsOf(detector: Detector): DetectorFacts {
  const { id, title, kind, path, level, status, shows, sources, alertsOn, catches, budget } = detector;
  return { id, title, kind, path, level, status, shows, sources, alertsOn, catches, ...(budget && { budget }) };
}

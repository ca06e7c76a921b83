import type { Alert, Window } from '../correlate/types';
import type { View } from './matches';
import type { OtherModel } from './windows';

/** What running a rule or query on a view gave. */
export interface Outcome {
  /** Episodes in the order of their start. */
  alerts: Alert[];
  /** Events left out for want of a group value. */
  excluded: number;
  /** How near the view came to the condition: 1 is at the threshold; null where there is no such measure. */
  nearness: number | null;
}

/** A rule or a hunting query, ready to be judged: both give episodes on a view of the events. */
export interface Detector {
  id: string;
  title: string;
  kind: 'rule' | 'query';
  path: string;
  level: string;
  status: string;
  /** Telemetry contract ids that it reads. */
  sources: string[];
  /** Whether the world runs all of them, so that its days count. */
  runnable: boolean;
  /** A single-event rule alerts on each event of an episode; a correlation and a query once an episode. */
  alertsOn: 'event' | 'episode';
  /** Malicious scenarios that it promises to catch. */
  catches: string[];
  budget?: { max: number; per: 'day' | '100k_sends'; world: string };
  /** How long before an event its past still matters, and how long after it an alert can come (ms). */
  reach: { before: number; after: number };
  run(view: View): Outcome;
  /** How its windows lie in time; absent where it has a schedule of its own, as a query does. */
  window?: Window;
  /** The same rule in the windows of another model, once for each phase that is tried; absent as `window` is. */
  under?(model: OtherModel): Detector[];
}

import type { Scalar } from '@tollgate/sigma/values/event';
import type { Numeric } from '@tollgate/sigma/values/scalar';
import type { ParameterChange } from '../../detection/parameters/change';
import type { RecordPlace } from './events';
import type { Loss } from './losses';

/** An event of an alert, as the rule or query saw it. */
export interface SeenEvent {
  time: string;
  place: RecordPlace;
  /** The fields that it groups by and counts, as far as the record has them. */
  values: Record<string, Scalar | Scalar[]>;
}

/** An episode on one's own logs: what an analyst would have looked at. */
export interface OwnAlert {
  group: Record<string, Scalar>;
  start: string;
  end: string;
  /** When the records that decide it had been delivered, as far as the log says; for a query, its run. */
  visible: string;
  value: Numeric;
  /** How many events it is made of, and the first of them. */
  events: number;
  first: SeenEvent[];
  /** Positions of the incidents in which it has events. */
  incidents: number[];
}

/** What a known bad period was to a rule or query. */
export interface IncidentOutcome {
  incident: number;
  /** `before`: its alert had begun before the period did; `blind`: it saw none of its logs then. */
  outcome: 'caught' | 'before' | 'missed' | 'blind';
  /** From the period's start to the first alert. */
  seconds: number | null;
}

/** `inside`: its budget is proved on these logs; `open`: they are too short to tell; `over`: clearly over it; `none`: it has none. */
export type BudgetState = 'inside' | 'open' | 'over' | 'none';

/** One rule or query on one's own logs. */
export interface OwnResult {
  id: string;
  /** Of what it finds, as `ruleDigest` and `queryDigest` give it. */
  digest: string;
  name: string;
  kind: 'rule' | 'query';
  path: string;
  level: string;
  status: string;
  /** The kinds of sign that it sees, and ids of the acts on its alerts. */
  shows: string[];
  acts: string[];
  sources: string[];
  /** Of its sources those that the logs have nothing of; it ran on the others. */
  without: string[];
  /** Records of its sources, and those that something of it matched. */
  records: number;
  matched: number;
  /** Days that it watched, without the incidents. */
  days: number;
  /** Messages that its sources showed in these days. */
  sends: number;
  /** Outside the incidents. */
  episodes: number;
  perDay: number;
  /** Exact 95 % interval of `perDay`. */
  interval: [number, number];
  /** How near anything came to its threshold, incidents included: 1 is at it; null where there is no such measure. */
  nearness: number | null;
  /** Whether `nearness` is the highest; otherwise something that was not fetched may have come nearer. */
  nearnessIsExact: boolean;
  /** Events left out for want of a group value. */
  excluded: number;
  alerts: OwnAlert[];
  /** Alerts beyond those that are listed. */
  more: number;
  budget: BudgetState;
  incidents: IncidentOutcome[];
}

/** A rule or query that could not be run on these logs. */
export interface NotRun {
  id: string | null;
  name: string;
  path: string;
  reason: string;
  /** It has an error, rather than logs that lack what it reads. */
  isError?: boolean;
}

export interface SourceReport {
  id: string;
  title: string;
  /** The form in which its records came; several where they came in several. */
  form: string;
  records: number;
  first: string;
  last: string;
  /** Days between without a record. */
  gaps: string[];
  /** Messages that it shows; null where it shows none. */
  sends: number | null;
}

/** A known bad period, judged as a campaign. */
export interface IncidentReport {
  start: string;
  end: string;
  caught: boolean;
  /** The first alert of all, which rule or query gave it, and how long after the start. */
  first: { at: string; by: string; seconds: number } | null;
  /** The source whose messages are counted; null where no source shows any in the period. */
  source: string | null;
  /** What was sent until the first alert, and in the whole period. */
  untilAlert: Sent;
  whole: Sent;
}

/** Messages of a stretch of time. */
export interface Sent {
  messages: number;
  /** Those above the usual of each country, which is what the log has of it outside the incidents. */
  unusual: number;
  /** What the unusual ones cost by the rate card; null where the source has no destinations. */
  usd: number | null;
}

/** What one rule or query adds to an incident. */
export interface EvidenceLine {
  /** Its first alert, with what that is about; and how many there are. */
  at: string;
  name: string;
  path: string;
  level: string;
  group: Record<string, Scalar>;
  alerts: number;
}

/** Alerts of one asset that belong together, as `incidentsOf` has it: what an analyst would open. */
export interface FoundIncident {
  /** Null where no alert names one. */
  asset: string | null;
  level: 'medium' | 'high';
  since: string;
  until: string;
  highSince: string | null;
  /** The kinds of sign. */
  shows: string[];
  alerts: number;
  /** In the order of time. */
  evidence: EvidenceLine[];
  /** By field, the values that most of its alerts are about: whence it comes, and whereto. */
  values: Record<string, Scalar[]>;
  /** The source whose messages are counted, and what was sent meanwhile; null where no source shows any. */
  source: string | null;
  cost: Sent | null;
  /** Ids of what to do, the first first (`acts/`). */
  acts: string[];
}

/** The pack on one's own logs. Field names are the machine-readable form that others build on. */
export interface OwnReport {
  mode: 'own-logs';
  engine: { name: string; version: string };
  /** Files, or the indices of a cluster. */
  from: string[];
  records: number;
  /** What was read, or came over the wire, and how long it took. */
  cost: { bytes: number | null; requests: number | null; seconds: number };
  redacted: boolean;
  /** Parameters that had other values than in their files; absent where none had. */
  parameters?: ParameterChange[];
  sources: SourceReport[];
  losses: Loss[];
  rules: OwnResult[];
  queries: OwnResult[];
  notRun: NotRun[];
  /** Known bad periods. */
  incidents: IncidentReport[];
  /** What the alerts come to. */
  found: FoundIncident[];
  totals: { episodes: number; days: number; perDay: number };
}
